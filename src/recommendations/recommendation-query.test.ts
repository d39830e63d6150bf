import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { MovieId } from '../catalog/movie-id.ts';
import { NO_PREFERENCES, type SavedPreferences } from '../library/library-store.ts';
import type { Signal } from '../library/signal.ts';
import { type Preferences, type RecommendationQuery, readPreferences, toQuery } from './recommendation-query.ts';
import { loadViewerProfile, type ViewerProfile } from './viewer-profile.ts';

const IDS = FIXTURE_MOVIES.map(({ movieId }) => movieIdOf(movieId));
const GENRES = ['action', 'sci-fi', 'drama', 'no-such-genre'];
const SERVICES = ['netflix', 'max', 'no-such-service'];
const LANGUAGES = ['en', 'fr', 'xx'];

/** Null and left out are different for bounds. */
const bound = (...values: number[]) => fc.constantFrom(null, ...values);
const known = (names: string[]) => fc.option(fc.subarray(names.slice(0, -1)), { freq: 3 });
const requests = fc.record(
  {
    likedMovieIds: fc.option(fc.subarray([...IDS.slice(0, 8), 999_999].map(String)), { freq: 3 }),
    dislikedMovieIds: fc.option(fc.subarray(IDS.slice(8, 12).map(String)), { freq: 3 }),
    notInterestedMovieIds: fc.option(fc.subarray(IDS.slice(0, 16).map(String))),
    preferredGenres: known(GENRES),
    genreMatch: fc.constantFrom(null, 'ANY' as const, 'ALL' as const, 'PREFER' as const),
    services: known(SERVICES),
    languages: known(LANGUAGES),
    runtimeMin: bound(0, 60),
    runtimeMax: bound(90, 400),
    yearMin: bound(1950),
    familiar: fc.constantFrom(null, 0, 0.3, 0.5, 1),
  },
  { requiredKeys: [] },
);

interface Stored {
  feedback: { movieId: MovieId; signal: Signal }[];
  watched: MovieId[];
  preferences: SavedPreferences;
}

const stored: fc.Arbitrary<Stored> = fc.record({
  feedback: fc
    .uniqueArray(fc.constantFrom(...IDS, movieIdOf(888_888)), { maxLength: 12 })
    .chain((movieIds) =>
      fc.tuple(
        ...movieIds.map((movieId) =>
          fc.constantFrom('LIKE' as const, 'DISLIKE' as const, 'NOT_INTERESTED' as const).map((signal) => ({ movieId, signal })),
        ),
      ),
    ),
  watched: fc.uniqueArray(fc.constantFrom(...IDS, movieIdOf(777_777)), { maxLength: 5 }),
  preferences: fc.record({
    preferredGenres: fc.subarray(GENRES),
    services: fc.subarray(SERVICES),
    languages: fc.subarray(LANGUAGES),
    runtimeMin: fc.constantFrom(null, 30, 100),
    runtimeMax: fc.constantFrom(null, 120, 300),
    familiar: fc.constantFrom(null, 0.2, 0.5, 0.9),
  }),
});

/** The specification: writes the stored data into the request as text, and reads the request again. */
function filledAsText(catalog: Catalog, asked: Preferences, { feedback, watched, preferences }: Stored): RecommendationQuery {
  const has = (movieId: number): boolean => catalog.indexOf(movieId) !== undefined;
  const idsWith = (wanted: string, opposite: readonly string[] | null | undefined): string[] =>
    feedback
      .filter(({ movieId, signal }) => signal === wanted && has(movieId))
      .map(({ movieId }) => String(movieId))
      .filter((id) => !opposite?.includes(id));
  const { runtimeMin, runtimeMax } = preferences;
  const fits = (low: number | null | undefined, high: number | null | undefined): boolean => (low ?? 0) <= (high ?? 1e9);
  const filled = toQuery(
    readPreferences(catalog, {
      ...asked,
      likedMovieIds: asked.likedMovieIds ?? idsWith('LIKE', asked.dislikedMovieIds),
      dislikedMovieIds: asked.dislikedMovieIds ?? idsWith('DISLIKE', asked.likedMovieIds),
      preferredGenres: asked.preferredGenres ?? preferences.preferredGenres.filter((name) => catalog.genres.find(name) !== undefined),
      services: asked.services ?? preferences.services.filter((name) => catalog.services.find(name) !== undefined),
      languages: asked.languages ?? preferences.languages.filter((name) => catalog.languages.find(name) !== undefined),
      runtimeMin: asked.runtimeMin === undefined && fits(runtimeMin, asked.runtimeMax) ? runtimeMin : (asked.runtimeMin ?? null),
      runtimeMax: asked.runtimeMax === undefined && fits(asked.runtimeMin, runtimeMax) ? runtimeMax : (asked.runtimeMax ?? null),
      familiar: asked.familiar ?? preferences.familiar,
    }),
    null,
  );
  const rated = [...filled.liked, ...filled.disliked];
  const seen = [...feedback.map(({ movieId }) => movieId), ...watched].map((movieId) => catalog.indexOf(movieId));
  const excluded = seen.filter((index) => index !== undefined).filter((index) => !rated.includes(index));
  return { ...filled, notInterested: [...new Set([...filled.notInterested, ...excluded])].sort((a, b) => a - b) };
}

describe('a query', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    ({ catalog } = await fixtureSnapshot());
  });
  const profileOf = ({ feedback, watched, preferences }: Stored): Promise<ViewerProfile> => {
    const library = { allFeedback: async () => feedback, watchedMovies: async () => watched, preferences: async () => preferences };
    return loadViewerProfile({ library, snapshot: { catalog } }, { userId: 'ann', isGuest: false });
  };

  it('filled from a profile is what reading the filled request gives', async () => {
    await fc.assert(
      fc.asyncProperty(requests, stored, async (request, kept) => {
        const query = toQuery(readPreferences(catalog, request), await profileOf(kept));
        expect(query).toEqual(filledAsText(catalog, request, kept));
      }),
      { numRuns: 300 },
    );
  });

  it('has no setting of familiar when it is neutral, so that equal wishes are equal data', () => {
    const familiarOf = (familiar?: number | null) =>
      toQuery(readPreferences(catalog, familiar === undefined ? {} : { familiar }), null).familiar;
    expect([undefined, null, 0.5, 0, 0.2, 1].map(familiarOf)).toEqual([undefined, undefined, undefined, 0, 0.2, 1]);
  });

  it('refuses a setting of familiar outside 0 to 1', () => {
    for (const familiar of [-0.001, 1.001, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => readPreferences(catalog, { familiar }, 'members[1]')).toThrow(
        `members[1].familiar: is ${familiar}; it goes from 0 (hidden gems) to 1 (well known)`,
      );
  });

  it('has the latest 500 stored likes, as many as a request may state', async () => {
    const latest = Array.from({ length: 501 }, (_, n) => catalog.indexAt(n));
    const profile = {
      ...(await profileOf({
        feedback: [],
        watched: [],
        preferences: NO_PREFERENCES,
      })),
      liked: latest,
    };
    expect(toQuery(readPreferences(catalog, {}), profile).liked).toEqual(latest.slice(0, 500));
    expect(toQuery(readPreferences(catalog, { dislikedMovieIds: [catalog.id(latest[0])] }), profile).liked).toEqual(latest.slice(1));
  });
});
