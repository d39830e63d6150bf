import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { regionCode } from '../cli/region.ts';
import { type MergeOptions, mergeCatalog } from '../merge/merge-catalog.ts';
import { parseRecords } from '../testing/csv-records.ts';
import { recordingContext } from '../testing/recording-context.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-files-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

type Files = Readonly<Record<string, string | Buffer>>;

async function write(files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function merge(files: Files = {}, options: Partial<MergeOptions> = {}) {
  await write(files);
  const context = recordingContext();
  const out = join(folder, 'out.csv');
  const report = await mergeCatalog({ raw: folder, out, minYear: 0, ...options }, context);
  const [header = [], ...records] = parseRecords(await readFile(out, 'utf8'));
  const rows = records.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
  // Without the folder, whose name differs in every run.
  return { report, rows, lines: context.lines.map((line) => line.replaceAll(`${folder}/`, '')) };
}

async function failure(files: Files, options: Partial<MergeOptions> = {}): Promise<string> {
  const error = await merge(files, options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'CliError', exitCode: 1 });
  expect(existsSync(join(folder, 'out.csv'))).toBe(false);
  return error instanceof Error ? error.message.replaceAll(`${folder}/`, '').replaceAll(folder, 'RAW') : '';
}

const twoMovies = 'movieId,title,genres\n1,"Lamp, The (1990)",Drama\n2,Été (1991),Comedy\n';
const titles = (rows: readonly Record<string, string>[]) => rows.map(({ title }) => title);

describe('files as they are found', () => {
  test.each([
    ['CRLF line ends', twoMovies.replaceAll('\n', '\r\n')],
    ['mixed line ends', twoMovies.replace('Drama\n', 'Drama\r\n')],
    ['a byte order mark', `\uFEFF${twoMovies}`],
    ['no line end at the end', twoMovies.trimEnd()],
    ['blank lines', twoMovies.replaceAll('\n', '\n\n')],
    ['other columns, in another order', 'x,genres,title,movieId\n0,Drama,"Lamp, The (1990)",1\n0,Comedy,Été (1991),2\n'],
    ['gzip under a plain name', gzipSync(twoMovies)],
  ])('%s', async (_, content) => {
    const { rows, report } = await merge({ 'ml-x/movies.csv': content });
    expect(titles(rows)).toEqual(['The Lamp', 'Été']);
    expect(report.malformedLines).toBe(0);
  });

  test('gzip everywhere, with optional columns missing', async () => {
    const { rows, report } = await merge({
      'ml-x/movies.csv.gz': gzipSync(twoMovies),
      'ml-x/links.csv.gz': gzipSync('movieId,tmdbId\n1,5\n'),
      'ml-x/ratings.csv.gz': gzipSync('userId,movieId,rating\n1,1,5\n'),
      'tmdb/tmdb_metadata.csv.gz': gzipSync('tmdb_id,overview\n5,"Line one\nline two"\n'),
      'providers/providers.csv.gz': gzipSync('movieId,service,region\n1,Alpha,US\n'),
    });
    expect(rows[0]).toMatchObject({ overview: 'Line one line two', imdbId: '', services: 'Alpha', ratingCount: '1', runtime: '' });
    expect(Object.values(report.sources)).toHaveLength(5);
  });

  test('each malformed line is named with file and line, and the others are read', async () => {
    const { rows, lines, report } = await merge({
      'ml-x/movies.csv': Buffer.from(
        'movieId,title,genres\r\n1,A (1990),Drama\r\n2,too few\r\n\r\nx,No Number (1990),Drama\r\n4,"Torn (1990),Drama\r\n5,"B, \xc3\x89 (1990)",Drama\r\n' +
          '6,Too Many (1990),Drama,extra\r\n7,caf\xe9 (1990),Drama\r\n8,D (1990),Drama\r\n9,"torn at the end',
        'latin1',
      ),
      'tmdb/tmdb_metadata.csv': 'tmdb_id,overview,title\n1,"two\nlines",a\n2,short\n3,fine,c\n',
    });
    expect(titles(rows)).toEqual(['A', 'B, É', 'D']);
    expect(lines.filter((line) => line.includes('left out'))).toEqual([
      '  ml-x/movies.csv:3: too few columns, line left out: 2,too few',
      '  ml-x/movies.csv:5: movieId is not a number, line left out: x,No Number (1990),Drama',
      '  ml-x/movies.csv:6: unclosed quote, line left out: 4,"Torn (1990),Drama',
      '  ml-x/movies.csv:8: too many columns, line left out: 6,Too Many (1990),Drama,extra',
      expect.stringMatching(/^ {2}ml-x\/movies\.csv:9: not UTF-8, line left out: 7,caf/),
      '  ml-x/movies.csv:11: unclosed quote, line left out: 9,"torn at the end',
      '  tmdb/tmdb_metadata.csv:4: too few columns, line left out: 2,short',
    ]);
    expect(report.malformedLines).toBe(7);
    expect((await readdir(folder)).sort()).toEqual(['ml-x', 'out.csv', 'out.csv.stage.json', 'tmdb']);
  });

  test('of many malformed lines ten are shown and all are counted', async () => {
    const bad = Array.from({ length: 1234 }, (_, index) => `bad ${index}\n`).join('');
    const { lines, report } = await merge({ 'ml-x/movies.csv': gzipSync(`${twoMovies}${bad}3,End (1990),Drama\n`) });
    expect(report).toMatchObject({ rows: 3, malformedLines: 1234 });
    const shown = lines.filter((line) => line.includes('movies.csv:'));
    expect(shown).toHaveLength(10);
    expect(shown[9]).toBe('  ml-x/movies.csv:13: too few columns, line left out: bad 9');
    expect(lines).toContain('  ... 1,224 more malformed lines, 1,234 in all');
  });
});

