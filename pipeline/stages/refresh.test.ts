import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCatalogColumns } from '../../src/engine/artifacts/catalog-columns.ts';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { writeOwnedMovies } from '../../src/engine/artifacts/owned-movies.ts';
import { type RefreshState, readRefreshState } from '../../src/engine/artifacts/refresh-state.ts';
import { listVersions, readPointer } from '../../src/engine/artifacts/version-store.ts';
import { startSite } from '../testing/fake-download-site.ts';
import { type FakeTmdb, startFakeTmdb } from '../testing/fake-tmdb.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './refresh.ts';

const LINKED = Array.from({ length: 30 }, (_, n) => 1001 + n);
let folder: string;
let raw: string;
let artifacts: string;
let site: FakeTmdb;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refresh-test-'));
  raw = join(folder, 'raw');
  artifacts = join(folder, 'artifacts');
  site = await startFakeTmdb({ movies: 120 });
  await mkdir(join(raw, 'ml-test'), { recursive: true });
  const movies = LINKED.map((_, n) => `${n + 1},Movie ${n + 1} (1995),Drama`);
  await writeFile(join(raw, 'ml-test/movies.csv'), `movieId,title,genres\n${movies.join('\n')}\n`);
  await writeFile(join(raw, 'ml-test/links.csv'), `movieId,imdbId,tmdbId\n${LINKED.map((id, n) => `${n + 1},,${id}\n`).join('')}`);
});

afterAll(async () => {
  site.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  site.breaks = () => undefined;
  site.requests.length = 0;
});

const KEY = ['--tmdb-key', 'secret0123456789'];

async function refresh(day: string, args: readonly string[] = KEY, overrides: Parameters<typeof recordingContext>[0] = {}) {
  site.today = day;
  let time = Date.parse(`${day}T05:06:07Z`);
  const sleep = async (milliseconds: number): Promise<void> => {
    time += milliseconds;
  };
  const context = recordingContext({ now: () => new Date(time), sleep, ...overrides });
  const given = ['--raw', raw, '--artifacts', artifacts, '--tmdb-url', site.origin, '--tmdb-export-url', `${site.origin}/exports`];
  await run(
    [
      ...given,
      '--min-votes',
      '0',
      '--min-popularity',
      '0',
      '--rate',
      '1000',
      ...(args.includes('--recheck-days') ? [] : ['--recheck-days', '0']),
      ...args,
    ],
    context,
  );
  return context.lines;
}

async function state(): Promise<RefreshState> {
  const found = await readRefreshState(artifacts);
  if (found === null) throw new Error('there is no state');
  return found;
}

async function currentRelease() {
  return openRelease(join(artifacts, (await readPointer(artifacts))?.version ?? ''));
}

