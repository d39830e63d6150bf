import { expect, it } from 'vitest';
import { OPEN_SIGN_IN } from '../../test/administration-rooms.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { TMDB_POSTERS } from '../../test/poster-addresses.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import { emptyAdministration, emptyLibrary, emptyState, NO_REFRESH, NO_RELEASES, rulesOf, smallRankings } from '../../test/running-app.ts';
import { RunningImports } from '../library/running-imports.ts';
import { createContext } from './context.ts';
import type { WorkKind } from './limits/admission.ts';

it('a request whose charge was refused is charged nothing more, also where less would do', async () => {
  const snapshot = await fixtureSnapshot();
  const asked: [number, WorkKind | undefined][] = [];
  const context = createContext({
    snapshot,
    library: await emptyLibrary(),
    runningImports: new RunningImports(),
    posters: TMDB_POSTERS,
    rankings: smallRankings(),
    metrics: NO_METRICS,
    log: { error: () => {} },
    timeoutMs: 10_000,
    authenticate: async () => null,
    ...OPEN_SIGN_IN,
    administration: await emptyAdministration(),
    address: '192.0.2.1',
    releases: NO_RELEASES,
    refresh: NO_REFRESH,
    operatorRules: rulesOf(() => snapshot),
    server: emptyState(),
    learnsFromViewers: true,
    servedVersion: () => '',
    signInProviders: () => [],
    async admit(price, kind) {
      asked.push([price, kind]);
      if (price > 5) throw new Error('no points are left');
      return { points: price, spending: undefined };
    },
  });
  await context.charge(5);
  await expect(context.charge(6)).rejects.toThrow('no points are left');
  await expect(context.charge(1)).rejects.toThrow('no points are left');
  await expect(context.charge(0)).rejects.toThrow('no points are left');
  expect(asked).toEqual([
    [5, 'rows'],
    [6, 'rows'],
  ]);
  expect(context.charged.points).toBe(5);
});
