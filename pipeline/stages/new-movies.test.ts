import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecords } from '../testing/csv-records.ts';
import { type FakeTmdb, startFakeTmdb } from '../testing/fake-tmdb.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './download.ts';

let raw: string;
let site: FakeTmdb;

/** MovieLens has the first 100 movies of the site. */
const LINKED = Array.from({ length: 100 }, (_, n) => 1001 + n);

beforeEach(async () => {
  raw = await mkdtemp(join(tmpdir(), 'new-films-test-'));
  site = await startFakeTmdb();
  await mkdir(join(raw, 'ml-test'));
  await writeFile(join(raw, 'ml-test/movies.csv'), 'movieId,title,genres\n1,A (1990),Drama\n');
  await writeFile(join(raw, 'ml-test/links.csv'), `movieId,imdbId,tmdbId\n${LINKED.map((id, n) => `${n + 1},,${id}\n`).join('')}`);
});

afterEach(async () => {
  site.close();
  await rm(raw, { recursive: true });
});

/** `day` is today, for the site and for the pipeline. */
async function download(args: readonly string[] = [], day = '2026-03-04') {
  site.today = day;
  site.requests.length = 0;
  let time = Date.parse(`${day}T05:06:07Z`);
  const sleep = async (milliseconds: number): Promise<void> => {
    time += milliseconds;
  };
  const context = recordingContext({ now: () => new Date(time), sleep });
  const given = ['--raw', raw, '--dataset', 'ml-test', '--tmdb-url', site.origin, '--tmdb-export-url', `${site.origin}/exports`];
  await run([...given, '--tmdb-key', 'secret0123456789', '--rate', '1000', '--new-films', ...args], context);
  return context.lines;
}

async function table(name: string): Promise<Record<string, string>[]> {
  const [header = [], ...records] = parseRecords(await readFile(join(raw, name), 'utf8'));
  return records.map((fields) => Object.fromEntries(header.map((column, n) => [column, fields[n] ?? ''])));
}
const ids = async (name: string): Promise<number[]> => (await table(name)).map(({ tmdb_id }) => Number(tmdb_id));
const wanted = (minVotes = 10, minPopularity = 1, since = ''): number[] =>
  [...site.movies.values()]
    .filter(({ id, adult, status, votes, popularity, released }) => {
      const isShowable = !adult && status === 'Released' && released >= since;
      return isShowable && votes >= minVotes && popularity >= minPopularity && !LINKED.includes(id);
    })
    .map(({ id }) => id);

