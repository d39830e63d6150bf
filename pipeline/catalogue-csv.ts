import { access } from 'node:fs/promises';
import type { CatalogRow } from '../src/features/catalog-row.ts';
import { CliError } from './cli-error.ts';
import { queryObjects, withDatabase } from './duckdb.ts';
import type { Effects } from './effects.ts';

const REQUIRED = ['movieId', 'title', 'genres'] as const;

/**
 * Reads a merged catalogue, in ascending order of movieId. Only movieId, title and genres must be there; any other column that is missing
 * counts as empty. Genres are taken exactly as the file spells them.
 */
export async function readCatalogue(path: string, effects: Effects): Promise<CatalogRow[]> {
  await access(path).catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such catalogue; make one with "npm run pipeline -- merge"`, { cause });
  });
  const records = await withDatabase(effects.signal, async (connection) => {
    try {
      // strict_mode off: a lone quote inside a text is text.
      return await queryObjects(
        connection,
        "SELECT * FROM read_csv($path, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', null_padding = false)",
        { path },
      );
    } catch (cause) {
      throw new CliError(`${path}: is not a catalogue in CSV: ${firstLine(cause)}`, { cause });
    }
  });
  if (records.length === 0) throw new CliError(`${path}: the catalogue has no movies`);
  const found = Object.keys(records[0]);
  const missing = REQUIRED.filter((column) => !found.includes(column));
  if (missing.length > 0) throw new CliError(`${path}: column ${missing.join(', ')} is missing; found ${found.slice(0, 8).join(', ')}`);
  const rows = records.map((record, i) => toRow(record, `${path}, movie ${i + 1}`)).sort((a, b) => a.movieId - b.movieId);
  for (let i = 1; i < rows.length; i++)
    if (rows[i].movieId === rows[i - 1].movieId) throw new CliError(`${path}: movieId ${rows[i].movieId} stands twice`);
  return rows;
}

type CsvRecord = Record<string, unknown>;

function toRow(record: CsvRecord, where: string): CatalogRow {
  const movieId = whole(record, 'movieId', where);
  if (movieId === null || movieId <= 0) throw new CliError(`${where}: movieId is "${text(record, 'movieId')}", expected a number above 0`);
  return {
    movieId,
    imdbId: whole(record, 'imdbId', where),
    tmdbId: whole(record, 'tmdbId', where),
    title: text(record, 'title'),
    alternativeTitles: list(record, 'alternativeTitles'),
    year: whole(record, 'year', where),
    runtime: number(record, 'runtime', where),
    runtimeMissing: text(record, 'runtimeMissing') === '1',
    overview: text(record, 'overview'),
    genres: list(record, 'genres'),
    keywords: list(record, 'keywords'),
    directors: list(record, 'directors'),
    cast: list(record, 'cast'),
    originalLanguage: text(record, 'originalLanguage'),
    certification: text(record, 'certification'),
    services: list(record, 'services'),
    posterPath: text(record, 'posterPath'),
    ratingAverage: number(record, 'ratingAverage', where),
    ratingCount: whole(record, 'ratingCount', where) ?? 0,
    popularity: number(record, 'popularity', where),
    voteAverage: number(record, 'voteAverage', where),
    voteCount: whole(record, 'voteCount', where) ?? 0,
  };
}

function text(record: CsvRecord, column: string): string {
  const value = record[column];
  return typeof value === 'string' ? value : '';
}

function list(record: CsvRecord, column: string): string[] {
  const value = text(record, column);
  return value === '' ? [] : value.split('|').filter((item) => item !== '');
}

function number(record: CsvRecord, column: string, where: string): number | null {
  const value = text(record, column).trim();
  if (value === '') return null;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw new CliError(`${where}: ${column} is "${value}", expected a number`);
  return parsed;
}

function whole(record: CsvRecord, column: string, where: string): number | null {
  const parsed = number(record, column, where);
  if (parsed !== null && !Number.isInteger(parsed)) throw new CliError(`${where}: ${column} is ${parsed}, expected a whole number`);
  return parsed;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
