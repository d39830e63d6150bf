import { useApolloClient, useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../components/Toast.tsx';
import type { RemovedEntryInput } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { dropFromLists, dropFromMovie } from './watchlist-cache.ts';

const RemoveEntriesMutation = graphql(`
  mutation RemoveEntries($movieIds: [ID!]!) {
    removeFromWatchlist(movieIds: $movieIds)
  }
`);

const RestoreEntriesMutation = graphql(`
  mutation RestoreEntries($entries: [RemovedEntryInput!]!) {
    restoreToWatchlist(entries: $entries) {
      addedAt
      watched
      watchedAt
      movie {
        id
      }
    }
  }
`);

interface Removable extends RemovedEntryInput {
  movieId: string;
}

/** Takes films off the list, at once, with a way back. */
export function useRemoveEntries(viewerId: string) {
  const { t } = useTranslation();
  const toast = useToast();
  const client = useApolloClient();
  const [remove] = useMutation(RemoveEntriesMutation);
  const [restore] = useMutation(RestoreEntriesMutation);
  const putBack = async (entries: readonly Removable[]): Promise<void> => {
    await restore({ variables: { entries: [...entries] } });
    await client.refetchQueries({ include: ['Watchlist'] });
  };
  const failed = (): void => toast({ message: t('watchlist.refused'), urgent: true });
  return async (entries: readonly Removable[]): Promise<void> => {
    const movieIds = entries.map(({ movieId }) => movieId);
    toast({ message: t('watchlist.removed', { count: entries.length }), undo: () => void putBack(entries).catch(failed) });
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
