import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type MergeOptions, mergeCatalog } from '../merge/merge-catalog.ts';
import { parseRecords } from './csv-records.ts';
import { recordingContext } from './recording-context.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

export type Files = Readonly<Record<string, string>>;

export async function merge(files: Files, options: Partial<MergeOptions> = {}) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const context = recordingContext();
  const out = join(folder, 'out.csv');
  const report = await mergeCatalog({ raw: folder, out, minYear: 0, ...options }, context);
  const [header = [], ...records] = parseRecords(await readFile(out, 'utf8'));
  const rows = records.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
  return { report, rows, header, lines: context.lines };
}

export const movies = (...lines: string[]) => `movieId,title,genres\n${lines.join('\n')}\n`;
export const movie = (title: string, genres = 'Drama') => ({ 'ml-x/movies.csv': movies(`1,${title},${genres}`) });
export const links = (...lines: string[]) => `movieId,imdbId,tmdbId\n${lines.join('\n')}\n`;

/** One movie, linked to one TMDb record with the given fields. */
export function tmdb(fields: Files, { title = 'Film (2000)', genres = 'Drama' } = {}): Files {
  const quoted = Object.values(fields).map((value) => `"${value.replaceAll('"', '""')}"`);
  return {
    ...movie(title, genres),
    'ml-x/links.csv': links('1,0000123,55'),
    'tmdb/tmdb_metadata.csv': `tmdb_id,${Object.keys(fields).join(',')}\n55,${quoted.join(',')}\n`,
  };
}

/** The value of a column for each spelling. All movies are merged in one run, because each run opens a database. */
export async function spelled(
  column: string,
  spellings: readonly string[],
  recordOf: (spelling: string) => Files,
): Promise<Record<string, string>> {
  const records = spellings.map(recordOf);
  const names = [...new Set(records.flatMap(Object.keys))].filter((name) => name !== 'title' && name !== 'genres');
  const quote = (value = '') => `"${value.replaceAll('"', '""')}"`;
  const { rows } = await merge({
    'ml-x/movies.csv': movies(...records.map(({ title = 'Film (2000)', genres = 'Drama' }, index) => `${index + 1},${title},${genres}`)),
    'ml-x/links.csv': links(...records.map((_, index) => `${index + 1},0000123,${index + 1}`)),
    'tmdb/tmdb_metadata.csv': `tmdb_id,${names.join()}\n${records
      .map((record, index) => `${index + 1},${names.map((name) => quote(record[name])).join()}\n`)
      .join('')}`,
  });
  return Object.fromEntries(spellings.map((spelling, index) => [spelling, rows[index]?.[column] ?? '']));
}

export async function field(name: string, files: Files, options: Partial<MergeOptions> = {}): Promise<string | undefined> {
  return (await merge(files, options)).rows[0]?.[name];
}
