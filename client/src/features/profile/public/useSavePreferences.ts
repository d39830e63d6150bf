import type { ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import type { StoredPreferencesInput } from '../../../generated/graphql.ts';
import { graphql, makeFragmentData } from '../../../generated/index.ts';
import { evictRankings } from '../../movie/public/ranking-age.ts';
import { SavedPreferences_viewer } from './saved-preferences.ts';

const SavePreferencesMutation = graphql(`
  mutation SavePreferences($preferences: StoredPreferencesInput!) {
    updatePreferences(preferences: $preferences) {
      ...SavedPreferences_viewer
    }
  }
`);

interface Named {
  id: string;
  name: string;
}

interface Options {
  /** Undefined before there is a session: then there is no optimistic result. */
  viewerId: string | undefined;
  /** Names for the optimistic result. */
  known: { genres: readonly Named[]; services: readonly Named[] };
}

/** Saves preferences and shows them at once. Throws when the server refuses, with the cache as before. */
export function useSavePreferences({ viewerId, known }: Options) {
  const [mutate] = useMutation(SavePreferencesMutation);
  return async (preferences: StoredPreferencesInput): Promise<void> => {
    await mutate({
      variables: { preferences },
      ...(viewerId === undefined ? {} : { optimisticResponse: { updatePreferences: optimisticViewer(viewerId, preferences, known) } }),
      // Every cached list belongs to the old preferences.
      update(cache) {
        evictRankings(cache);
        evictOffers(cache);
      },
    });
  };
}

/** Where movies can be watched depends on the stored region. */
function evictOffers(cache: ApolloCache): void {
  const movies = Object.keys(cache.extract() as object).filter((id) => id.startsWith('Movie:'));
  for (const id of movies) cache.evict({ id, fieldName: 'availability' });
}

/** With the type names that the cache needs and the generated types leave out. */
function optimisticViewer(id: string, preferences: StoredPreferencesInput, known: Options['known']) {
  const named = (among: readonly Named[], ids: readonly string[]): Named[] => among.filter((one) => ids.includes(one.id));
  const viewer = {
    __typename: 'Viewer' as const,
    id,
    preferences: {
      __typename: 'StoredPreferences',
      preferredGenres: named(known.genres, preferences.preferredGenres).map((genre) => ({ __typename: 'Genre', ...genre })),
      services: named(known.services, preferences.services).map((service) => ({ __typename: 'StreamingService', ...service })),
      languages: preferences.languages,
      runtimeMin: preferences.runtimeMin ?? null,
      runtimeMax: preferences.runtimeMax ?? null,
      familiar: preferences.familiar ?? null,
      region: preferences.region ?? null,
      learnFromMe: preferences.learnFromMe ?? true,
    },
  };
  return makeFragmentData(viewer, SavedPreferences_viewer);
}
