import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalog } from '../src/catalog/catalog.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { signInGuest } from './guest.ts';
import { type Scenario, scenariosOf } from './http-scenarios.ts';
import { aligned } from './markdown-table.ts';
import { median } from './quantiles.ts';
import { startCineMatch } from './server-process.ts';

const ROUNDS = 5;
const REQUESTS = 1_500;
const CONNECTIONS = 8;
const SCENARIOS = ['repeated', 'ranking-from-memory', 'filters', 'watchlist', 'mutation'];

/** What traces cost: processor time of a request of two servers that take turns. */
export async function measureTraces(artifacts: string): Promise<string> {
  const pointer = await readPointer(artifacts);
  if (pointer === null) throw new Error(`nothing is published in ${artifacts}`);
  const catalog = Catalog.fromRelease(await openRelease(versionDirectory(artifacts, pointer.version)));
  const scenarios = scenariosOf(catalog).filter(({ slug }) => SCENARIOS.includes(slug));
  const collector = createServer((request, response) => request.resume().on('end', () => response.end('{}'))).listen(0, '127.0.0.1');
  // It must not keep the process when a server does not start.
  collector.unref();
  await once(collector, 'listening');
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-traces-'));
  const kinds: [name: string, env: Record<string, string>][] = [
    ['off', {}],
    ['off again', {}],
    ['one of a hundred', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' }],
    ['all', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }],
  ];
  const servers = await Promise.all(
    kinds.map(async ([, env], n) => {
      const server = await startCineMatch(artifacts, join(folder, String(n)), { env: { REGISTRATION: 'open', LOG_LEVEL: 'warn', ...env } });
      return { server, cookie: await signInGuest(server.url) };
    }),
  );
  try {
    const rows = [['µs of processor time', 'off', ...kinds.slice(1).map(([name]) => name)]];
    for (const scenario of scenarios) {
      const times: number[][] = kinds.map(() => []);
      for (let round = -1; round < ROUNDS; round++)
        for (const [n, { server, cookie }] of servers.entries()) {
          const begun = server.cpuSeconds();
          await sendAll(`${server.url}/graphql`, scenario, cookie, round);
          // The round before the first warms up.
          if (round >= 0) times[n].push(((server.cpuSeconds() - begun) * 1e6) / REQUESTS);
        }
      const [off, ...others] = times;
      const ratio = (ours: number[]): string => `× ${median(ours.map((time, round) => time / off[round])).toFixed(2)}`;
      rows.push([scenario.name, median(off).toFixed(0), ...others.map(ratio)]);
    }
    return aligned(rows);
  } finally {
    await Promise.all(servers.map(({ server }) => server.stop()));
    collector.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function sendAll(url: string, { bodies, signedIn }: Scenario, cookie: string, round: number): Promise<void> {
  const texts = bodies(round + 1);
  let next = 0;
  const headers = { 'content-type': 'application/json', ...(signedIn ? { cookie } : {}) };
  const work = async (): Promise<void> => {
    while (next < REQUESTS) {
      const response = await fetch(url, { method: 'POST', headers, body: texts[next++ % texts.length] });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}