describe('a wrong file is one clear error', () => {
  const expected = 'ml-x/movies.csv: expected a CSV file with the columns movieId, title, genres, found';
  test.each([
    ['empty', '', 'an empty file'],
    ['gzip of nothing', gzipSync(''), 'an empty file'],
    ['a zip', 'PK\x03\x04rest', 'a zip archive; unpack it first'],
    ['Parquet', 'PAR1rest', 'a Parquet file'],
    ['UTF-16', Buffer.from(`\uFEFF${twoMovies}`, 'utf16le'), 'UTF-16 text; save it as UTF-8 first'],
    ['binary', Buffer.from([1, 2, 0, 3]), 'binary data'],
    ['a web page', '<!DOCTYPE html>\n<title>404</title>', 'the header "<!DOCTYPE html>"'],
    ['another delimiter', twoMovies.replaceAll(',', ';'), 'the header "movieId;title;genres"'],
    ['a column missing', twoMovies.replace('title', 'name'), 'the header "movieId, name, genres"'],
    ['a column twice', twoMovies.replace('genres', 'genres,title'), 'the column "title" twice'],
  ])('%s', async (_, content, found) => {
    expect(await failure({ 'ml-x/movies.csv': content })).toBe(`${expected} ${found}`);
  });

  test('nothing but malformed lines', async () => {
    expect(await failure({ 'ml-x/movies.csv': 'movieId,title,genres\na,b,c\nd,e,f\n' })).toBe(
      'ml-x/movies.csv: no line can be read (line 2: movieId is not a number); check that it is the right file',
    );
  });

  test('truncated gzip data', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `${index},${Math.sin(index)},x\n`).join('');
    const whole = gzipSync(`tmdb_id,title,overview\n${rows}`);
    expect(await failure({ 'ml-x/movies.csv': twoMovies, 'tmdb/tmdb_metadata.csv.gz': whole.subarray(0, whole.length - 40) })).toBe(
      'tmdb/tmdb_metadata.csv.gz: the gzip data is damaged or truncated; download the file again',
    );
  });
});

