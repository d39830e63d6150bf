import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { MovieId, MovieIndex } from '../catalog/movie-id.ts';
import type { RatingItem } from '../library/history-store.ts';
import { NO_PREFERENCES, type SavedPreferences } from '../library/library-store.ts';
import type { Signal } from '../library/signal.ts';
import { rankingKey, profileOf as userProfileOf } from './ranking.ts';
import { type Preferences, type RecommendationQuery, readPreferences, toQuery } from './recommendation-query.ts';
import type { Snapshot } from './snapshot.ts';
import { loadViewerProfile, type StoredData, type ViewerProfile } from './viewer-profile.ts';

const IDS = FIXTURE_MOVIES.map(({ movieId }) => movieIdOf(movieId));
const GENRES = ['action', 'sci-fi', 'drama', 'no-such-genre'];
const SERVICES = ['netflix', 'max', 'no-such-service'];
const LANGUAGES = ['en', 'fr', 'xx'];
const at = (movieId: MovieId): Date => new Date(1e12 + 1000 * movieId);

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
  feedback: { movieId: MovieId; signal: Signal; feedbackAt: Date }[];
  ratings?: RatingItem[];
  watched: MovieId[];
  preferences: SavedPreferences;
}

const stored: fc.Arbitrary<Stored> = fc.record({
  feedback: fc
    .uniqueArray(fc.constantFrom(...IDS, movieIdOf(888_888)), { maxLength: 12 })
    .chain((movieIds) =>
      fc.tuple(
        ...movieIds.map((movieId) =>
          fc
            .constantFrom('LIKE' as const, 'DISLIKE' as const, 'NOT_INTERESTED' as const)
            .map((signal) => ({ movieId, signal, feedbackAt: at(movieId) })),
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
    region: fc.constantFrom(null, 'DE', 'XX'),
    learnFromMe: fc.boolean(),
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
  const likedAt = new Map<MovieIndex, number>(filled.liked.map((index) => [index, at(movieIdOf(Number(catalog.id(index)))).getTime()]));
  return {
    ...filled,
    ...(asked.likedMovieIds == null && { likedAt }),
    notInterested: [...new Set([...filled.notInterested, ...excluded])].sort((a, b) => a - b),
  };
}

describe('a query', () => {
  let snapshot: Snapshot;
  let catalog: Catalog;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    ({ catalog } = snapshot);
  });
  const profileOf = ({ feedback, ratings = [], watched, preferences }: Stored): Promise<ViewerProfile> => {
    const library: StoredData = {
      opinions: async (_, { below, first }) => {
        const latest = (signal: Signal) => feedback.filter((one) => one.signal === signal).slice(0, first);
        return {
          liked: latest('LIKE').map(({ movieId, feedbackAt }) => ({ movieId, at: feedbackAt.getTime() })),
          disliked: latest('DISLIKE').map(({ movieId }) => movieId),
          lowRatings: ratings.filter(({ stars }) => stars < below).slice(0, first),
          seen: [...feedback.map(({ movieId }) => movieId), ...watched],
        };
      },
      preferences: async () => preferences,
    };
    return loadViewerProfile({ library, snapshot: { catalog } }, { userId: 'ann', isGuest: false });
  };

  it('filled from a profile is what reading the filled request gives', async () => {
    await fc.assert(
      fc.asyncProperty(requests, stored, async (request, kept) => {
        const query = toQuery(readPreferences(catalog, request), await profileOf(kept));
        const { likedAt } = query;
        const ofLikes = likedAt && { likedAt: new Map(query.liked.map((index) => [index, likedAt.get(index)])) };
        expect({ ...query, ...ofLikes }).toEqual(filledAsText(catalog, request, kept));
      }),
      { numRuns: 300 },
    );
  });

  it('weighs later stored likes more, and likes that the request states alike', async () => {
    const [older, newer] = [movieIdOf(IDS[0]), movieIdOf(IDS[1])];
    const profile = async (times: [number, number]) =>
      profileOf({
        feedback: [older, newer].map((movieId, n) => ({ movieId, signal: 'LIKE', feedbackAt: new Date(times[n]) })),
        watched: [],
        preferences: NO_PREFERENCES,
      });
    const weightsFor = async (request: Preferences, times: [number, number]) => {
      const query = toQuery(readPreferences(catalog, request), await profile(times));
      const { liked, likedWeights } = userProfileOf(query);
      return likedWeights && Array.from(liked, (index, n) => [catalog.id(catalog.indexAt(index)), likedWeights[n] > 1]);
    };
    const byId = (entries: [string, boolean][]) => expect.arrayContaining(entries);
    expect(await weightsFor({}, [1, 2])).toEqual(
      byId([
        [String(older), false],
        [String(newer), true],
      ]),
    );
    expect(await weightsFor({}, [2, 1])).toEqual(
      byId([
        [String(older), true],
        [String(newer), false],
      ]),
    );
    expect(await weightsFor({}, [2, 2])).toBeUndefined();
    expect(await weightsFor({ likedMovieIds: [String(older), String(newer)] }, [1, 2])).toBeUndefined();
    const keyFor = async (times: [number, number]) =>
      rankingKey(snapshot, { mode: 'FOR_YOU' }, toQuery(readPreferences(catalog, {}), await profile(times)));
    expect(await keyFor([1, 2])).toBe(await keyFor([30, 40]));
    expect(await keyFor([1, 2])).not.toBe(await keyFor([2, 1]));
  });

  it('takes stored ratings below a like as weak evidence, of movies that are not liked, unless the request states likes', async () => {
    const rating = (n: number, stars: number): RatingItem => ({ movieId: movieIdOf(IDS[n]), title: '', year: null, stars, ratedAt: null });
    const profile = await profileOf({
      feedback: [{ movieId: movieIdOf(IDS[0]), signal: 'LIKE', feedbackAt: new Date(1) }],
      ratings: [rating(0, 3), rating(1, 4), rating(2, 3.5), rating(3, 2.5), rating(4, 2), { ...rating(5, 3), movieId: movieIdOf(777_777) }],
      watched: [],
      preferences: NO_PREFERENCES,
    });
    const { rated = [], ratedWeights } = userProfileOf(toQuery(readPreferences(catalog, {}), profile));
    expect(rated.map((index) => catalog.id(catalog.indexAt(index)))).toEqual([2, 3, 4].map((n) => String(IDS[n])));
    expect(ratedWeights).toEqual([0.5, 0.5, 0.25]);
    const keyFor = (request: Preferences) => rankingKey(snapshot, { mode: 'FOR_YOU' }, toQuery(readPreferences(catalog, request), profile));
    const keyWithout = (request: Preferences) =>
      rankingKey(snapshot, { mode: 'FOR_YOU' }, toQuery(readPreferences(catalog, request), { ...profile, rated: new Map() }));
    expect(keyFor({})).not.toBe(keyWithout({}));
    const stated = { likedMovieIds: [String(IDS[7])] };
    expect(keyFor(stated)).toBe(keyWithout(stated));
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

  it('reads the latest 1,000 of each kind, and leaves out every movie that was seen', async () => {
    const [old, first] = [movieIdOf(IDS[0]), movieIdOf(IDS[1])];
    // The catalog has the first and the last of these likes.
    const unknown = Array.from({ length: 998 }, (_, n) => movieIdOf(10_000_000 + n));
    const likedOf = async (likes: MovieId[]) => {
      const feedback = likes.map((movieId, n) => ({ movieId, signal: 'LIKE' as const, feedbackAt: new Date(10_000 - n) }));
      const query = toQuery(readPreferences(catalog, {}), await profileOf({ feedback, watched: [], preferences: NO_PREFERENCES }));
      return [query.liked, query.notInterested].map((rows) => rows.map((index) => Number(catalog.id(index))));
    };
    expect(await likedOf([first, ...unknown, old])).toEqual([[old, first].sort((a, b) => a - b), []]);
    expect(await likedOf([first, ...unknown, movieIdOf(9_999_999), old])).toEqual([[first], [old]]);
  });
});
