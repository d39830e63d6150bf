import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';

export interface MovieGenres {
  /** Row -> genre numbers, ascending. */
  genres: number[][];
  /** Genre number -> name. */
  genreNames: string[];
}

/** Numbers the genres of a catalog in alphabetical order. */
export function genresOf(catalog: readonly CatalogRow[]): MovieGenres {
  const genreNames = [...new Set(catalog.flatMap((movie) => movie.genres))].sort();
  const numberOf = new Map(genreNames.map((name, n) => [name, n]));
  const genres = catalog.map((movie) => [...new Set(movie.genres)].map((name) => numberOf.get(name) ?? 0).sort((a, b) => a - b));
  return { genres, genreNames };
}
