import { type MovieFilterArguments, readMovieFilter } from './filter-arguments.ts';
import type { MovieFilter } from './filters.ts';
import type { MovieIndex } from './movie-id.ts';
import { type MovieSort, sortedRows } from './movie-sort.ts';
import type { FoundMovies } from './search-movies.ts';
import type { SearchableCatalog } from './searchable-catalog.ts';

/** Movies to list without a text: those that pass the filter. */
export interface MovieList {
  filter: MovieFilter;
  sort: MovieSort;
}

/** What lists are made from. `popularity` has one entry a movie. */
export interface ListedCatalog extends Pick<SearchableCatalog, 'catalog' | 'filters'> {
  popularity: Float32Array;
}

/** Checks a list. An InputError names the field of `filter`. */
export function readMovieList({ catalog }: Pick<ListedCatalog, 'catalog'>, filter: MovieFilterArguments, sort: MovieSort): MovieList {
  return { filter: readMovieFilter(catalog, filter), sort };
}

export function listMovies({ catalog, filters, popularity }: ListedCatalog, list: MovieList, offset: number, limit: number): FoundMovies {
  const candidates = filters.candidates(list.filter);
  const rows = sortedRows({ ...catalog.columns, popularity }, candidates, list.sort, offset, limit);
  return { total: candidates.count(), movies: rows.map((row) => catalog.indexAt(row)) };
}

/** The movies of the same collection, oldest first, with the movie itself. None without a collection. */
export function collectionOf(listed: ListedCatalog, index: MovieIndex, limit: number): MovieIndex[] {
  const collection = listed.catalog.collection(index);
  if (collection === null) return [];
  const list = readMovieList(listed, { collections: [collection] }, 'OLDEST');
  return listMovies(listed, list, 0, limit).movies;
}
