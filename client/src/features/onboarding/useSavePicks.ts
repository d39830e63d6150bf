import { useApolloClient, useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import type { StoredPreferencesInput } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useSavePreferences } from '../profile/public/useSavePreferences.ts';

const SaveLikeMutation = graphql(`
  mutation SaveLike($movieId: ID!) {
    setFeedback(movieId: $movieId, signal: LIKE) {
      id
      viewerFeedback
    }
  }
`);

interface Picks {
  likedMovieIds: readonly string[];
  preferences: StoredPreferencesInput;
}

/** Saves the choices of the first visit. False, after a message, when the server refuses. */
export function useSavePicks(known: Parameters<typeof useSavePreferences>[0]['known']) {
  const { t } = useTranslation();
  const toast = useToast();
  const client = useApolloClient();
  const savePreferences = useSavePreferences({ viewerId: undefined, known });
  const [saveLike] = useMutation(SaveLikeMutation);
  return async ({ likedMovieIds, preferences }: Picks): Promise<boolean> => {
    try {
      // The first mutation starts a session when there is none. Likes follow one by one, so that the last pick is the latest like.
      await savePreferences(preferences);
      for (const movieId of likedMovieIds) await saveLike({ variables: { movieId } });
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'viewer' });
      return true;
    } catch {
      toast({ message: t('notSaved'), urgent: true });
      return false;
    }
  };
}
