import { InputError, quoted } from '../input-error.ts';
import type { MovieId, MovieIndex } from './movie-id.ts';

const MAX_MOVIE_ID = 2 ** 31 - 1;

/**
 * Maps movie ids to the rows of one artifact version, and back. Plain numbers become MovieId or MovieIndex in this file and nowhere else.
 * Ids are in ascending order of rows, so a lookup is a binary search.
 */
export class MovieTable {
  readonly #ids: Int32Array;

  constructor(movieIds: Int32Array) {
    this.#ids = movieIds;
  }

  /** The row of the movie with this id, given as a number or as the API writes it. Undefined when there is no such movie. */
  indexOf(id: number | string): MovieIndex | undefined {
    const wanted = typeof id === 'number' ? id : parseMovieId(id);
    if (wanted === undefined) return undefined;
    const ids = this.#ids;
    let low = 0;
    let high = ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (ids[middle] === wanted) return middle as MovieIndex;
      if (ids[middle] < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  idOf(index: MovieIndex): MovieId {
    return this.#ids[index] as MovieId;
  }

  /** A row that the engine or a search returned. */
  at(row: number): MovieIndex {
    return row as MovieIndex;
  }
}

/** Movie ids are whole numbers from 1 to 2³¹ - 1. Undefined when the number is not one. */
export function toMovieId(id: number): MovieId | undefined {
  return Number.isInteger(id) && id >= 1 && id <= MAX_MOVIE_ID ? (id as MovieId) : undefined;
}

/** The id in a text without sign, spaces or leading zeros. Undefined when the text holds none. */
export function parseMovieId(text: string): MovieId | undefined {
  return isMovieId(text) ? toMovieId(Number(text)) : undefined;
}

/** Whether the text has the form of a movie id. Its number may be larger than any id. */
export function isMovieId(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text);
}

/** For a text that a caller sent as a movie id. `argument` names where it stands. */
export function notAMovieId(text: string, argument: string): InputError {
  return new InputError(argument, `${quoted(text)} is not a movie id; ids are whole numbers such as "2571"`);
}
