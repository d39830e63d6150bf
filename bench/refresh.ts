import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { seeded } from '../pipeline/data/random.ts';
import { linkedTmdbIds, linksFile } from '../pipeline/sources/tmdb/links.ts';
import { run } from '../pipeline/stages/refresh.ts';
import { type FakeTmdb, startFakeTmdb } from '../pipeline/testing/fake-tmdb.ts';
import { readRefreshState } from '../src/engine/artifacts/refresh-state.ts';
import { type UsedCatalog, Users } from './cluster/users.ts';
import { aligned } from './markdown-table.ts';
import { type ServerProcess, startCineMatch } from './server-process.ts';

const CHANGED = 2_000;
const CHANGED_A_MINUTE = 20;
const CLIENTS = 4;
const PAUSE_MS = 200;
const USERS = 20;
const USER_REQUESTS_A_SECOND = 10;
const MINUTE_MS = 60_000;
const QUARTERS = 4;
const QUERY = '{ catalog { version } recommendations(first: 20) { nodes { movie { id title } explanation } } }';

export interface RefreshBench {
  /** Raw files as download leaves them. They are copied. */
  raw: string;
  dataset: string;
  /** Ratings to train on. Undefined: content alone. */
  ratings: string | undefined;
  /** So many refreshes, one each minute, beside a server under load. */
  minutes: number;
}

/** A whole refresh, one with 2,000 changed films, and refreshes beside a server under load. TMDb is a local server. */
export async function measureRefresh({ raw, dataset, ratings, minutes }: RefreshBench): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-refresh-'));
  const copy = join(folder, 'raw');
  const artifacts = join(folder, 'artifacts');
  const tmdb = await startFakeTmdb({ movies: 10, today: new Date().toISOString().slice(0, 10) });
  try {
    await mkdir(copy);
    for (const part of [dataset, 'tmdb', 'providers'])
      await cp(join(raw, part), join(copy, part), { recursive: true }).catch(ignoreMissing);
    const ids = await linkedTmdbIds(await linksFile(raw, dataset), AbortSignal.timeout(MINUTE_MS));
    const random = seeded(1);
    const change = (count: number): void => {
      for (let n = 0; n < count; n++) changeMovie(tmdb, ids[Math.floor(random() * ids.length)], n);
    };
    const refresh = async (): Promise<Measured> => {
      const site = ['--tmdb-url', tmdb.origin, '--tmdb-export-url', `${tmdb.origin}/exports`, '--tmdb-key', 'a key that nobody has'];
      const options = ['--raw', copy, '--artifacts', artifacts, '--dataset', dataset, '--recheck-days', '0', '--rate', '1000'];
      const [begun, cpu] = [performance.now(), process.cpuUsage()];
      await run([...options, ...site, ...(ratings === undefined ? [] : ['--ratings', ratings])], quietContext());
      const { user, system } = process.cpuUsage(cpu);
      return { seconds: (performance.now() - begun) / 1_000, cpuSeconds: (user + system) / 1e6 };
    };
    const first = await refresh();
    change(CHANGED);
    const changed = await refresh();
    const rows = [
      ['', 'seconds', 'processor seconds'],
      row('everything, the first time', first),
      row(`${CHANGED.toLocaleString('en')} changed films, fetched from a local server`, changed),
    ];
    const loaded =
      minutes === 0 ? '' : `\n\n${await besideLoad({ artifacts, folder, minutes, change: () => change(CHANGED_A_MINUTE), refresh })}`;
    return `${aligned(rows)}${loaded}`;
  } finally {
    tmdb.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  seconds: number;
  cpuSeconds: number;
}

interface Load {
  artifacts: string;
  folder: string;
  minutes: number;
  change(): void;
  refresh(): Promise<Measured>;
}