describe('the data set', () => {
  test('is the only ml-* folder with movies.csv, or the one named', async () => {
    expect((await merge({ 'ml-x/movies.csv': twoMovies, 'ml-empty/README.txt': '', 'other/movies.csv': twoMovies })).report.dataset).toBe(
      'ml-x',
    );
    await write({ 'ml-y/movies.csv': twoMovies });
    expect((await merge({}, { dataset: 'ml-y' })).report.dataset).toBe('ml-y');
  });

  test('several, none, or a missing one are errors that say what to do', async () => {
    expect(await failure({})).toMatch(/^RAW: no MovieLens data set/);
    const files = { 'ml-x/movies.csv': twoMovies, 'ml-y/movies.csv.gz': gzipSync(twoMovies) };
    expect(await failure(files)).toBe('RAW: several data sets; choose one with --dataset: ml-x, ml-y');
    expect(await failure({}, { dataset: 'ml-z' })).toBe('ml-z: no movies.csv or movies.csv.gz; --dataset can be ml-x or ml-y');
    expect(await failure({}, { dataset: 'ml-x', ratings: join(folder, 'none.csv') })).toMatch(/^none\.csv: there is no such ratings file/);
  });

  test('filters that leave no movie are an error', async () => {
    expect(await failure({ 'ml-x/movies.csv': twoMovies }, { minYear: 2020 })).toMatch(
      /^merge: no movie of ml-x is left after the filters/,
    );
  });
});

