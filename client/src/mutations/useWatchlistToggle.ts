import type { ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../components/Toast.tsx';
import { SessionDocument } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { dropFromMovie } from './watchlist-cache.ts';

const AddToWatchlistMutation = graphql(`
  mutation AddToWatchlist($movieId: ID!) {
    addToWatchlist(movieId: $movieId) {
      addedAt
      watched
      movie {
        id
        watchlistEntry {
          addedAt
          watched
          movie {
            id
          }
        }
      }
    }
  }
`);

const TakeOffWatchlistMutation = graphql(`
  mutation TakeOffWatchlist($movieId: ID!) {
    removeFromWatchlist(movieIds: [$movieId])
  }
`);

interface Subject {
  id: string;
  title: string;
}

/** Puts a film on the watchlist or takes it off, at once, with a way back. */
export function useWatchlistToggle() {
  const { t } = useTranslation();
  const toast = useToast();
  const [add] = useMutation(AddToWatchlistMutation);
  const [remove] = useMutation(TakeOffWatchlistMutation);
  const set = async ({ id, title }: Subject, listed: boolean): Promise<void> => {
    try {
      if (listed) {
        const entry = { __typename: 'WatchlistEntry' as const, addedAt: new Date().toISOString(), watched: false };
        const movie = { __typename: 'Movie' as const, id };
        await add({
          variables: { movieId: id },
          optimisticResponse: { addToWatchlist: { ...entry, movie: { ...movie, watchlistEntry: { ...entry, movie } } } },
          update: forgetWatchlist,
        });
      } else {
        await remove({
          variables: { movieId: id },
          optimisticResponse: { removeFromWatchlist: [id] },
          update(cache) {
            dropFromMovie(cache, id);
            forgetWatchlist(cache);
          },
        });
      }
    } catch {
      toast({ message: t('watch.refused', { title }), urgent: true });
    }
  };
  return (movie: Subject, listed: boolean): void => {
    toast({ message: t(listed ? 'watch.added' : 'watch.removed', { title: movie.title }), undo: () => void set(movie, !listed) });
    void set(movie, listed);
  };
}

/** The lists are asked for anew when they are next shown. */
function forgetWatchlist(cache: ApolloCache): void {
  const viewer = cache.readQuery({ query: SessionDocument })?.viewer;
  const id = viewer === null || viewer === undefined ? undefined : cache.identify(viewer);
  if (id !== undefined) cache.evict({ id, fieldName: 'watchlist' });
}