async function besideLoad({ artifacts, folder, minutes, change, refresh }: Load): Promise<string> {
  const server = await startCineMatch(artifacts, join(folder, 'data'), { env: { LOG_LEVEL: 'warn', KEEP_VERSIONS: '3' } });
  const seen = { requests: 0, failed: 0, versions: new Set<string>() };
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) {
      await ask(server, seen);
      await delay(PAUSE_MS);
    }
  });
  const memory: number[] = [];
  let published = 0;
  let users: Users | undefined;
  let lost = 0;
  try {
    users = await Users.signIn(server.url, USERS, USER_REQUESTS_A_SECOND, await someMovies(server));
    users.start();
    for (let minute = 0; minute < minutes; minute++) {
      const begun = performance.now();
      change();
      await refresh();
      if ((await readRefreshState(artifacts))?.result === 'published') published++;
      await delay(Math.max(0, MINUTE_MS - (performance.now() - begun)));
      memory.push(server.residentMegabytes());
      process.stderr.write(`minute ${minute + 1}: ${memory.at(-1)?.toFixed(0)} MB, ${seen.requests} requests, ${seen.failed} failed\n`);
    }
    await users.stop();
    lost = await users.lost();
  } finally {
    isOver = true;
    await users?.stop();
    await Promise.all(clients);
    await server.stop();
  }
  const { requests, writes, failures } = users.take();
  const quarter = Math.ceil(memory.length / QUARTERS);
  return aligned([
    ['beside a server under load', ''],
    ['refreshes', String(minutes)],
    ['published', String(published)],
    ['versions that were served', String(seen.versions.size)],
    ['requests', String(seen.requests + requests)],
    ['failed', String(seen.failed + failures.values().reduce((sum, count) => sum + count, 0))],
    ...failures.entries().map(([name, count]) => [`failed: ${name}`, String(count)]),
    ['changes of users', String(writes)],
    ['acknowledged changes that are lost', String(lost)],
    ...Array.from({ length: Math.ceil(memory.length / quarter) }, (_, n) => [
      `server memory at most, quarter ${n + 1}, MB`,
      Math.max(...memory.slice(n * quarter, (n + 1) * quarter)).toFixed(0),
    ]),
  ]);
}

async function ask({ url }: ServerProcess, seen: { requests: number; failed: number; versions: Set<string> }): Promise<void> {
  seen.requests++;
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
    const { data, errors }: { data?: { catalog: { version: string }; recommendations: { nodes: unknown[] } }; errors?: unknown } =
      await answer.json();
    if (!answer.ok || errors !== undefined || data?.recommendations.nodes.length !== 20) seen.failed++;
    else seen.versions.add(data.catalog.version);
  } catch {
    seen.failed++;
  }
}

async function someMovies({ url }: ServerProcess): Promise<UsedCatalog> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ recommendations(first: 100) { nodes { movie { id title } } } }' });
  const { data }: { data: { recommendations: { nodes: { movie: { id: string; title: string } }[] } } } = await (
    await fetch(`${url}/graphql`, { method: 'POST', headers, body })
  ).json();
  const movies = data.recommendations.nodes.map(({ movie }) => movie);
  return { ids: movies.map(({ id }) => id), titles: movies.map(({ title }) => title) };
}

function changeMovie(tmdb: FakeTmdb, id: number, n: number): void {
  const released = `20${String(10 + (n % 15)).padStart(2, '0')}-01-02`;
  const offers = { US: { flatrate: [n % 2 === 0 ? 8 : 337] } };
  tmdb.movies.set(id, { id, title: `Film ${id}`, released, status: 'Released', adult: false, votes: 100 + n, popularity: 5, offers });
  tmdb.change(id, {});
}

function quietContext() {
  return defaultContext({ log: (line) => process.stderr.write(`${line}\n`), isTerminal: false });
}

function row(name: string, { seconds, cpuSeconds }: Measured): string[] {
  return [name, seconds.toFixed(1), cpuSeconds.toFixed(1)];
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
