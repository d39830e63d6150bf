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

/** The CSV that merge would write of these movies. */
export function catalogText(movies: readonly CatalogRow[]): string {
  const lines = movies.map((movie) => COLUMNS.map((column) => cell(movie[column])).join(','));
  return `${COLUMNS.join(',')}\n${lines.join('\n')}\n`;
}

function cell(value: CatalogRow[keyof CatalogRow]): string {
  const text =
    value === null ? '' : Array.isArray(value) ? value.join('|') : typeof value === 'boolean' ? String(Number(value)) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