describe('new films', () => {
  test('are those of TMDb that MovieLens does not have, released, not for adults, with votes and popularity', async () => {
    await download();
    expect(await ids('tmdb/new_movies.csv')).toEqual(wanted());
    expect(wanted().length).toBeGreaterThan(600);
    expect(await ids('tmdb/tmdb_metadata.csv')).toEqual(LINKED);
    expect((await table('tmdb/new_movies.csv'))[0]).toMatchObject({
      title: 'Film 101',
      status: 'Released',
      adult: '0',
      production_countries: 'SE',
      production_companies: 'Film House',
      spoken_languages: 'sv',
      trailer_key: 'trailer1101',
      people: 'ACTOR:5061:Actor 61|DIRECTOR:6021:Director 21',
    });
  });

  test('can be limited by day, votes and popularity', async () => {
    await download(['--since', '2015-01-01', '--min-votes', '500', '--min-popularity', '12.5']);
    expect(await ids('tmdb/new_movies.csv')).toEqual(wanted(500, 12.5, '2015-01-01'));
    expect(wanted(500, 12.5, '2015-01-01').length).toBeGreaterThan(20);
  });

  test('are fetched once: a refresh asks for what is new and what changed, and for nothing else', async () => {
    await download();
    const before = await ids('tmdb/new_movies.csv');
    site.change(1151, { title: 'Film 151, renamed' });
    site.change(before[0], { adult: true });
    site.movies.delete(before[1]);
    site.change(before[1], {});
    site.change(1005, { title: 'Film 5, renamed' });
    site.change(9_999_999, {});
    const fresh = {
      id: 5001,
      title: 'Just out',
      released: '2026-03-05',
      status: 'Released',
      adult: false,
      votes: 50,
      popularity: 9,
      offers: {},
    };
    site.movies.set(5001, fresh);
    await download([], '2026-03-06');
    expect(site.fetched().toSorted((a, b) => a - b)).toEqual([1005, 1151, before[0], before[1], 5001].toSorted((a, b) => a - b));
    const after = await table('tmdb/new_movies.csv');
    expect(after.map(({ tmdb_id }) => Number(tmdb_id))).toEqual([...before.slice(2), 5001]);
    expect(after.find(({ tmdb_id }) => tmdb_id === '1151')?.title).toBe('Film 151, renamed');
    expect(await table('tmdb/changed_movies.csv')).toMatchObject([{ tmdb_id: '1005', title: 'Film 5, renamed' }]);
    await download([], '2026-03-08');
    expect(site.fetched()).toEqual([]);
  });

  test('of forty days of changes are asked for by fourteen days', async () => {
    await download();
    site.change(1151, { title: 'Early' }, '2026-03-06');
    site.change(1152, { title: 'Late' }, '2026-04-12');
    await download([], '2026-04-13');
    expect(site.fetched().toSorted()).toEqual([1151, 1152]);
    expect(site.asked('/3/movie/changes').length).toBe(3);
  });

  test('go on where an interrupted run stopped, over failures of the site', async () => {
    const failures = [503, 429, 'html', 'cut', 500] as const;
    site.breaks = (path, number) => (/\/movie\/\d+$/.test(path) && number % 9 === 0 ? failures[number % failures.length] : undefined);
    await download();
    expect(await ids('tmdb/new_movies.csv')).toEqual(wanted());
    const one = wanted()[50];
    site.breaks = (path) => (path === `/3/movie/${one}` ? 503 : undefined);
    for (const name of ['new_movies.csv', 'refresh.json']) await rm(join(raw, 'tmdb', name));
    await expect(download()).rejects.toThrow(/^1 of \d+ movies could not be fetched; .*failed-new-ids\.txt lists them; run again/);
    expect(await ids('tmdb/new_movies.csv')).toEqual(wanted().filter((id) => id !== one));
    site.breaks = () => undefined;
    await download();
    expect(site.fetched()).toEqual([one]);
    expect(await ids('tmdb/new_movies.csv')).toEqual(wanted());
    expect(existsSync(join(raw, 'tmdb/new_movies.partial.jsonl'))).toBe(false);
  });

  test('say what is wrong when the export or a list cannot be had', async () => {
    site.breaks = (path) => (path.startsWith('/exports/') ? 404 : undefined);
    await expect(download()).rejects.toThrow(/no export of movie ids of the last 7 days; check --tmdb-export-url$/);
    site.breaks = (path) => (path.startsWith('/exports/') ? 'html' : undefined);
    await expect(download()).rejects.toThrow(/\.json\.gz: .*failed 6 times; run again later$/);
    site.breaks = (path) => (path === '/3/discover/movie' ? 503 : undefined);
    await expect(download()).rejects.toThrow('TMDb does not respond (HTTP 503); run again later to continue');
    expect(existsSync(join(raw, 'tmdb/new_movies.csv'))).toBe(false);
  });

  test.each([
    [['--since', '2026-02-30'], '--since takes a day such as 2024-05-31, not "2026-02-30"'],
    [['--min-votes', '-1'], '--min-votes takes a whole number from 0 to 1000000000, not "-1"'],
    [['--min-popularity', 'high'], '--min-popularity takes a number from 0 on, not "high"'],
    [['--regions', 'US,XQ'], '--regions takes a country code of two letters, such as US or GB, not "XQ"'],
  ])('refuse %j', async (args, message) => {
    await expect(download(args)).rejects.toThrow(message);
  });
});

describe('availability', () => {
  const offers = async (id: number) => (await table('providers/availability.csv')).filter(({ tmdb_id }) => tmdb_id === String(id));

  test('is kept for every region and kind that is asked for, with the day it began', async () => {
    await download(['--regions', 'US,DE']);
    const row = { tmdb_id: '1101', since: '2026-03-04', left_at: '' };
    expect(await offers(1101)).toEqual([
      { ...row, region: 'DE', kind: 'buy', provider_id: '8', service: 'Netflix' },
      { ...row, region: 'US', kind: 'rent', provider_id: '337', service: 'Disney Plus' },
      { ...row, region: 'US', kind: 'subscription', provider_id: '337', service: 'Disney Plus' },
    ]);
    expect(await offers(1001)).toHaveLength(3);
  });

  test('says when an offer ended, began again, and leaves other regions alone', async () => {
    await download(['--regions', 'all']);
    site.change(1101, { offers: { US: { rent: [337], free: [8] } } }, '2026-03-06');
    await download(['--regions', 'US'], '2026-03-06');
    const shown = async () =>
      (await offers(1101)).map(({ region, kind, since, left_at }) => `${region} ${kind} ${since} ${left_at}`.trim());
    expect(await shown()).toEqual([
      'DE buy 2026-03-04',
      'US free 2026-03-06',
      'US rent 2026-03-04',
      'US subscription 2026-03-04 2026-03-06',
    ]);
    site.change(1101, { offers: { US: { flatrate: [337] } } }, '2026-03-09');
    await download(['--regions', 'US'], '2026-03-09');
    expect(await shown()).toEqual([
      'DE buy 2026-03-04',
      'US free 2026-03-06 2026-03-09',
      'US rent 2026-03-04 2026-03-09',
      'US subscription 2026-03-04 2026-03-06',
      'US subscription 2026-03-09',
    ]);
  });
});
