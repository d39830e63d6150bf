import { useApolloClient, useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import type { RemovedEntryInput } from '../../generated/graphql.ts';
import { graphql, makeFragmentData } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { type CachedList, dropFromLists, dropFromMovie, listsBefore, putBack } from './public/watchlist-cache.ts';
import { EntryState_entry } from './public/watchlist-entry.ts';

const RemoveEntriesMutation = graphql(`
  mutation RemoveEntries($movieIds: [ID!]!) {
    removeFromWatchlist(movieIds: $movieIds)
  }
`);

const RestoreEntriesMutation = graphql(`
  mutation RestoreEntries($entries: [RemovedEntryInput!]!) {
    restoreToWatchlist(entries: $entries) {
      ...EntryState_entry
    }
  }
`);

interface Removable extends RemovedEntryInput {
  movieId: string;
}

/** Removes movies from the list, at once and with an undo. */
export function useRemoveEntries(viewerId: string) {
  const { t } = useTranslation();
  const toast = useToast();
  const client = useApolloClient();
  const [remove] = useMutation(RemoveEntriesMutation);
  const [restore] = useMutation(RestoreEntriesMutation);
  const restoreTo = async (before: ReadonlyMap<string, CachedList>, entries: readonly Removable[]): Promise<void> => {
    const movieIds = entries.map(({ movieId }) => movieId);
    await restore({
      variables: { entries: [...entries] },
      optimisticResponse: {
        restoreToWatchlist: entries.map(({ movieId: id, addedAt, watched, watchedAt = null }) => {
          const movie = { __typename: 'Movie', id };
          return makeFragmentData({ __typename: 'WatchlistEntry', addedAt, watched, watchedAt, movie }, EntryState_entry);
        }),
      },
      update: (cache) => putBack(cache, viewerId, movieIds, before),
    });
    await client.refetchQueries({ include: ['Watchlist'] });
  };
  const failed = (): void => toast({ message: t('watchlist.refused'), urgent: true });
  return async (entries: readonly Removable[]): Promise<void> => {
    const movieIds = entries.map(({ movieId }) => movieId);
    const before = listsBefore(client.cache, viewerId);
    toast({ message: t('watchlist.removed', { count: entries.length }), undo: () => void restoreTo(before, entries).catch(failed) });
    try {
      await remove({
        variables: { movieIds },
        optimisticResponse: { removeFromWatchlist: movieIds },
        update(cache) {
          dropFromLists(cache, viewerId, movieIds, ['ALL', 'TO_WATCH', 'WATCHED']);
          for (const movieId of movieIds) dropFromMovie(cache, movieId);
        },
      });
    } catch {
      failed();
    }
  };
}
