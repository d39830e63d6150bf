import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { ask, type TestApp, testApp } from '../../test/running-app.ts';
import { RankingCache } from './cache/ranking-cache.ts';
import { profileOf, rankingKey } from './ranking.ts';
import { type Preferences, type RecommendationQuery, readPreferences, toQuery } from './recommendation-query.ts';
import type { Snapshot } from './snapshot.ts';

const IDS = FIXTURE_MOVIES.map(({ movieId }) => String(movieId));
const GENRES = ['Action', 'Sci-Fi', 'Drama', 'Horror'];
const SERVICES = ['Netflix', 'Max', 'Hulu'];

/** What somebody may want; liked and disliked movies from different halves, since no movie may be both. */
const wishes = fc.record({
  likedMovieIds: fc.uniqueArray(fc.constantFrom(...IDS.slice(0, 12)), { maxLength: 5 }),
  dislikedMovieIds: fc.uniqueArray(fc.constantFrom(...IDS.slice(12)), { maxLength: 3 }),
  notInterestedMovieIds: fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 3 }),
  preferredGenres: fc.uniqueArray(fc.constantFrom(...GENRES)),
  genreMatch: fc.constantFrom('ANY' as const, 'ALL' as const, 'PREFER' as const),
  services: fc.uniqueArray(fc.constantFrom(...SERVICES)),
  languages: fc.uniqueArray(fc.constantFrom('en', 'fr', 'ja')),
  runtimeMin: fc.option(fc.integer({ min: 0, max: 100 })),
  yearMax: fc.option(fc.integer({ min: 1990, max: 2030 })),
});

/** Reorders, repeats, and changes the case of what a list holds. */
function scrambled(list: string[], seed: number): string[] | null {
  if (list.length === 0) return seed % 2 === 0 ? null : [];
  const shifted = [...list.slice(seed % list.length), ...list.slice(0, seed % list.length)].reverse();
  return [...shifted, shifted[0]].map((text, n) => ((seed >> n) % 2 === 0 ? text.toUpperCase() : text.toLowerCase()));
}

describe('the key of a ranking', () => {
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });
  const queryOf = (prefs: Preferences): RecommendationQuery => toQuery(readPreferences(snapshot.catalog, prefs), null);
  const keyOf = (prefs: Preferences): string => rankingKey(snapshot, { mode: 'FOR_YOU' }, queryOf(prefs));

  it('is the same for requests that mean the same', () => {
    fc.assert(
      fc.property(wishes, fc.nat(1_000), (wish, seed) => {
        const same: Preferences = {
          yearMax: wish.yearMax,
          languages: scrambled(wish.languages, seed),
          services: scrambled(wish.services, seed + 1),
          preferredGenres: scrambled(wish.preferredGenres, seed + 2),
          likedMovieIds: [...(scrambled(wish.likedMovieIds, seed) ?? []), '999999'],
          dislikedMovieIds: scrambled(wish.dislikedMovieIds, seed),
          notInterestedMovieIds: [...(scrambled(wish.notInterestedMovieIds, seed) ?? []), ...wish.likedMovieIds, '888888'],
          // Without genres, it makes no difference how they are matched.
          ...(wish.preferredGenres.length === 0 || wish.genreMatch === 'ANY' ? {} : { genreMatch: wish.genreMatch }),
          ...(wish.runtimeMin === null ? {} : { runtimeMin: wish.runtimeMin }),
        };
        expect(keyOf(same)).toBe(keyOf(wish));
      }),
    );
  });

  it('is another for requests that are answered otherwise', () => {
    const candidates = (wish: Preferences): unknown => {
      const query = queryOf(wish);
      const { liked, disliked, notInterested, filter } = query;
      const shown = snapshot.filters.candidates(filter, [...liked, ...disliked, ...notInterested]);
      return snapshot.recommender.recommend({ profile: profileOf(query), mode: 'FOR_YOU', candidates: shown, offset: 0, limit: 200 });
    };
    fc.assert(
      fc.property(wishes, wishes, (one, other) => {
        if (keyOf(one) === keyOf(other)) expect(candidates(one)).toEqual(candidates(other));
      }),
    );
    const genres = { preferredGenres: ['Drama', 'Action'] };
    const keys: Preferences[] = [
      ...[{}, { likedMovieIds: ['1'] }, { dislikedMovieIds: ['1'] }, { notInterestedMovieIds: ['1'] }],
      ...[{ runtimeMin: 0 }, { runtimeMax: 0 }, { yearMin: 0 }, { yearMax: 0 }, { services: ['Max'] }, { languages: ['en'] }],
      ...[genres, { ...genres, genreMatch: 'ALL' as const }, { ...genres, genreMatch: 'PREFER' as const }, { preferredGenres: ['Drama'] }],
      { preferredGenres: ['Drama'], genreMatch: 'PREFER' },
    ];
    expect(new Set(keys.map(keyOf)).size).toBe(keys.length);
  });

  it('carries the version of the catalog, the model, the mode and the rules of the operator', () => {
    const wanted = queryOf({});
    const { catalog, recommender, rules } = snapshot;
    const keys = [
      rankingKey(snapshot, { mode: 'FOR_YOU' }, wanted),
      rankingKey(snapshot, { mode: 'TRENDING' }, wanted),
      rankingKey({ catalog: Object.create(catalog, { version: { value: 'fixture-2' } }), recommender, rules }, { mode: 'FOR_YOU' }, wanted),
      rankingKey(
        { catalog, recommender: Object.create(recommender, { modelName: { value: 'other' } }), rules },
        { mode: 'FOR_YOU' },
        wanted,
      ),
      rankingKey(
        {
          catalog,
          recommender: Object.create(recommender, { modelName: { value: recommender.modelName }, isReranked: { value: true } }),
          rules,
        },
        { mode: 'FOR_YOU' },
        wanted,
      ),
      rankingKey({ catalog, recommender, rules: { ...rules, version: 'others' } }, { mode: 'FOR_YOU' }, wanted),
    ];
    expect(new Set(keys).size).toBe(6);
  });
});

