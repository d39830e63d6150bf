import { useApolloClient, useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../components/Toast.tsx';
import { graphql } from '../generated/index.ts';
import { dropFromLists, dropFromMovie } from './watchlist-cache.ts';

const RemoveEntriesMutation = graphql(`
  mutation RemoveEntries($movieIds: [ID!]!) {
    removeFromWatchlist(movieIds: $movieIds)
  }
`);

const RestoreEntryMutation = graphql(`
  mutation RestoreEntry($movieId: ID!, $watched: Boolean!) {
    addToWatchlist(movieId: $movieId) {
      addedAt
      movie {
        id
      }
    }
    setWatched(movieIds: [$movieId], watched: $watched) {
      watched
      watchedAt
      movie {
        id
      }
    }
  }
`);

export interface Removable {
  movieId: string;
  watched: boolean;
}

/** Takes films off the list, at once, with a way back. */
export function useRemoveEntries(viewerId: string) {
  const { t } = useTranslation();
  const toast = useToast();
  const client = useApolloClient();
  const [remove] = useMutation(RemoveEntriesMutation);
  const [restore] = useMutation(RestoreEntryMutation);
  const putBack = async (entries: readonly Removable[]): Promise<void> => {
    // One after the other, the last shown first: so they come back in the order they had.
    for (const { movieId, watched } of entries.toReversed()) await restore({ variables: { movieId, watched } });
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
