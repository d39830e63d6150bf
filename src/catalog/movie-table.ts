import { InputError, quoted } from '../input-error.ts';
import type { MovieId, MovieIndex } from './movie-id.ts';

const MAX_MOVIE_ID = 2 ** 31 - 1;
const TMDB_PREFIX = 'tmdb-';

/** The columns of ids, one entry a row. Movie ids ascend; 0 = no id. */
export interface IdColumns {
  readonly movieIds: Int32Array;
  readonly tmdbIds: Uint32Array;
  readonly imdbIds: Uint32Array;
}

/**
 * Maps movie ids to the rows of one artifact version, and back. Plain numbers become MovieId or MovieIndex in this file and nowhere else.
 * Each lookup is a binary search.
 */
export class MovieTable {
  readonly #ids: Int32Array;
  readonly #tmdb: SortedIds;
  readonly #imdb: SortedIds;

  constructor({ movieIds, tmdbIds, imdbIds }: IdColumns) {
    this.#ids = movieIds;
    this.#tmdb = new SortedIds(tmdbIds);
    this.#imdb = new SortedIds(imdbIds);
  }

  /**
   * The row of the movie with this id, given as a number or as the API writes it. An id of TMDb also finds the movie when this version has it
   * under a MovieLens id. Undefined when there is no such movie.
   */
  indexOf(id: number | string): MovieIndex | undefined {
    const wanted = typeof id === 'number' ? id : parseMovieId(id);
    if (wanted === undefined) return undefined;
    const row = positionOf(this.#ids, wanted);
    return row === undefined ? (wanted < 0 ? this.indexOfTmdb(-wanted) : undefined) : (row as MovieIndex);
  }

  indexOfTmdb(tmdbId: number): MovieIndex | undefined {
    return this.#tmdb.rowOf(tmdbId) as MovieIndex | undefined;
  }

  /** `imdbId` is the number within "tt0133093". */
  indexOfImdb(imdbId: number): MovieIndex | undefined {
    return this.#imdb.rowOf(imdbId) as MovieIndex | undefined;
  }

  idOf(index: MovieIndex): MovieId {
    return this.#ids[index] as MovieId;
  }

  /** A row that the engine or a search returned. */
  at(row: number): MovieIndex {
    return row as MovieIndex;
  }
}

/** Ids of another site in ascending order, with their rows. */
class SortedIds {
  readonly #ids: Uint32Array;
  readonly #rows: Uint32Array;

  constructor(ids: Uint32Array) {
    const size = ids.length;
    // One number holds id and row, because numbers sort several times faster than by a comparison. Of equal ids the lowest row is found.
    // Plain loops: at the start of a server nothing is compiled yet, and each call of a callback costs.
    const keys = new Float64Array(size);
    for (let row = 0; row < size; row++) keys[row] = ids[row] * size + row;
    keys.sort();
    this.#ids = new Uint32Array(size);
    this.#rows = new Uint32Array(size);
    for (let n = 0; n < size; n++) {
      const id = Math.floor(keys[n] / size);
      this.#ids[n] = id;
      this.#rows[n] = keys[n] - id * size;
    }
  }

  rowOf(id: number): number | undefined {
    if (id === 0) return undefined;
    const position = positionOf(this.#ids, id);
    return position === undefined ? undefined : this.#rows[position];
  }
}

/** The first position of `wanted` in ascending ids. */
function positionOf(ids: Int32Array | Uint32Array, wanted: number): number | undefined {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return ids[low] === wanted ? low : undefined;
}

/** MovieLens ids are whole numbers from 1 to 2³¹ - 1, TMDb's are the same below 0. Undefined when the number is not one. */
export function toMovieId(id: number): MovieId | undefined {
  return Number.isInteger(id) && id !== 0 && Math.abs(id) <= MAX_MOVIE_ID ? (id as MovieId) : undefined;
}

/** The id in a text without sign, spaces or leading zeros: "2571", or "tmdb-603". Undefined when the text holds none. */
export function parseMovieId(text: string): MovieId | undefined {
  if (!isMovieId(text)) return undefined;
  return toMovieId(text.startsWith(TMDB_PREFIX) ? -Number(text.slice(TMDB_PREFIX.length)) : Number(text));
}

/** The id as the API writes it. */
export function formatMovieId(id: MovieId): string {
  return id < 0 ? `${TMDB_PREFIX}${-id}` : String(id);
}

/** Whether the text has the form of a movie id. Its number may be larger than any id. */
export function isMovieId(text: string): boolean {
  return /^(?:tmdb-)?[1-9]\d{0,15}$/.test(text);
}

/** For a text that a caller sent as a movie id. `argument` names where it stands. */
export function notAMovieId(text: string, argument: string): InputError {
  return new InputError(argument, `${quoted(text)} is not a movie id; ids are whole numbers such as "2571", or "tmdb-" and a number`);
}
