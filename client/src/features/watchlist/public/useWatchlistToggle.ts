import type { ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql, makeFragmentData } from '../../../generated/index.ts';
import { useToast } from '../../../ui/Toast.tsx';
import { SessionQuery } from '../../account/public/useSession.ts';
import { dropFromMovie } from './watchlist-cache.ts';
import { EntryState_entry } from './watchlist-entry.ts';

const AddToWatchlistMutation = graphql(`
  mutation AddToWatchlist($movieId: ID!) {
    addToWatchlist(movieId: $movieId) {
      ...EntryState_entry
      movie {
        id
        watchlistEntry {
          ...EntryState_entry
        }
      }
    }
  }
`);

const PutBackMutation = graphql(`
  mutation PutBack($entry: RemovedEntryInput!) {
    restoreToWatchlist(entries: [$entry]) {
      ...EntryState_entry
      movie {
        id
        watchlistEntry {
          ...EntryState_entry
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

interface Entry {
  addedAt: string;
  watched: boolean;
  watchedAt?: string | null;
}

interface Subject {
  id: string;
  title: string;
  /** Null or undefined when the movie is not on the list. */
  watchlistEntry?: Entry | null;
}

/** Adds a movie to the watchlist or removes it, at once and with an undo that restores the entry. */
export function useWatchlistToggle() {
  const { t } = useTranslation();
  const toast = useToast();
  const [add] = useMutation(AddToWatchlistMutation);
  const [putBack] = useMutation(PutBackMutation);
  const [remove] = useMutation(TakeOffWatchlistMutation);
  const listed = (id: string, { addedAt, watched, watchedAt = null }: Entry) => {
    const movie = { __typename: 'Movie' as const, id };
    const entry = { __typename: 'WatchlistEntry' as const, addedAt, watched, watchedAt, movie };
    return { ...entry, movie: { ...movie, watchlistEntry: makeFragmentData(entry, EntryState_entry) } };
  };
  const take = (id: string) =>
    remove({
      variables: { movieId: id },
      optimisticResponse: { removeFromWatchlist: [id] },
      update(cache) {
        dropFromMovie(cache, id);
        forgetWatchlist(cache);
      },
    });
  const put = (id: string) =>
    add({
      variables: { movieId: id },
      optimisticResponse: { addToWatchlist: listed(id, { addedAt: new Date().toISOString(), watched: false }) },
      update: forgetWatchlist,
    });
  const restore = (id: string, { addedAt, watched, watchedAt = null }: Entry) =>
    putBack({
      variables: { entry: { movieId: id, addedAt, watched, watchedAt } },
      optimisticResponse: { restoreToWatchlist: [listed(id, { addedAt, watched, watchedAt })] },
      update: forgetWatchlist,
    });
  return ({ id, title, watchlistEntry: entry }: Subject): void => {
    const refused = (): void => toast({ message: t('watch.refused', { title }), urgent: true });
    const onList = entry !== null && entry !== undefined;
    const undo = (): void => void (onList ? restore(id, entry) : take(id)).catch(refused);
    toast({ message: t(onList ? 'watch.removed' : 'watch.added', { title }), undo });
    (onList ? take(id) : put(id)).catch(refused);
  };
}

/** Lists are fetched again when they are next shown. */
function forgetWatchlist(cache: ApolloCache): void {
  const viewer = cache.readQuery({ query: SessionQuery })?.viewer;
  const id = viewer === null || viewer === undefined ? undefined : cache.identify(viewer);
  if (id !== undefined) cache.evict({ id, fieldName: 'watchlist' });
}
