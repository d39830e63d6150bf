import { graphql } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { emptyLibrary, smallRankings } from '../../test/running-app.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { createContext, type RequestContext } from './context.ts';
import { createSchema } from './schema.ts';

describe('the movies of a response', () => {
  const schema = createSchema();
  let snapshot: Snapshot;
  let library: LibraryStore;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    library = await emptyLibrary();
  });

  const newContext = (): RequestContext =>
    createContext({
      snapshot,
      library,
      rankings: smallRankings(),
      metrics: { ranked: () => undefined },
      log: { error: () => {} },
      timeoutMs: 10_000,
      authenticate: async () => null,
      signInProviders: () => [],
    });

  const run = async (source: string): Promise<RequestContext> => {
    const contextValue = newContext();
    const { errors } = await graphql({ schema, source, contextValue });
    expect(errors).toBeUndefined();
    return contextValue;
  };

  it('come in one batch a level, however many there are', async () => {
    const flat = await run('{ recommendations(first: 20) { nodes { movie { title } } } }');
    expect(flat.loaders.movieBatches).toBe(1);
    const nested = await run(
      `{ recommendations(first: 20, prefs: { likedMovieIds: ["2571", "1214"] }) {
           nodes { movie { title similar(first: 5) { movie { title } reasons { movie { title } } } } reasons { movie { title } } }
           edges { node { movie { year } } } } }`,
    );
    expect(nested.loaders.movieBatches).toBe(2);
  });

  it('are shared by the fields of one operation and by nothing else', async () => {
    const context = await run(
      '{ a: movie(id: "2571") { title } b: movies(ids: ["2571", "1214"]) { title } searchMovies(query: "matrix") { nodes { title } } }',
    );
    expect(context.loaders.movieBatches).toBeLessThanOrEqual(2);
    const index = snapshot.catalog.indexAt(snapshot.catalog.indexOf('2571') ?? -1);
    const other = newContext();
    expect(await other.loaders.movie.load(index)).not.toBe(await context.loaders.movie.load(index));
  });

  it('decode an overview only when it is asked for', async () => {
    const overviews = snapshot.catalog.columns.overviews;
    const decoded: number[] = [];
    const get = overviews.get.bind(overviews);
    overviews.get = (index) => {
      decoded.push(index);
      return get(index);
    };
    try {
      await run('{ recommendations(first: 5) { nodes { movie { title genres { name } cast } } } }');
      expect(decoded).toEqual([]);
      await run('{ recommendations(first: 5) { nodes { movie { overview } } } }');
      expect(decoded).toHaveLength(5);
    } finally {
      overviews.get = get;
    }
  });
});