describe('a refresh', () => {
  test('fetches, builds and publishes, and writes what it did', async () => {
    await refresh('2026-03-04');
    const { version } = (await currentRelease()).manifest;
    expect(await state()).toMatchObject({
      startedAt: '2026-03-04T05:06:07.000Z',
      result: 'published',
      failedStep: null,
      error: null,
      version,
      dataAt: '2026-03-04T05:06:07.000Z',
      nextAt: null,
      skipped: [],
      changes: { changedMovies: 0, removedMovies: 0, offersEnded: 0 },
    });
    const { changes, log, succeededAt, finishedAt } = await state();
    expect(changes?.newMovies).toBeGreaterThan(60);
    expect(changes?.offersBegun).toBeGreaterThan(100);
    expect(log.at(-1)).toMatch(/^refresh: published, /);
    expect(succeededAt).toBe(finishedAt);
    expect((await readdir(artifacts)).filter((name) => name.includes('refresh'))).toEqual(['refresh.json']);
  });

  test('takes in the films that the server was told', async () => {
    await writeOwnedMovies(artifacts, [{ tmdbId: LINKED[0], imdbId: undefined }]);
    await refresh('2026-03-04');
    expect((await state()).result).toBe('published');
    const { services } = readCatalogColumns(await currentRelease());
    const mine = services.names.toArray().indexOf('Mine');
    expect([...services.indices].filter((service) => service === mine)).toHaveLength(1);
  });

  test('without changes leaves the version and brings the time of the data forward', async () => {
    const { version } = (await currentRelease()).manifest;
    await refresh('2026-03-05');
    expect(await state()).toMatchObject({ result: 'unchanged', version, dataAt: '2026-03-05T05:06:07.000Z' });
    expect(site.fetched()).toEqual([]);
  });

  test('publishes new films, changed films, and offers that came and went', async () => {
    site.change(1005, { title: 'Renamed', offers: { US: { flatrate: [1899] } } }, '2026-03-06');
    const fresh = { id: 5001, title: 'Just out', released: '2026-03-06', status: 'Released', adult: false, votes: 50, popularity: 9 };
    site.movies.set(5001, { ...fresh, offers: {} });
    await refresh('2026-03-06');
    expect((await state()).changes).toEqual({ newMovies: 1, changedMovies: 1, removedMovies: 0, offersBegun: 1, offersEnded: 2 });
    const { titles } = readCatalogColumns(await currentRelease());
    expect(titles.toArray()).toEqual(expect.arrayContaining(['Renamed', 'Just out']));
  });

  test('follows a film that a later MovieLens data set has: one movie, with both ids', async () => {
    const before = readCatalogColumns(await currentRelease());
    expect([...before.movieIds]).toContain(-5001);
    await appendFile(join(raw, 'ml-test/movies.csv'), '900,Just out (2026),Drama\n');
    await appendFile(join(raw, 'ml-test/links.csv'), '900,,5001\n');
    await refresh('2026-03-06');
    const { movieIds, tmdbIds, titles } = readCatalogColumns(await currentRelease());
    expect([...movieIds]).not.toContain(-5001);
    expect([...tmdbIds].filter((id) => id === 5001)).toHaveLength(1);
    const row = movieIds.indexOf(900);
    expect([tmdbIds[row], titles.toArray()[row]]).toEqual([5001, 'Just out']);
    expect(movieIds.length).toBe(before.movieIds.length);
  });

  test('asks for every film again within the days of --recheck-days, because changes do not name offers', async () => {
    const fetched = new Set<number>();
    for (const day of ['2026-03-07', '2026-03-08', '2026-03-09']) {
      site.requests.length = 0;
      await refresh(day, [...KEY, '--recheck-days', '3']);
      for (const id of site.fetched()) fetched.add(id);
      expect(site.fetched().length).toBeLessThan(60);
    }
    expect(LINKED.every((id) => fetched.has(id)) && fetched.has(5001)).toBe(true);
  });

  test('without a key builds what is there and says what it left out', async () => {
    const time = new Date('2026-03-09T12:00:00Z');
    for (const name of ['new_movies', 'tmdb_metadata', 'changed_movies']) await utimes(join(raw, `tmdb/${name}.csv`), time, time);
    for (const name of ['providers/availability.csv', 'library/mine.csv']) await utimes(join(raw, name), time, time);
    for (const name of ['ml-test/movies.csv', 'ml-test/links.csv']) await utimes(join(raw, name), 0, 0);
    await refresh('2026-03-10', []);
    expect(await state()).toMatchObject({
      result: 'unchanged',
      changes: null,
      skipped: ['fetch: no TMDb key (--tmdb-key or TMDB_API_KEY)'],
      dataAt: time.toISOString(),
    });
    expect(site.requests).toEqual([]);
  });

  test('that fails says at which step and why, and leaves the version', async () => {
    const before = await state();
    site.breaks = (path) => (path.startsWith('/exports/') ? 404 : undefined);
    await expect(refresh('2026-03-11')).rejects.toThrow('no export of movie ids');
    const { version, dataAt, succeededAt } = before;
    expect(await state()).toMatchObject({ result: 'failed', failedStep: 'fetch', version, dataAt, succeededAt });
    expect((await state()).error).toMatch(/no export of movie ids of the last 7 days; check --tmdb-export-url$/);
    site.breaks = () => undefined;
    await expect(refresh('2026-03-11', [...KEY, '--min-year', '9000'])).rejects.toThrow('no movie');
    expect(await state()).toMatchObject({ result: 'failed', failedStep: 'merge', changes: { newMovies: 0 } });
  });

  test('keeps three versions, or as many as it is told', async () => {
    for (let n = 12; n < 16; n++) {
      site.change(1006, { title: `Title ${n}` }, `2026-03-${n}`);
      await refresh(`2026-03-${n}`);
    }
    expect(await listVersions(artifacts)).toHaveLength(3);
    await refresh('2026-03-16', KEY, { keepVersions: 2 });
    expect(await listVersions(artifacts)).toHaveLength(2);
  });

  test('repeats until it is interrupted, also over failures', async () => {
    const interruption = new AbortController();
    const starts: string[] = [];
    let time = Date.parse('2026-03-20T00:00:00Z');
    const now = (): Date => new Date(time);
    const sleep = async (milliseconds: number): Promise<void> => {
      const { startedAt, nextAt, result } = await state();
      time += milliseconds;
      // The rate limit waits too.
      if (result === null) return;
      starts.push(`${startedAt.slice(11, 16)} ${result} ${nextAt?.slice(11, 16)}`);
      site.breaks = (path) => (starts.length === 1 && path.startsWith('/exports/') ? 404 : undefined);
      if (starts.length === 3) {
        interruption.abort(new Error('interrupted'));
        throw interruption.signal.reason;
      }
    };
    site.today = '2026-03-20';
    const signal = interruption.signal;
    await expect(refresh('2026-03-20', [...KEY, '--every', '2h'], { now, sleep, signal })).rejects.toThrow('interrupted');
    expect(starts).toEqual(['00:00 unchanged 02:00', '02:00 failed 04:00', '04:00 unchanged 06:00']);
  });
});

