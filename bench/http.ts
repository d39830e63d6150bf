import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalog } from '../src/catalog/catalog.ts';
import { Filters } from '../src/catalog/filters.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { Recommender } from '../src/engine/recommender/recommender.ts';
import { signInGuest } from './guest.ts';
import { GENERATOR, generateLoad, type Load, type LoadFigures } from './http-load.ts';
import { ADD_TO_WATCHLIST, type Scenario, scenariosOf } from './http-scenarios.ts';
import { SHAPES } from './measure.ts';
import { startPeer } from './peer.ts';
import { findProcessors } from './processors.ts';
import { measureRequests } from './requests.ts';
import { startCineMatch, startServer } from './server-process.ts';

const ROUNDS = 3;
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 1;
const WATCHLIST_MOVIES = 50;
const ENGINE_REQUESTS = 500;

/** Medians of all rounds. */
export interface ScenarioFigures {
  slug: string;
  name: string;
  answerBytes: number;
  rate: number;
  bareRate: number;
  /** Median of the ratios of each round. */
  shareOfBare: number;
  /** Processor time of the server for one request, microseconds. */
  cpuMicroseconds: number;
  p50: number;
  p99: number;
  peerRate: number | undefined;
}

export interface HttpFigures {
  movies: number;
  generator: string;
  /** Why the generator has no processor of its own. */
  pinning: string | undefined;
  scenarios: ScenarioFigures[];
  /** One connection, 5 likes with filters: the median of a request, and of the ranking alone in process. Milliseconds. */
  oneConnection: { p50: number; engineP50: number };
  megabytesAfterLoad: number;
}

interface Round {
  ours: LoadFigures;
  bare: LoadFigures;
  cpuMicroseconds: number;
  peer: LoadFigures | undefined;
}

export interface HttpOptions {
  artifacts: string;
  seconds: number;
  peer: { directory: string; catalog: string } | undefined;
}

/**
 * Our server and a bare one that answers with the same bytes, in turn, on one processor; the load comes from another one. The machine's
 * speed changes from minute to minute, so the figure to compare is the ratio of the two.
 */
export async function measureHttp({ artifacts, seconds, peer: peerOptions }: HttpOptions): Promise<HttpFigures> {
  const processors = findProcessors();
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-http-'));
  const { catalog, enginePercentile } = await openEngine(artifacts);
  const ours = await startCineMatch(artifacts, join(folder, 'data'), { env: { WORKERS: '1' }, processor: processors.server });
  const peer = peerOptions === undefined ? undefined : await startPeer(peerOptions.directory, peerOptions.catalog, processors.server);
  try {
    const cookie = await signInGuest(ours.url);
    await fillWatchlist(ours.url, cookie, catalog);
    const load = (url: string, scenario: Scenario, bodies: string[], more: Partial<Load> = {}): Promise<LoadFigures> => {
      const headers = { 'content-type': 'application/json', ...(scenario.signedIn ? { cookie } : {}) };
      return generateLoad({ url, headers, bodies, connections: CONNECTIONS, seconds, ...more }, processors.generator);
    };
    const scenarios: ScenarioFigures[] = [];
    const all = scenariosOf(catalog);
    for (const scenario of all) {
      const answer = await answerTo(ours.url, scenario, cookie);
      const bytes = join(folder, scenario.slug);
      await writeFile(bytes, answer);
      const bareCommand = { command: process.execPath, args: ['bench/bare-server.ts', bytes, '{port}'], env: {}, readyPath: '/' };
      const bare = await startServer({ ...bareCommand, processor: processors.server });
      const rounds: Round[] = [];
      try {
        await load(`${ours.url}/graphql`, scenario, scenario.bodies(ROUNDS), { seconds: WARM_UP_SECONDS });
        await load(bare.url, scenario, ['{}'], { seconds: WARM_UP_SECONDS });
        for (let round = 0; round < ROUNDS; round++) {
          const bodies = scenario.bodies(round);
          const before = ours.cpuSeconds();
          const figures = await load(`${ours.url}/graphql`, scenario, bodies);
          const cpuMicroseconds = (1e6 * (ours.cpuSeconds() - before)) / figures.requests;
          if (figures.failures > 0) throw new Error(`${scenario.name}: ${figures.failures} requests failed`);
          const bareFigures = await load(bare.url, scenario, bodies.slice(0, 1));
          const asked = peer === undefined ? [] : peer.bodiesOf(bodies);
          const theirs = peer === undefined || asked.length === 0 ? undefined : await load(peer.server.url + peer.path, scenario, asked);
          rounds.push({ ours: figures, bare: bareFigures, cpuMicroseconds, peer: theirs });
        }
      } finally {
        await bare.stop();
      }
      scenarios.push(medians(scenario, answer.length, rounds));
      process.stderr.write(`${scenario.name}: measured\n`);
    }
    const filters = all.find(({ slug }) => slug === 'filters');
    if (filters === undefined) throw new Error('no scenario with filters');
    const { p50 } = await load(`${ours.url}/graphql`, filters, filters.bodies(ROUNDS + 1), { connections: 1 });
    return {
      movies: catalog.size,
      generator: GENERATOR,
      pinning: processors.problem,
      scenarios,
      oneConnection: { p50, engineP50: enginePercentile },
      megabytesAfterLoad: ours.residentMegabytes(),
    };
  } finally {
    await Promise.all([ours.stop(), peer?.server.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

async function openEngine(artifacts: string): Promise<{ catalog: Catalog; enginePercentile: number }> {
  const pointer = await readPointer(artifacts);
  if (pointer === null) throw new Error(`nothing is published in ${artifacts}`);
  const release = await openRelease(versionDirectory(artifacts, pointer.version));
  const catalog = Catalog.fromRelease(release);
  const engine = measureRequests(catalog, Filters.of(catalog.columns), Recommender.fromRelease(release), SHAPES.request, ENGINE_REQUESTS);
  return { catalog, enginePercentile: engine.p50 };
}

async function fillWatchlist(url: string, cookie: string, catalog: Catalog): Promise<void> {
  const step = Math.max(1, Math.floor(catalog.size / WATCHLIST_MOVIES));
  for (let row = 0; row < Math.min(catalog.size, WATCHLIST_MOVIES * step); row += step) {
    const variables = { id: catalog.id(catalog.indexAt(row)) };
    await post(url, JSON.stringify({ query: ADD_TO_WATCHLIST, variables }), cookie);
  }
}

async function answerTo(url: string, scenario: Scenario, cookie: string): Promise<string> {
  return post(url, scenario.bodies(-1)[0], scenario.signedIn ? cookie : undefined);
}

async function post(url: string, body: string, cookie: string | undefined): Promise<string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(`the server answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

function medians({ slug, name }: Scenario, answerBytes: number, rounds: readonly Round[]): ScenarioFigures {
  const of = (figure: (round: Round) => number): number => rounds.map(figure).sort((a, b) => a - b)[Math.floor(rounds.length / 2)];
  return {
    slug,
    name,
    answerBytes,
    rate: of(({ ours }) => ours.rate),
    bareRate: of(({ bare }) => bare.rate),
    shareOfBare: of(({ ours, bare }) => ours.rate / bare.rate),
    cpuMicroseconds: of(({ cpuMicroseconds }) => cpuMicroseconds),
    p50: of(({ ours }) => ours.p50),
    p99: of(({ ours }) => ours.p99),
    peerRate: rounds[0].peer === undefined ? undefined : of(({ peer }) => peer?.rate ?? Number.NaN),
  };
}
