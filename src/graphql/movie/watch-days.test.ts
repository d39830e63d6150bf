import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { testModelConfig } from '../../../test/fixture-release.ts';
import { releaseInMemory } from '../../../test/release-in-memory.ts';
import { ask, refusal } from '../../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';
import { snapshotOf } from '../../recommendations/snapshot.ts';

/** Offers of three movies, as merge writes them. The first look at US was on March 1, that at DE on May 1. */
const OFFERS: Readonly<Record<number, string[]>> = {
  1: ['US:subscription:8:2026-03-01::Netflix', 'US:subscription:1899:2026-05-20::HBO Max'],
  32: ['US:subscription:8:2026-05-10::Netflix', 'DE:subscription:8:2026-05-01::Netflix'],
  50: ['US:subscription:8:2026-03-01:2026-05-15:Netflix', 'US:rent:2:::Apple TV'],
};
const PREFER = 'mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) { id } }';
const RANKED = 'query ($watch: WatchInput!) { recommendations(prefs: { services: [], watch: $watch }) { nodes { movie { id } } } }';
const LISTED = 'query ($watch: WatchInput!) { catalogMovies(filter: { watch: $watch }) { nodes { id } } }';

let app: ViewerApp;
beforeAll(async () => {
  const movies = FIXTURE_MOVIES.map((movie) => ({ ...movie, offers: OFFERS[movie.movieId] ?? [] }));
  const snapshot = snapshotOf(releaseInMemory(movies, await testModelConfig()));
  app = await viewerApp(() => snapshot);
});
afterAll(() => app.shutDown(0));

it.each<[string, object, string[]]>([
  ['came on a day or later', { since: '2026-05-10' }, ['1', '32']],
  ['came later', { since: '2026-05-11' }, ['1']],
  ['came to a service', { since: '2026-05-10', services: ['netflix'] }, ['32']],
  // Whether they were new on that day is not known.
  ['are of the first look', { since: '2026-01-01' }, ['1', '32']],
  ['are of the first look at another country', { since: '2026-01-01', region: 'DE' }, []],
  ['left on a day or later', { leftSince: '2026-05-15' }, ['50']],
  ['left later', { leftSince: '2026-05-16' }, []],
  ['stand', {}, ['1', '32', '50']],
])('offers that %s', async (_, watch, ids) => {
  const { catalogMovies } = await ask<{ catalogMovies: { nodes: { id: string }[] } }>(app, LISTED, { watch });
  expect(catalogMovies.nodes.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

it('offers of the services that a viewer stored, in lists that are ranked for them', async () => {
  const ann = app.viewer('ann');
  const ranked = async (watch: object): Promise<string[]> => {
    const { recommendations } = await ann.ask<{ recommendations: { nodes: { movie: { id: string } }[] } }>(RANKED, { watch });
    return recommendations.nodes.map(({ movie }) => movie.id).toSorted();
  };
  // Nothing is stored.
  expect(await ranked({ onMyServices: true, since: '2026-05-01' })).toEqual(['1', '32']);
  await ann.ask(PREFER, { preferences: { preferredGenres: [], services: ['netflix', 'mubi'], languages: [] } });
  expect(await ranked({ onMyServices: true, since: '2026-05-01' })).toEqual(['32']);
  expect(await ranked({ onMyServices: false, since: '2026-05-01' })).toEqual(['1', '32']);
  expect(await ranked({ onMyServices: true, leftSince: '2026-05-01' })).toEqual(['50']);
  expect((await refusal(app, LISTED, { watch: { onMyServices: true } })).extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    argument: 'filter.watch.onMyServices',
  });
});