describe('ratings', () => {
  const ratingsOf = (rows: readonly Record<string, string>[]) => rows.map(({ ratingAverage, ratingCount }) => [ratingAverage, ratingCount]);
  const figures = [
    ['3.6667', '3'],
    ['', '0'],
  ];

  test.each([
    ['single ratings', 'r.csv', 'userId,movieId,rating,timestamp\n1,1,4,9\n2,1,4,9\n3,1,3,9\n3,99,3,9\n4,1,77,9\n'],
    ['ready figures', 'r.csv', 'movieId,mean,count\n1,3.66666,3\n99,4,1\n2,0,0\n'],
    ['gzipped figures', 'r.csv.gz', gzipSync('movieId,mean,count\n1,3.66666,3\n')],
  ])('come from %s', async (_, name, content) => {
    const { rows } = await merge({ 'ml-x/movies.csv': twoMovies, [name]: content }, { ratings: join(folder, name) });
    expect(ratingsOf(rows)).toEqual(figures);
  });

  test.each([
    ['single ratings', 'SELECT * FROM (VALUES (1, 1, 4.0), (2, 1, 4.0), (3, 1, 3.0)) AS t (userId, movieId, rating)'],
    ['figures', 'SELECT 1 AS movieId, 3.66666 AS mean, 3 AS "count"'],
  ])('come from %s in Parquet', async (_, query) => {
    const ratings = join(folder, 'r.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (${query}) TO '${ratings}' (FORMAT parquet)`);
    expect(ratingsOf((await merge({ 'ml-x/movies.csv': twoMovies }, { ratings })).rows)).toEqual(figures);
  });

  test('a malformed rating is named and left out', async () => {
    const { lines, rows } = await merge({ 'ml-x/movies.csv': twoMovies, 'ml-x/ratings.csv': 'userId,movieId,rating\n1,1,4\n2,1,good\n' });
    expect(lines).toContain('  ml-x/ratings.csv:3: rating is not a number, line left out: 2,1,good');
    expect(ratingsOf(rows)[0]).toEqual(['4.0', '1']);
  });

  test('a file with other columns is refused', async () => {
    expect(await failure({ 'ml-x/movies.csv': twoMovies, 'ml-x/ratings.csv': 'movieId,stars\n1,4\n' })).toBe(
      'ml-x/ratings.csv: not a ratings file; it needs the columns userId, movieId, rating or movieId, mean, count (CSV, CSV.gz or Parquet), found the header "movieId, stars"',
    );
  });

  test('without ratings a line names files to use; --min-ratings cannot be applied', async () => {
    const files = { 'ml-x/movies.csv': twoMovies, 'ml-old/rating-stats.csv.gz': gzipSync('movieId,mean,count\n') };
    expect(await failure(files, { minRatings: 1 })).toBe(
      'ml-x has no ratings, so --min-ratings cannot be applied; name a file with --ratings, for example ml-old/rating-stats.csv.gz',
    );
    expect((await merge(files)).lines).toContain(
      '  ml-x has no ratings: name a file with --ratings, for example ml-old/rating-stats.csv.gz',
    );
  });
});

test('does nothing when nothing has changed, and merges again when a file changes or appears', async () => {
  const first = await merge({ 'ml-x/movies.csv': twoMovies });
  expect(first.lines[0]).toBe('[new] merge');
  const second = await merge();
  expect(second.lines).toEqual([expect.stringMatching(/^\[fresh\] merge: out\.csv, 2 rows, /)]);
  expect(second.report).toEqual(first.report);
  expect((await merge({ 'ml-x/movies.csv': `${twoMovies}3,New (1999),War\n` })).lines[0]).toBe('[stale] merge');
  const linked = await merge({ 'ml-x/links.csv': 'movieId,tmdbId\n1,5\n' });
  expect([linked.lines[0], linked.rows[0]?.tmdbId]).toEqual(['[stale] merge', '5']);
  expect((await merge({}, { minYear: 1991 })).lines[0]).toBe('[stale] merge');
});

test('an aborted merge leaves the older output as it was', async () => {
  await merge({ 'ml-x/movies.csv': twoMovies });
  const before = await readFile(join(folder, 'out.csv'), 'utf8');
  const interruption = new AbortController();
  const context = recordingContext({ signal: interruption.signal, log: () => interruption.abort(new Error('stopped')) });
  await expect(mergeCatalog({ raw: folder, out: join(folder, 'out.csv'), force: true }, context)).rejects.toThrow('stopped');
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe(before);
  expect((await readdir(folder)).sort()).toEqual(['ml-x', 'out.csv', 'out.csv.stage.json']);
});

test('a killed merge leaves nothing half-written, and the next one succeeds', async () => {
  const movies = Array.from({ length: 50_000 }, (_, index) => `${index + 1},"Film ${index}, The (a.k.a. Other ${index}) (1999)",Drama\n`);
  await write({ 'ml-x/movies.csv': `movieId,title,genres\n${movies.join('')}` });
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const out = join(folder, 'out.csv');
  const child = spawn(process.execPath, [main, 'merge', '--raw', folder, '--out', out], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('[new] merge')) break;
  }
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  expect(existsSync(out)).toBe(false);
  await write({ [`.out.csv.${child.pid}.tmp`]: 'movieId,imdb' });
  expect((await merge()).report.rows).toBe(50_000);
  expect((await readdir(folder)).sort()).toEqual(['ml-x', 'out.csv', 'out.csv.stage.json']);
});

describe('streaming services', () => {
  const providers = { 'ml-x/movies.csv': twoMovies, 'providers/providers.csv': 'movieId,service,region\n1,Netflix,DE\n2,Arte,FR\n' };

  test('of a region that the file lacks are reported missing, with the regions that it has', async () => {
    const { lines, rows } = await merge(providers);
    expect(lines).toContain('  no streaming service of US in the providers file, which has DE, FR; choose one with --region');
    expect(rows.map(({ services }) => services)).toEqual(['', '']);
    expect((await merge(providers, { region: 'DE' })).lines.join()).not.toContain('no streaming service');
  });

  test('of the UK are those of GB, in options and in both files', async () => {
    expect([regionCode('merge', 'UK'), regionCode('merge', 'de'), regionCode('merge', undefined)]).toEqual(['GB', 'DE', undefined]);
    const links = { 'ml-x/movies.csv': twoMovies, 'ml-x/links.csv': 'movieId,imdbId,tmdbId\n1,5,50\n2,6,60\n' };
    const listed = { ...links, 'providers/providers.csv': 'movieId,service,region\n1,Netflix, uk\n2,Arte,FR\n' };
    expect((await merge(listed, { region: 'GB' })).rows.map(({ services }) => services)).toEqual(['Netflix', '']);
    const offers = 'tmdb_id,region,kind,provider_id,service,since,left_at\n50,UK,subscription,8,Netflix,2026-01-02,\n';
    const offered = await merge({ ...links, 'providers/availability.csv': offers }, { region: 'GB', regions: ['GB'] });
    expect(offered.rows.map((row) => row.offers)).toEqual(['GB:subscription:8:2026-01-02::Netflix', '']);
  });
});