test('a refresh that is killed at any request leaves the version, and the next one completes', async () => {
  const killed = join(folder, 'killed');
  // The program has the real clock.
  const today = new Date().toISOString().slice(0, 10);
  const tmdb = await startFakeTmdb({ movies: 60, today });
  const place = ['--raw', raw, '--artifacts', killed, '--tmdb-url', tmdb.origin, '--tmdb-export-url', `${tmdb.origin}/exports`];
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const start = () =>
    spawn(process.execPath, [main, 'refresh', ...place, ...KEY, '--min-votes', '0', '--min-popularity', '0'], { stdio: 'ignore' });
  await rm(join(raw, 'tmdb'), { recursive: true });
  try {
    for (const last of [1, 15, 30]) {
      tmdb.requests.length = 0;
      const child = start();
      const ended = once(child, 'exit');
      tmdb.breaks = (_path, number) => {
        if (number >= last) child.kill('SIGKILL');
        return undefined;
      };
      expect(await ended).toEqual([null, 'SIGKILL']);
      expect(await readPointer(killed)).toBeNull();
      expect(await readRefreshState(killed)).toMatchObject({ finishedAt: null, result: null });
    }
    tmdb.breaks = () => undefined;
    expect(await once(start(), 'exit')).toEqual([0, null]);
    expect(await readRefreshState(killed)).toMatchObject({ result: 'published', error: null });
    // What the killed ones had fetched was not fetched again.
    expect(tmdb.fetched().length).toBeLessThan(60);
  } finally {
    tmdb.close();
  }
});

test('fetches a data set that is not there, and only once', async () => {
  const movielens = await startSite();
  const args = ['--raw', join(folder, 'empty', 'raw'), '--artifacts', join(folder, 'empty', 'artifacts'), '--download', 'ml-test'];
  const download = async (): Promise<string[]> => {
    const context = recordingContext();
    await run([...args, '--movielens-url', movielens.origin], context);
    return context.lines;
  };
  try {
    expect((await download()).join('\n')).toMatch(/\[new\] ml-test[\s\S]*refresh: published, ml-test-/);
    expect((await download()).join('\n')).toMatch(/\[fresh\] ml-test: .*\n[\s\S]*refresh: unchanged, ml-test-/);
    expect(movielens.asked('/ml-test.zip')).toBe(2);
  } finally {
    movielens.close();
  }
});

describe('the lock', () => {
  const lock = (): string => join(artifacts, 'refresh.lock');
  const held = (host: string, pid: number): Promise<void> => writeFile(lock(), JSON.stringify({ host, pid, token: 'x' }));

  test('of another refresh that runs is respected, here and on another machine', async () => {
    await held(hostname(), process.ppid);
    await expect(refresh('2026-03-21', [])).rejects.toThrow(`another refresh is running on ${hostname()}, process ${process.ppid}`);
    await held('another-machine', 1);
    await expect(refresh('2026-03-21', [])).rejects.toThrow('another refresh is running on another-machine, process 1; wait until');
    expect(JSON.parse(await readFile(lock(), 'utf8'))).toMatchObject({ host: 'another-machine' });
    await rm(lock());
  });

  test('of one that was killed is taken over', async () => {
    await held(hostname(), 2 ** 22 + 1);
    await refresh('2026-03-21', []);
    await held('another-machine', 1);
    const silent = Date.now() / 1000 - 300;
    await utimes(lock(), silent, silent);
    await refresh('2026-03-21', []);
    await expect(stat(lock())).rejects.toThrow('ENOENT');
  });
});

test.each([
  [['--every', 'daily'], '--every takes a time from 1s to 30d, such as 30m, 24h or 7d, not "daily"'],
  [['--every', '31d'], '--every takes a time from 1s to 30d'],
  [['--recheck-days', '-1'], '--recheck-days takes a whole number from 0 to 3650, not "-1"'],
  [['--download', '../x'], 'download: "../x" is not a data set name'],
  [['--tmdb-url', 'ftp://x'], 'refresh: --tmdb-url takes an http(s) URL, not "ftp://x"'],
])('%j is refused', async (args, message) => {
  await expect(run(['--raw', raw, '--artifacts', artifacts, ...args], recordingContext())).rejects.toThrow(message);
});
