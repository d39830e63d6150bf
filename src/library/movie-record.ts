import type { Catalog } from '../catalog/catalog.ts';
import type { MovieId, MovieIndex } from '../catalog/movie-id.ts';
import { notAMovieId, parseMovieId } from '../catalog/movie-table.ts';
import { foldText } from '../engine/search/fold-text.ts';
import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_IDS } from '../list-caps.ts';
import type { MovieRecord } from './named-movie.ts';

/** The record that the library stores for a movie of the catalog. */
export function movieRecord(catalog: Catalog, index: MovieIndex): MovieRecord {
  const title = catalog.title(index).replaceAll('\0', '');
  return { movieId: catalog.movieId(index), title, sortTitle: foldText(title), year: catalog.year(index) };
}

/** The id under which the catalog has the movie, else the id as given. Throws an InputError when the text cannot be an id. */
export function readMovieId(catalog: Catalog, id: string, argument: string): MovieId {
  const movieId = parseMovieId(id);
  if (movieId === undefined) throw notAMovieId(id, argument);
  const index = catalog.indexOf(movieId);
  return index === undefined ? movieId : catalog.movieId(index);
}

export function readMovieIds(catalog: Catalog, ids: readonly string[], argument: string): MovieId[] {
  checkLength(argument, ids, MAX_IDS);
  return ids.map((id, i) => readMovieId(catalog, id, `${argument}[${i}]`));
}

export function unknownMovie(id: string | number, argument: string): Error {
  return new InputError(argument, `there is no movie ${quoted(String(id))}`, { movieId: String(id) });
}