test('films that the owner has are those of the service Mine, by either id, beside other services', async () => {
  const { rows, report } = await merge({
    'ml-x/movies.csv': `${twoMovies}3,Third (1995),Drama\n`,
    'ml-x/links.csv': 'movieId,imdbId,tmdbId\n1,5,50\n2,6,60\n3,7,70\n',
    'providers/providers.csv': 'movieId,service,region\n1,Netflix,US\n3,Netflix,US\n',
    'library/mine.csv': 'source,tmdb_id,imdb_id\nplex,50,\nplex,50,tt0000005\nradarr,,tt0000006\nfile,999,\n',
  });
  expect(rows.map(({ services }) => services)).toEqual(['Mine|Netflix', 'Mine', 'Netflix']);
  expect(Object.keys(report.sources)).toContain('mine');
});

describe('ids', () => {
  test('below 1 or with a fraction are left out and counted; 7.0 is 7', async () => {
    const { rows, lines } = await merge({
      'ml-x/movies.csv': `${twoMovies}-5,Minus (2001),Drama\n7.5,Half (2001),Drama\n7.0,Float (2002),Drama\n`,
    });
    expect(rows.map(({ movieId }) => movieId)).toEqual(['1', '2', '7']);
    expect(lines).toContain('  dropped 2: no movieId from 1 to 2147483647');
  });
});

test('--require-tmdb keeps the movies with a TMDb record of their own', async () => {
  const files = {
    'ml-x/movies.csv': twoMovies,
    'ml-x/links.csv': 'movieId,imdbId,tmdbId\n1,5,50\n2,6,60\n',
    'tmdb/tmdb_metadata.csv': 'tmdb_id,imdb_id,title\n60,tt0000006,Another\n',
  };
  const { rows, lines } = await merge(files, { requireTmdb: true });
  expect(rows.map(({ movieId }) => movieId)).toEqual(['2']);
  expect(lines).toContain('  dropped 1: no TMDb record');
});

test.each([
  ['leaves out', {}, ['1', '3']],
  ['keeps with --adult', { adult: true }, ['1', '2', '3']],
])('%s the movies that TMDb marks as for adults only', async (_, options, kept) => {
  const files = {
    'ml-x/movies.csv': `${twoMovies}3,Third (2003),Drama\n`,
    'ml-x/links.csv': 'movieId,imdbId,tmdbId\n1,5,50\n2,6,60\n3,7,70\n',
    'tmdb/tmdb_metadata.csv': 'tmdb_id,imdb_id,title,adult\n50,tt0000005,One,0\n60,tt0000006,Another,1\n70,tt0000007,Third,\n',
  };
  const { rows, lines } = await merge(files, options);
  expect(rows.map(({ movieId }) => movieId)).toEqual(kept);
  expect(lines.includes('  dropped 1: for adults only')).toBe(!('adult' in options));
});

test.each(['', '/'])('an --out that is a folder is refused, and all in it stays%s', async (slash) => {
  const target = join(folder, 'important');
  await mkdir(target);
  await writeFile(join(target, 'file'), 'keep');
  const out = `${target}${slash}`;
  await expect(mergeCatalog({ raw: fileURLToPath(new URL('../sample', import.meta.url)), out }, recordingContext())).rejects.toThrow(
    `${out}: is a folder that merge did not write; name the file to write`,
  );
  expect(await readFile(join(target, 'file'), 'utf8')).toBe('keep');
});
