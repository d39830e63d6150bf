import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask } from '../../../test/running-app.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

interface Ranked {
  recommendations: { totalCount: number; nodes: { movie: { id: string } }[] };
}

const RANKED = `query ($prefs: PreferencesInput = {}, $sort: MovieSort) {
  recommendations(prefs: $prefs, sort: $sort, onWatchlist: true) { totalCount nodes { movie { id } } } }`;

let app: ViewerApp;
let ann: TestViewer;
beforeAll(async () => {
  const snapshot = await fixtureSnapshot();
  app = await viewerApp(() => snapshot);
  ann = app.viewer('ann');
  for (const id of ['1', '588', '1214', '2571', '3000'])
    await ann.ask('mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }', { id });
  await ann.ask('mutation { setWatched(movieIds: ["588"], watched: true) { addedAt } }');
  for (const id of ['1200', '1214']) await ann.ask('mutation ($id: ID!) { setFeedback(movieId: $id, signal: LIKE) { id } }', { id });
});
afterAll(() => app.shutDown(0));

const ids = ({ recommendations }: Ranked): string[] => recommendations.nodes.map(({ movie }) => movie.id);

it('what a viewer wants to watch is ranked for them, also what they like', async () => {
  const ranked = await ann.ask<Ranked>(RANKED);
  expect(ids(ranked).toSorted()).toEqual(['1', '1214', '2571', '3000']);
  expect(ids(ranked)[0]).toBe('1214');
  expect(ranked.recommendations.totalCount).toBe(4);
});

it('it passes filters and is sorted as other lists', async () => {
  expect(ids(await ann.ask<Ranked>(RANKED, { prefs: { runtimeMax: 120 }, sort: 'NEWEST' }))).toEqual(['1', '1214']);
  expect(ids(await ann.ask<Ranked>(RANKED, { prefs: { services: ['max'] }, sort: 'OLDEST' }))).toEqual(['3000', '2571']);
});

it('it is empty for others, and for who is signed out', async () => {
  expect(ids(await app.viewer('bob').ask<Ranked>(RANKED))).toEqual([]);
  expect(ids(await ask<Ranked>(app, RANKED))).toEqual([]);
});
