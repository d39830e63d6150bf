import type { Catalog } from '../catalog/catalog.ts';
import { foldText } from '../catalog/fold-text.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import { isMovieId } from '../catalog/movie-table.ts';
import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_IDS } from '../list-caps.ts';
import type { MovieRecord } from './library-store.ts';

const MAX_MOVIE_ID = 0x7fff_ffff;

/** The record that the library stores for a movie of the catalog. */
export function movieRecord(catalog: Catalog, index: MovieIndex): MovieRecord {
  const title = catalog.title(index).replaceAll('\0', '');
  return { movieId: Number(catalog.id(index)), title, sortTitle: foldText(title), year: catalog.year(index) };
}

/** The number of a movie id. Throws an InputError when the text cannot be an id. */
export function readMovieId(id: string, argument: string): number {
  if (!isMovieId(id) || Number(id) > MAX_MOVIE_ID)
    throw new InputError(argument, `${quoted(id)} is not a movie id; ids are whole numbers such as "2571"`);
  return Number(id);
}

export function readMovieIds(ids: readonly string[], argument: string): number[] {
  checkLength(argument, ids, MAX_IDS);
  return ids.map((id, i) => readMovieId(id, `${argument}[${i}]`));
}

export function unknownMovie(id: string | number, argument: string): Error {
  return new InputError(argument, `there is no movie ${quoted(String(id))}`, { movieId: String(id) });
}
