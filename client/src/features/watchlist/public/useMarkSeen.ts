import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../generated/index.ts';
import { useToast } from '../../../ui/Toast.tsx';
import { rankingsHaveChanged } from '../../movie/public/ranking-age.ts';

const MarkSeenMutation = graphql(`
  mutation MarkSeen($movieId: ID!) {
    addToWatchlist(movieId: $movieId) {
      movie {
        id
      }
    }
    setWatched(movieIds: [$movieId], watched: true) {
      movie {
        id
        watchlistEntry {
          ...EntryState_entry
        }
      }
      ...EntryState_entry
    }
  }
`);

const UnmarkSeenMutation = graphql(`
  mutation UnmarkSeen($movieId: ID!) {
    setWatched(movieIds: [$movieId], watched: false) {
      ...EntryState_entry
    }
  }
`);

const ForgetSeenMutation = graphql(`
  mutation ForgetSeen($movieId: ID!) {
    removeFromWatchlist(movieIds: [$movieId])
  }
`);

interface Subject {
  id: string;
  title: string;
  /** Whether the movie was on the watchlist before. */
  wasListed: boolean;
}

/**
 * Marks a movie as watched, whether or not it was on the watchlist, with an undo. `onChange` is told at once, and again when the server
 * refuses.
 */
export function useMarkSeen() {
  const { t } = useTranslation();
  const toast = useToast();
  const [mark] = useMutation(MarkSeenMutation);
  const [unmark] = useMutation(UnmarkSeenMutation);
  const [forget] = useMutation(ForgetSeenMutation);
  return async ({ id: movieId, title, wasListed }: Subject, onChange?: (isSeen: boolean) => void): Promise<void> => {
    const refused = (isSeen: boolean): void => {
      onChange?.(isSeen);
      toast({ message: t('watch.refused', { title }), urgent: true });
    };
    const undo = (): void => {
      onChange?.(false);
      const back = wasListed ? unmark({ variables: { movieId } }) : forget({ variables: { movieId } });
      back.then(rankingsHaveChanged, () => refused(true));
    };
    onChange?.(true);
    try {
      await mark({
        variables: { movieId },
        update: (cache) => cache.evict({ fieldName: 'watchlist' }),
      });
      rankingsHaveChanged();
      toast({ message: t('watch.seen', { title }), undo });
    } catch {
      refused(false);
    }
  };
}
