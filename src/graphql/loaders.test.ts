import { graphql } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { OPEN_SIGN_IN } from '../../test/administration-rooms.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { TMDB_POSTERS } from '../../test/poster-addresses.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import { emptyAdministration, emptyLibrary, emptyState, NO_REFRESH, NO_RELEASES, rulesOf, smallRankings } from '../../test/running-app.ts';
import type { AdministrationRooms } from '../accounts/administration/rooms.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { RunningImports } from '../library/running-imports.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { createContext, type RequestContext } from './context.ts';
import { createSchema } from './schema.ts';

describe('the movies of a response', () => {
  const schema = createSchema();
  let snapshot: Snapshot;
  let library: LibraryStore;
  let administration: AdministrationRooms;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    library = await emptyLibrary();
    administration = await emptyAdministration();
  });

  const newContext = (): RequestContext =>
    createContext({
      snapshot,
      library,
      runningImports: new RunningImports(),
      posters: TMDB_POSTERS,
      rankings: smallRankings(),
      metrics: NO_METRICS,
      log: { error: () => {} },
      timeoutMs: 10_000,
      authenticate: async () => null,
      ...OPEN_SIGN_IN,
      administration,
      address: '192.0.2.1',
      releases: NO_RELEASES,
      refresh: NO_REFRESH,
      operatorRules: rulesOf(() => snapshot),
      server: emptyState(),
      servedVersion: () => '',
      learnsFromViewers: true,
      signInProviders: () => [],
    });

  const run = async (source: string): Promise<RequestContext> => {
    const contextValue = newContext();
    const { errors } = await graphql({ schema, source, contextValue });
    expect(errors).toBeUndefined();
    return contextValue;
  };

  it('are one object each, and shared by nothing else', async () => {
    const context = await run('{ a: movie(id: "2571") { title } b: movies(ids: ["2571", "1214"]) { title } }');
    const index = snapshot.catalog.indexAt(snapshot.catalog.indexOf('2571') ?? -1);
    expect(context.loaders.movie.load(index)).toBe(context.loaders.movie.load(index));
    expect(newContext().loaders.movie.load(index)).not.toBe(context.loaders.movie.load(index));
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