describe('recommendations from the cache', () => {
  let snapshot: Snapshot;
  let cached: TestApp;
  let computed: TestApp;
  const outcomes: string[] = [];
  const rankingsWith = (memoryBytes: number, cachePage: (outcome: string) => void = () => undefined): RankingCache =>
    new RankingCache({ memoryBytes, metrics: { cachePage } });
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    cached = await testApp(() => snapshot, { rankings: rankingsWith(1e7, (outcome) => outcomes.push(outcome)) });
    computed = await testApp(() => snapshot, { rankings: rankingsWith(0) });
  });
  afterAll(() => Promise.all([cached.shutDown(0), computed.shutDown(0)]));

  const PAGE = `query ($prefs: PreferencesInput, $mode: RecommendationMode!, $first: Int!, $after: String) {
    recommendations(prefs: $prefs, mode: $mode, first: $first, after: $after) {
      totalCount nodes { score explanation reasons { kind label contribution movie { id } } movie { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const OTHER_FIELDS = `query ($prefs: PreferencesInput, $mode: RecommendationMode!, $first: Int!, $after: String) {
    recommendations(prefs: $prefs, mode: $mode, first: $first, after: $after) { edges { cursor node { movie { title genres { name } } } } } }`;

  it.each(['FOR_YOU', 'TRENDING', 'DIVERSE'])(
    'are what is computed, in mode %s: every page and every field, to the last digit',
    async (mode) => {
      outcomes.length = 0;
      const prefs = { likedMovieIds: ['2571', '1214'], dislikedMovieIds: ['1'], preferredGenres: ['Sci-Fi'], genreMatch: 'PREFER' };
      await ask(cached, PAGE, { prefs, mode, first: 1 });
      let after: string | null = null;
      for (let n = 0; n < 4; n++) {
        const variables = { prefs, mode, first: 7, after };
        const page: { recommendations: { pageInfo: { endCursor: string } } } = await ask(cached, PAGE, variables);
        expect(page).toEqual(await ask(computed, PAGE, variables));
        expect(await ask(cached, OTHER_FIELDS, variables)).toEqual(await ask(computed, OTHER_FIELDS, variables));
        after = page.recommendations.pageInfo.endCursor;
      }
      expect(outcomes).toEqual(['rare', 'computed', ...Array.from({ length: 7 }, () => 'memory')]);
    },
  );
});
