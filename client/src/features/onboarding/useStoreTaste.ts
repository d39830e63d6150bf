import { useApolloClient, useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../ui/Toast.tsx';
import type { StoredPreferencesInput } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';

const StoreTasteMutation = graphql(`
  mutation StoreTaste($preferences: StoredPreferencesInput!) {
    updatePreferences(preferences: $preferences) {
      id
    }
  }
`);

const StoreLikeMutation = graphql(`
  mutation StoreLike($movieId: ID!) {
    setFeedback(movieId: $movieId, signal: LIKE) {
      id
      viewerFeedback
    }
  }
`);

interface Taste {
  likedMovieIds: readonly string[];
  preferences: StoredPreferencesInput;
}

/** Keeps what was chosen at the beginning; says whether that went well. Nothing is shown beforehand, so nothing is optimistic. */
export function useStoreTaste() {
  const { t } = useTranslation();
  const toast = useToast();
  const client = useApolloClient();
  const [storePreferences] = useMutation(StoreTasteMutation);
  const [storeLike] = useMutation(StoreLikeMutation);
  return async ({ likedMovieIds, preferences }: Taste): Promise<boolean> => {
    try {
      // The first makes the session where there is none; the last like is the latest.
      await storePreferences({ variables: { preferences } });
      for (const movieId of likedMovieIds) await storeLike({ variables: { movieId } });
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'recommendations' });
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'viewer' });
      return true;
    } catch {
      toast({ message: t('welcome.refused'), urgent: true });
      return false;
    }
  };
}
