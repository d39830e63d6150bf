import { access } from 'node:fs/promises';
import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { CliError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { readCsvColumns } from './csv-table.ts';

const REQUIRED = ['movieId', 'title', 'genres'] as const;

/**
 * Reads a merged catalog and sorts it by movieId. Only movieId, title and genres are required: a missing column counts as empty.
 * Genres are taken exactly as the file spells them.
 */
export async function readCatalog(path: string, { signal }: PipelineContext): Promise<CatalogRow[]> {
  await access(path).catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such catalog; make one with "npm run pipeline -- merge"`, { cause });
  });
  const columns = await readCsvColumns(path, REQUIRED, 'refuse', signal);
  const count = columns.get('movieId')?.length ?? 0;
  if (count === 0) throw new CliError(`${path}: the catalog has no movies`);
  const rows = Array.from({ length: count }, (_, i) => toRow((column) => columns.get(column)?.[i] ?? '', `${path}, movie ${i + 1}`));
  rows.sort((a, b) => a.movieId - b.movieId);
  for (let i = 1; i < rows.length; i++)
    if (rows[i].movieId === rows[i - 1].movieId) throw new CliError(`${path}: movieId ${rows[i].movieId} occurs twice`);
  return rows;
}

/** Text of a column in one row. Empty when the column is missing. */
type Field = (column: string) => string;

function toRow(field: Field, where: string): CatalogRow {
  const movieId = whole(field, 'movieId', where);
  if (movieId === null || movieId === 0) throw new CliError(`${where}: movieId is "${field('movieId')}", expected a number other than 0`);
  if (movieId < 0 && whole(field, 'tmdbId', where) !== -movieId)
    throw new CliError(`${where}: movieId is ${movieId}, which is only for the movie with the tmdbId ${-movieId}`);
  return {
    movieId,
    imdbId: whole(field, 'imdbId', where),
    tmdbId: whole(field, 'tmdbId', where),
    title: field('title'),
    alternativeTitles: list(field, 'alternativeTitles'),
    collection: field('collection'),
    year: whole(field, 'year', where),
    runtime: number(field, 'runtime', where),
    runtimeMissing: field('runtimeMissing') === '1',
    overview: field('overview'),
    genres: list(field, 'genres'),
    keywords: list(field, 'keywords'),
    directors: list(field, 'directors'),
    cast: list(field, 'cast'),
    originalLanguage: field('originalLanguage'),
    certification: field('certification'),
    originalTitle: field('originalTitle'),
    status: field('status'),
    countries: list(field, 'countries'),
    companies: list(field, 'companies'),
    spokenLanguages: list(field, 'spokenLanguages'),
    trailerKey: field('trailerKey'),
    people: list(field, 'people'),
    services: list(field, 'services'),
    offers: list(field, 'offers'),
    posterPath: field('posterPath'),
    ratingAverage: number(field, 'ratingAverage', where),
    ratingCount: whole(field, 'ratingCount', where) ?? 0,
    popularity: number(field, 'popularity', where),
    voteAverage: number(field, 'voteAverage', where),
    voteCount: whole(field, 'voteCount', where) ?? 0,
  };
}

function list(field: Field, column: string): string[] {
  const value = field(column);
  return value === '' ? [] : value.split('|').filter((item) => item !== '');
}

function number(field: Field, column: string, where: string): number | null {
  const value = field(column).trim();
  if (value === '') return null;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw new CliError(`${where}: ${column} is "${value}", expected a number`);
  return parsed;
}

function whole(field: Field, column: string, where: string): number | null {
  const parsed = number(field, column, where);
  if (parsed !== null && !Number.isInteger(parsed)) throw new CliError(`${where}: ${column} is ${parsed}, expected a whole number`);
  return parsed;
}
