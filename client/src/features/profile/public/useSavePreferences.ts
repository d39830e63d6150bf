import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../../ui/Toast.tsx';
import type { StoredPreferencesInput } from '../../../generated/graphql.ts';
import { graphql } from '../../../generated/index.ts';

const SavePreferencesMutation = graphql(`
  mutation SavePreferences($preferences: StoredPreferencesInput!) {
    updatePreferences(preferences: $preferences) {
      id
      preferences {
        preferredGenres {
          id
          name
        }
        services {
          id
          name
        }
        languages
        runtimeMin
        runtimeMax
      }
    }
  }
`);

interface Named {
  id: string;
  name: string;
}

/** Keeps preferences, shown as kept at once; the names are for what is shown meanwhile. */
export function useSavePreferences(viewerId: string, known: { genres: readonly Named[]; services: readonly Named[] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [mutate] = useMutation(SavePreferencesMutation);
  return async (preferences: StoredPreferencesInput): Promise<void> => {
    const named = (among: readonly Named[], ids: readonly string[]): Named[] => among.filter(({ id }) => ids.includes(id));
    // With the type names that the cache wants and the generated types leave out.
    const kept = {
      __typename: 'StoredPreferences',
      preferredGenres: named(known.genres, preferences.preferredGenres).map(({ id, name }) => ({ __typename: 'Genre', id, name })),
      services: named(known.services, preferences.services).map(({ id, name }) => ({ __typename: 'StreamingService', id, name })),
      languages: preferences.languages,
      runtimeMin: preferences.runtimeMin ?? null,
      runtimeMax: preferences.runtimeMax ?? null,
    };
    const shown = { __typename: 'Viewer', id: viewerId, preferences: kept };
    try {
      await mutate({
        variables: { preferences },
        optimisticResponse: { updatePreferences: shown },
        // Every list was made for the preferences before.
        update(cache) {
          cache.evict({ id: 'ROOT_QUERY', fieldName: 'recommendations' });
          cache.evict({ id: 'ROOT_QUERY', fieldName: 'recommendation' });
        },
      });
    } catch {
      toast({ message: t('profile.refused'), urgent: true });
    }
  };
}
