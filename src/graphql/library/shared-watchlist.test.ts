import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask } from '../../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const SHARE = 'mutation ($name: String!) { shareWatchlist(name: $name) { id name } }';
const READ = `query ($id: ID!, $prefs: PreferencesInput, $first: Int! = 20, $after: String, $own: Boolean! = false) {
  sharedWatchlist(id: $id) { name }
  recommendations(sharedWatchlistId: $id, prefs: $prefs, first: $first, after: $after, onWatchlist: $own) {
    totalCount nodes { movie { id } } pageInfo { endCursor }
  }
}`;
const MATRIX = '2571';
const ALIEN = '1214';
const GODFATHER = '858';

interface List {
  sharedWatchlist: { name: string } | null;
  recommendations: { totalCount: number; nodes: { movie: { id: string } }[]; pageInfo: { endCursor: string | null } };
}

describe('a shared watchlist', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const share = async (viewer: ReturnType<ViewerApp['viewer']>, name = 'For Friday'): Promise<string> =>
    (await viewer.ask<{ shareWatchlist: { id: string } }>(SHARE, { name })).shareWatchlist.id;
  const add = async (viewer: ReturnType<ViewerApp['viewer']>, ...movieIds: string[]): Promise<void> => {
    for (const movieId of movieIds)
      await viewer.ask('mutation ($movieId: ID!) { addToWatchlist(movieId: $movieId) { watched } }', { movieId });
  };
  const idsOf = ({ recommendations: { nodes } }: List): string[] => nodes.map(({ movie }) => movie.id).sort();
  const read = (variables: object): Promise<List> => ask<List>(app, READ, { ...variables });

  it('shows what its owner still wants to watch, to whoever has the id and as it is now', async () => {
    const ann = app.viewer();
    await add(ann, MATRIX, ALIEN, GODFATHER);
    await ann.ask('mutation ($ids: [ID!]!) { setWatched(movieIds: $ids, watched: true) { watched } }', { ids: [GODFATHER] });
    const id = await share(ann, '  For Friday ');
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(await read({ id })).toMatchObject({ sharedWatchlist: { name: 'For Friday' }, recommendations: { totalCount: 2 } });
    expect(idsOf(await read({ id }))).toEqual([ALIEN, MATRIX]);
    await ann.ask('mutation ($ids: [ID!]!) { removeFromWatchlist(movieIds: $ids) }', { ids: [ALIEN] });
    expect(idsOf(await read({ id }))).toEqual([MATRIX]);
  });

  it('passes exact filters, has pages, and can be compared with one’s own list', async () => {
    const ann = app.viewer();
    await add(ann, MATRIX, ALIEN, GODFATHER);
    const id = await share(ann);
    expect(idsOf(await read({ id, prefs: { runtimeMax: 120 } }))).toEqual([ALIEN]);
    const first = await read({ id, first: 2 });
    const second = await read({ id, first: 2, after: first.recommendations.pageInfo.endCursor });
    expect([...idsOf(first), ...idsOf(second)].sort()).toEqual([ALIEN, MATRIX, GODFATHER].sort());
    const ben = app.viewer();
    await add(ben, ALIEN);
    expect(idsOf(await ben.ask<List>(READ, { id, own: true }))).toEqual([ALIEN]);
    expect(idsOf(await ben.ask<List>(READ, { id }))).toHaveLength(3);
  });

  it('keeps its id under a new name, is none of another viewer, and ends at once', async () => {
    const ann = app.viewer();
    const id = await share(ann);
    expect(await share(ann, 'For Sunday')).toBe(id);
    const link = '{ viewer { watchlistLink { id name } } }';
    expect(await ann.ask(link)).toEqual({ viewer: { watchlistLink: { id, name: 'For Sunday' } } });
    expect(await app.viewer().ask(link)).toEqual({ viewer: { watchlistLink: null } });
    const stop = 'mutation { stopSharingWatchlist }';
    expect(await app.viewer().ask(stop)).toEqual({ stopSharingWatchlist: false });
    expect((await read({ id })).sharedWatchlist).not.toBeNull();
    expect(await ann.ask(stop)).toEqual({ stopSharingWatchlist: true });
    expect(await read({ id })).toMatchObject({ sharedWatchlist: null, recommendations: { totalCount: 0, nodes: [] } });
    expect(await share(ann)).not.toBe(id);
  });

  it('refuses names that are empty, too long or turn the text around them', async () => {
    const ann = app.viewer();
    for (const name of ['', '  ', 'x'.repeat(61), 'a\nb', 'a\u202eb'])
      await expect(share(ann, name)).rejects.toThrow('it must be one line of 1 to 60 characters');
    await share(ann, 'x'.repeat(60));
  });

  it('is never a ready answer: it changes while the catalog stays', async () => {
    const ann = app.viewer();
    await add(ann, MATRIX);
    const id = await share(ann);
    const body = { query: READ, variables: { id } };
    const cacheControls = new Set<unknown>();
    for (let n = 0; n < 3; n++) {
      const { headers } = await app.fastify.inject({ method: 'POST', url: '/graphql', payload: body });
      cacheControls.add(headers['cache-control']);
    }
    expect([...cacheControls]).toEqual(['private, no-store']);
  });
});
