import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalog } from '../src/catalog/catalog.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { generateLoad } from './http-load.ts';
import { scenariosOf } from './http-scenarios.ts';
import { aligned } from './markdown-table.ts';
import { median } from './quantiles.ts';
import { startCineMatch } from './server-process.ts';

const ROUNDS = 3;
/** Enough that each thread gets about as many as the others. */
const CONNECTIONS = 64;
const SCENARIOS = ['repeated', 'ranking-from-memory', 'filters', '20-likes'];

/** What a thread for each core gives and costs, against one: requests a second in turn, and resident memory after them. */
export async function measureThreads(artifacts: string, seconds: number): Promise<string> {
  const pointer = await readPointer(artifacts);
  if (pointer === null) throw new Error(`nothing is published in ${artifacts}`);
  const catalog = Catalog.fromRelease(await openRelease(versionDirectory(artifacts, pointer.version)));
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-threads-'));
  const counts = [1, availableParallelism()];
  const servers = await Promise.all(
    counts.map((count) =>
      startCineMatch(artifacts, join(folder, String(count)), {
        env: { WORKERS: String(count), LOG_REQUESTS: 'errors', LOG_LEVEL: 'warn' },
      }),
    ),
  );
  try {
    const started = servers.map((server) => server.residentMegabytes());
    const rows = [['', ...counts.map((count) => `${count} threads`), 'ratio']];
    for (const scenario of scenariosOf(catalog).filter(({ slug }) => SCENARIOS.includes(slug))) {
      const rates: number[][] = counts.map(() => []);
      for (let round = -1; round < ROUNDS; round++)
        for (const [n, { url }] of servers.entries()) {
          const load = {
            url: `${url}/graphql`,
            headers: { 'content-type': 'application/json' },
            bodies: scenario.bodies(round),
            connections: CONNECTIONS,
            seconds,
          };
          const { rate, failures } = await generateLoad(load, undefined);
          if (failures > 0) throw new Error(`${scenario.name}: ${failures} requests failed`);
          // The round before the first warms up.
          if (round >= 0) rates[n].push(rate);
        }
      rows.push(row(`${scenario.name}, requests/s`, rates.map(median)));
    }
    rows.push(
      row('memory at the start, MB', started),
      row(
        'memory after all of this, MB',
        servers.map((server) => server.residentMegabytes()),
      ),
    );
    return aligned(rows);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

function row(name: string, [one, all]: readonly number[]): string[] {
  return [name, one.toFixed(0), all.toFixed(0), (all / one).toFixed(2)];
}
