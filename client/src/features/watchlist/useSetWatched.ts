import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { dropFromLists, forgetLists } from './public/watchlist-cache.ts';

const SetWatchedMutation = graphql(`
  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {
    setWatched(movieIds: $movieIds, watched: $watched) {
      watched
      watchedAt
      movie {
        id
      }
    }
  }
`);

/** Marks movies of the list as watched or not, at once and with an undo. */
export function useSetWatched(viewerId: string) {
  const { t } = useTranslation();
  const toast = useToast();
  const [mutate] = useMutation(SetWatchedMutation);
  const set = async (movieIds: string[], watched: boolean, undoable: boolean): Promise<void> => {
    if (undoable) {
      const message = watched
        ? t('watchlist.markedWatched', { count: movieIds.length })
        : t('watchlist.markedUnwatched', { count: movieIds.length });
      toast({ message, undo: () => void set(movieIds, !watched, false) });
    }
    try {
      await mutate({
        variables: { movieIds, watched },
        optimisticResponse: {
          setWatched: movieIds.map((id) => ({
            __typename: 'WatchlistEntry',
            watched,
            watchedAt: watched ? new Date().toISOString() : null,
            movie: { __typename: 'Movie', id },
          })),
        },
        update(cache) {
          dropFromLists(cache, viewerId, movieIds, [watched ? 'TO_WATCH' : 'WATCHED']);
          forgetLists(cache, viewerId, [watched ? 'WATCHED' : 'TO_WATCH']);
        },
      });
    } catch {
      toast({ message: t('watchlist.refused'), urgent: true });
    }
  };
  return (movieIds: string[], watched: boolean): Promise<void> => set(movieIds, watched, true);
}
