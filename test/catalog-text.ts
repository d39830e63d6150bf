import { toCsvLine } from '../pipeline/data/csv-table.ts';
import type { CatalogRow } from '../src/engine/features/catalog-row.ts';

const COLUMNS = [
  'movieId',
  'imdbId',
  'tmdbId',
  'title',
  'alternativeTitles',
  'year',
  'runtime',
  'runtimeMissing',
  'overview',
  'genres',
  'keywords',
  'directors',
  'cast',
  'originalLanguage',
  'certification',
  'services',
  'posterPath',
  'ratingAverage',
  'ratingCount',
  'popularity',
  'voteAverage',
  'voteCount',
] as const satisfies (keyof CatalogRow)[];

/** These movies as CSV, in the format that merge writes. */
export function catalogText(movies: readonly CatalogRow[]): string {
  return [COLUMNS, ...movies.map((movie) => COLUMNS.map((column) => textOf(movie[column])))].map(toCsvLine).join('');
}

function textOf(value: CatalogRow[keyof CatalogRow]): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('|');
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}
