import type { MovieId } from '../src/catalog/movie-id.ts';
import { toMovieId } from '../src/catalog/movie-table.ts';

/** A movie id of a test. */
export function movieIdOf(number: number): MovieId {
  const movieId = toMovieId(number);
  if (movieId === undefined) throw new RangeError(`${number} is not a movie id`);
  return movieId;
}
