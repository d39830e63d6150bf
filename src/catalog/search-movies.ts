import { InputError } from '../input-error.ts';
import type { Catalog } from './catalog.ts';
import { type MovieFilterArguments, readMovieFilter } from './filter-arguments.ts';
import type { MovieFilter } from './filters.ts';
import type { MovieIndex } from './movie-id.ts';
import type { SearchableCatalog } from './searchable-catalog.ts';

const MAX_QUERY = 200;

export interface MovieSearch {
  text: string;
  filter: MovieFilter;
}

export interface FoundMovies {
  total: number;
  /** Best match first. */
  movies: MovieIndex[];
}

/** Checks a title search. An InputError names `query`, `filter` or the field within it. */
export function readMovieSearch(catalog: Catalog, text: string, filter: MovieFilterArguments): MovieSearch {
  if (text.length > MAX_QUERY) {
    throw new InputError('query', `has ${text.length} characters; at most ${MAX_QUERY} are allowed`, { max: MAX_QUERY });
  }
  return { text, filter: readMovieFilter(catalog, filter) };
}

export async function searchMovies(
  { catalog, filters, search }: SearchableCatalog,
  { text, filter }: MovieSearch,
  offset: number,
  limit: number,
): Promise<FoundMovies> {
  const { total, movies } = await search.search(text, filters.candidates(filter), offset, limit);
  return { total, movies: movies.map((row) => catalog.indexAt(row)) };
}
