import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { seeded } from '../pipeline/data/random.ts';
import { linkedTmdbIds, linksFile } from '../pipeline/sources/tmdb/links.ts';
import { run } from '../pipeline/stages/refresh.ts';
import { type FakeTmdb, startFakeTmdb } from '../pipeline/testing/fake-tmdb.ts';
import { aligned } from './markdown-table.ts';
import { besideLoad } from './refresh-load.ts';
import { ROOT } from './server-process.ts';

const CHANGED = 2_000;
const CHANGED_A_MINUTE = 20;
const MINUTE_MS = 60_000;

export interface RefreshBench {
  /** Raw files as download leaves them. They are copied. */
  raw: string;
  dataset: string;
  /** Ratings to train on. Undefined: content alone. */
  ratings: string | undefined;
  /** Published artifacts to begin with, which are copied. Undefined: none, so that the first refresh trains all. */
  artifacts: string | undefined;
  /** Minutes of load, with a refresh in each. */
  minutes: number;
  /** Requests a second of this load. */
  rate: number;
}

/** A whole refresh, one with 2,000 changed films, and refreshes beside a server under load. TMDb is a local server. */
export async function measureRefresh({ raw, dataset, ratings, minutes, rate, ...from }: RefreshBench): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-refresh-'));
  const copy = join(folder, 'raw');
  const artifacts = join(folder, 'artifacts');
  const tmdb = await startFakeTmdb({ movies: 10, today: new Date().toISOString().slice(0, 10) });
  try {
    await mkdir(copy);
    for (const part of [dataset, 'tmdb', 'providers'])
      await cp(join(raw, part), join(copy, part), { recursive: true }).catch(ignoreMissing);
    if (from.artifacts !== undefined) await cp(from.artifacts, artifacts, { recursive: true });
    const ids = await linkedTmdbIds(await linksFile(raw, dataset), AbortSignal.timeout(MINUTE_MS));
    const random = seeded(1);
    const change = (count: number): void => {
      for (let n = 0; n < count; n++) changeMovie(tmdb, ids[Math.floor(random() * ids.length)], n);
    };
    const site = ['--tmdb-url', tmdb.origin, '--tmdb-export-url', `${tmdb.origin}/exports`, '--tmdb-key', 'a key that nobody has'];
    const files = ['--raw', copy, '--artifacts', artifacts, '--dataset', dataset, ...(ratings === undefined ? [] : ['--ratings', ratings])];
    const options = [...files, ...site, '--recheck-days', '0', '--rate', '1000'];
    const refresh = async (): Promise<Measured> => {
      const [begun, cpu] = [performance.now(), process.cpuUsage()];
      await run(options, quietContext());
      const { user, system } = process.cpuUsage(cpu);
      return { seconds: (performance.now() - begun) / 1_000, cpuSeconds: (user + system) / 1e6 };
    };
    const first = await refresh();
    change(CHANGED);
    const changed = await refresh();
    const rows = [
      ['', 'seconds', 'processor seconds'],
      row(from.artifacts === undefined ? 'everything, the first time' : 'the first time, from artifacts', first),
      row(`${CHANGED.toLocaleString('en')} changed films, fetched from a local server`, changed),
    ];
    if (minutes === 0) return aligned(rows);
    const load = { artifacts, data: join(folder, 'data'), minutes, rate };
    const loaded = await besideLoad({ ...load, change: () => change(CHANGED_A_MINUTE), refresh: () => refreshApart(options) });
    return `${aligned(rows)}\n\n${loaded}`;
  } finally {
    tmdb.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  seconds: number;
  cpuSeconds: number;
}

function changeMovie(tmdb: FakeTmdb, id: number, n: number): void {
  const released = `20${String(10 + (n % 15)).padStart(2, '0')}-01-02`;
  const offers = { US: { flatrate: [n % 2 === 0 ? 8 : 337] } };
  tmdb.movies.set(id, { id, title: `Film ${id}`, released, status: 'Released', adult: false, votes: 100 + n, popularity: 5, offers });
  tmdb.change(id, {});
}

/** The command of an operator. */
async function refreshApart(options: readonly string[]): Promise<void> {
  const args = ['--disable-warning=ExperimentalWarning', 'pipeline/main.ts', 'refresh', ...options];
  const [code] = await once(spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
  if (code !== 0) throw new Error(`the refresh ended with code ${code}`);
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
