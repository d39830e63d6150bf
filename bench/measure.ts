import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Catalog } from '../src/catalog/catalog.ts';
import { Filters } from '../src/catalog/filters.ts';
import { openRelease, readManifest } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { Recommender } from '../src/engine/recommender/recommender.ts';
import { type Latency, measureRequests, type RequestShape } from './requests.ts';
import { ROOT, startCineMatch } from './server-process.ts';

const HTTP_REQUESTS = 300;
/** The title index is built behind the first answers; memory is looked at when that is over. */
const SETTLE_MS = 4_000;

export interface Measured {
  movies: number;
  trainSeconds: number | undefined;
  artifactsMegabytes: number;
  readySeconds: number;
  serverMegabytes: number;
  /** Over HTTP on loopback, a whole GraphQL request with 20 movies, one after the other. */
  http: { p50: number; p99: number };
  inProcess: Record<string, Latency>;
}

/** The request that the targets are written for, then its parts and other modes. */
export const SHAPES: Record<string, RequestShape> = {
  request: { likes: 5, genres: 2, service: 'Netflix', mode: 'FOR_YOU' },
  'no filter': { likes: 5, genres: 0, service: undefined, mode: 'FOR_YOU' },
  '20 likes': { likes: 20, genres: 0, service: undefined, mode: 'FOR_YOU' },
  'no taste': { likes: 0, genres: 0, service: undefined, mode: 'FOR_YOU' },
  trending: { likes: 5, genres: 2, service: undefined, mode: 'TRENDING' },
  diverse: { likes: 5, genres: 2, service: undefined, mode: 'DIVERSE' },
};

/** Trains in a process of its own, as a user would; seconds from start to exit. */
export async function trainSeconds(catalog: string, artifacts: string, config: string): Promise<number> {
  const begun = performance.now();
  const run = (args: string[]) => promisify(execFile)(process.execPath, ['pipeline/main.ts', ...args], { cwd: ROOT, maxBuffer: 1 << 26 });
  const { stdout } = await run([
    'train',
    '--catalogue',
    catalog,
    '--artifacts',
    artifacts,
    '--config',
    config,
    '--name',
    'bench',
    '--force',
  ]);
  const seconds = (performance.now() - begun) / 1000;
  const version = /(bench-[0-9a-f]+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`train printed no version: ${stdout}`);
  await run(['publish', '--artifacts', artifacts, '--version', version]);
  return seconds;
}

/** Everything about the version that is current in `artifacts`. */
export async function measureArtifacts(artifacts: string, requests: number, trained?: number, shapes = SHAPES): Promise<Measured> {
  const pointer = await readPointer(artifacts);
  if (pointer === null) throw new Error(`nothing is published in ${artifacts}`);
  const directory = versionDirectory(artifacts, pointer.version);
  const manifest = await readManifest(directory);
  const { readySeconds, serverMegabytes, http } = await measureServer(artifacts);
  const set = await openRelease(directory);
  const catalog = Catalog.fromRelease(set);
  const filters = Filters.of(catalog.columns);
  const recommender = Recommender.fromRelease(set);
  const inProcess: Record<string, Latency> = {};
  for (const [name, shape] of Object.entries(shapes)) inProcess[name] = measureRequests(catalog, filters, recommender, shape, requests);
  const bytes = Object.values(manifest.sections).reduce((sum, section) => sum + section.bytes, 0);
  return {
    movies: manifest.movieCount,
    trainSeconds: trained,
    artifactsMegabytes: bytes / 1e6,
    readySeconds,
    serverMegabytes,
    http,
    inProcess,
  };
}

const QUERY = `query ($likes: [ID!]) { recommendations(prefs: { likedMovieIds: $likes, preferredGenres: ["drama", "comedy"], services: ["netflix"] }) {
  totalCount nodes { score explanation movie { id title year runtime genres { name } services { name } } reasons { kind label contribution } } } }`;

async function measureServer(artifacts: string): Promise<Pick<Measured, 'readySeconds' | 'serverMegabytes' | 'http'>> {
  const server = await startCineMatch(artifacts, join(artifacts, 'data'), { env: { LOG_LEVEL: 'error' } });
  try {
    const http = await measureHttp(`${server.url}/graphql`);
    await delay(SETTLE_MS);
    return { readySeconds: server.readySeconds, serverMegabytes: server.residentMegabytes(), http };
  } finally {
    await server.stop();
  }
}

async function measureHttp(url: string): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let n = -HTTP_REQUESTS / 3; n < HTTP_REQUESTS; n++) {
    const likes = Array.from({ length: 5 }, (_, i) => String(1 + (((n + 100) * 7 + i * 131) % 3000)));
    const begun = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, variables: { likes } }),
    });
    const text = await response.text();
    if (n >= 0) times.push(performance.now() - begun);
    if (!response.ok || text.includes('"errors"')) throw new Error(`the server answered ${response.status}: ${text.slice(0, 300)}`);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(0.99 * times.length)] };
}
