import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask } from '../../../test/running-app.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';
import { RankingCache } from '../../recommendations/cache/ranking-cache.ts';

const RECOMMEND = `query ($prefs: PreferencesInput, $mode: RecommendationMode! = FOR_YOU, $after: String) {
  list: recommendations(prefs: $prefs, mode: $mode, first: 3, after: $after) { nodes { score } pageInfo { endCursor hasPreviousPage } } }`;
const GROUP = `query ($members: [PreferencesInput!]!, $strategy: GroupStrategy!, $after: String) {
  list: groupRecommendations(members: $members, strategy: $strategy, first: 3, after: $after) { nodes { score } pageInfo { endCursor hasPreviousPage } } }`;
const SEARCH = `query ($filter: MovieFilterInput, $after: String) {
  list: searchMovies(query: "the", filter: $filter, first: 1, after: $after) { nodes { id } pageInfo { endCursor hasPreviousPage } } }`;

const EVERYTHING = {
  likedMovieIds: ['2571', '1214', '999999'],
  dislikedMovieIds: ['1'],
  notInterestedMovieIds: ['6365', '2571'],
  preferredGenres: ['sci-fi', 'Action', 'SCI-FI'],
  genreMatch: 'ALL',
  services: ['Netflix', 'max'],
  languages: ['en', 'fr'],
  yearMin: 1950,
  yearMax: 2030,
  runtimeMin: 0,
  runtimeMax: 400,
};
const REQUESTS: Record<string, Record<string, unknown>> = {
  nothing: {},
  everything: { prefs: EVERYTHING },
  'one genre, ALL, TRENDING': { prefs: { preferredGenres: ['Drama'], genreMatch: 'ALL' }, mode: 'TRENDING' },
  'PREFER, DIVERSE': { prefs: { likedMovieIds: ['2571'], preferredGenres: ['Drama'], genreMatch: 'PREFER' }, mode: 'DIVERSE' },
  'nulls and empty lists': { prefs: { likedMovieIds: null, services: [], runtimeMin: null, yearMax: null, genreMatch: 'PREFER' } },
};

/**
 * Cache key and cursor of the third movie, as the release before gave them; null where fewer than three movies pass. Keys of rankings by stored
 * likes are new since later likes weigh more: servers of before share none of these rankings.
 */
const SIGNED_OUT: Record<string, [key: string, cursor: string | null]> = {
  nothing: ['8uhkkO9dHnDsJNMbXHNE4A', 'cDF8Zml4dHVyZS0xfFhHdkZFVmgwWTlFOGdVRDhxanRfYUF8Mg'],
  everything: ['Mv69mkhKN_TLsnglZzIJiw', 'cDF8Zml4dHVyZS0xfEZ3U19zOHFCdHJMM1NjQl9OX2R2emd8Mg'],
  'one genre, ALL, TRENDING': ['JFl0_jKrywBpZRuPwqpPaA', 'cDF8Zml4dHVyZS0xfFJlbmtsdVdacmdJUUNGajRkT3BCV1F8Mg'],
  'PREFER, DIVERSE': ['OEAnVgFllbrurj1XU4lJEw', 'cDF8Zml4dHVyZS0xfDVNWEphQzNaWVpwMF84dmVQLWFqRWd8Mg'],
  'nulls and empty lists': ['8uhkkO9dHnDsJNMbXHNE4A', 'cDF8Zml4dHVyZS0xfFhHdkZFVmgwWTlFOGdVRDhxanRfYUF8Mg'],
};
const SIGNED_IN: Record<string, [key: string, cursor: string | null]> = {
  nothing: ['c2-ka_PQK8qGrto8LEa1nA', 'cDF8Zml4dHVyZS0xfGJ2T05SeXBzZ0psZGpDYXhuODRsd0F8Mg'],
  everything: ['do05c9CAZlap9hsnfQrflQ', 'cDF8Zml4dHVyZS0xfFVFVEw4RWF3bGhsS1EwZVQ1cVBBLXd8Mg'],
  'one genre, ALL, TRENDING': ['hePN1Apk_gJohtCMQY2rXQ', null],
  'PREFER, DIVERSE': ['GjvQnGgXY8ZiRzzZZUwOWg', 'cDF8Zml4dHVyZS0xfGJPMktBaUNJRm13bkt6OEJLb2ZHMmd8Mg'],
  'nulls and empty lists': ['mZMdmur_AI8jSX8WagLsDA', 'cDF8Zml4dHVyZS0xfGJ2T05SeXBzZ0psZGpDYXhuODRsd0F8Mg'],
};

