import { InputError, quoted } from '../input-error.ts';
import type { Catalog } from './catalog.ts';
import type { MovieIndex } from './movie-id.ts';

/** One of the ids of a movie. */
export interface MovieKey {
  id?: string | null | undefined;
  tmdbId?: number | null | undefined;
  imdbId?: string | null | undefined;
}

/** The movie with this id, or undefined. An InputError names the field when there is not exactly one, or when it cannot be an id of IMDb. */
export function findMovie(catalog: Catalog, key: MovieKey, argument: string): MovieIndex | undefined {
  const given = [key.id, key.tmdbId, key.imdbId].filter((value) => value !== null && value !== undefined).length;
  if (given !== 1) throw new InputError(argument, `has ${given} of id, tmdbId and imdbId; exactly one is allowed`);
  if (key.id !== null && key.id !== undefined) return catalog.indexOf(key.id);
  if (key.tmdbId !== null && key.tmdbId !== undefined) return key.tmdbId > 0 ? catalog.indexOfTmdb(key.tmdbId) : undefined;
  const imdbId = key.imdbId ?? '';
  const digits = /^tt(\d{1,10})$/.exec(imdbId)?.[1];
  if (digits === undefined) throw new InputError(`${argument}.imdbId`, `${quoted(imdbId)} is not an id of IMDb, such as "tt0133093"`);
  return catalog.indexOfImdb(Number(digits));
}