interface List {
  list: { nodes: object[]; pageInfo: { endCursor: string | null; hasPreviousPage: boolean } };
}

/** Literal keys and cursors: servers of two releases share one Redis, and clients hold cursors while the server is replaced. */
describe('what the release before issued', () => {
  let app: ViewerApp;
  let ann: TestViewer;
  const keys = new Set<string>();
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    const remote = { layer: 'redis' as const, get: async () => undefined, set: (key: string) => void keys.add(key) };
    const cache = new RankingCache({ memoryBytes: 1e6, remote, metrics: { cachePage: () => undefined } });
    app = await viewerApp(() => snapshot, { rankings: cache });
    ann = app.viewer('ann');
    for (const [id, signal] of Object.entries({ '1214': 'LIKE', '1200': 'LIKE', '1': 'DISLIKE', '6365': 'NOT_INTERESTED' })) {
      // Likes of the same millisecond have no order.
      const before = Date.now();
      while (Date.now() === before) await setTimeout(1);
      await ann.ask('mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id } }', { id, signal });
    }
    await ann.ask('mutation { addToWatchlist(movieId: "90002") { watched } setWatched(movieIds: ["90002"], watched: true) { watched } }');
    await ann.ask(
      'mutation { updatePreferences(preferences: { preferredGenres: ["Horror", "sci-fi"], services: ["Max"], languages: ["en"], runtimeMin: 60, runtimeMax: 240 }) { id } }',
    );
  });
  afterAll(() => app.shutDown(0));

  it.each(Object.keys(REQUESTS))('is issued again, key and cursor: %s', async (name) => {
    for (const [viewer, issued] of [
      [{ ask: <Data>(query: string, variables?: Record<string, unknown>) => ask<Data>(app, query, variables) }, SIGNED_OUT],
      [ann, SIGNED_IN],
    ] as const) {
      const [key, cursor] = issued[name];
      const first = (await viewer.ask<List>(RECOMMEND, REQUESTS[name])).list;
      expect((await viewer.ask<List>(RECOMMEND, REQUESTS[name])).list).toEqual(first);
      expect(keys).toContain(`cinematch:ranking:1-1mewjq1:${key}`);
      if (cursor === null) continue;
      expect(first.pageInfo.endCursor).toBe(cursor);
      expect((await viewer.ask<List>(RECOMMEND, { ...REQUESTS[name], after: cursor })).list.pageInfo.hasPreviousPage).toBe(true);
    }
  });

  it('is issued again for groups', async () => {
    const members = [
      { ...EVERYTHING, preferredGenres: [] },
      { likedMovieIds: ['1200'], genreMatch: 'PREFER' },
    ];
    const issued = {
      AVERAGE: 'cDF8Zml4dHVyZS0xfE05NkUycGdvZC1mOVFzaFgxQ2lncmd8Mg',
      LEAST_MISERY: 'cDF8Zml4dHVyZS0xfDMtbWtmeUIyUlRyS1k2R25mcEFHd1F8Mg',
    };
    for (const [strategy, cursor] of Object.entries(issued)) {
      expect((await ask<List>(app, GROUP, { members, strategy })).list.pageInfo.endCursor).toBe(cursor);
      expect((await ask<List>(app, GROUP, { members, strategy, after: cursor })).list.pageInfo.hasPreviousPage).toBe(true);
    }
  });

  it('is issued again for searches', async () => {
    const issued: [filter: object | null, cursor: string][] = [
      [null, 'cDF8Zml4dHVyZS0xfElMSnZwWEhWVGRXdUlXbnJaU29xSGd8MA'],
      [
        { genres: ['sci-fi', 'action'], services: [], yearMin: 1950, languages: ['en'] },
        'cDF8Zml4dHVyZS0xfHJGanBJSzNiQ1FuSFBDb0g5YW1PS3d8MA',
      ],
    ];
    for (const [filter, cursor] of issued) {
      expect((await ask<List>(app, SEARCH, { filter })).list.pageInfo.endCursor).toBe(cursor);
      expect((await ask<List>(app, SEARCH, { filter, after: cursor })).list.nodes).toHaveLength(1);
    }
  });
});
