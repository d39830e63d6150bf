import type { MovieId } from '../catalog/movie-id.ts';

/** Holds the title and year of a movie, so that a list can name it after it has left the catalog. */
export interface MovieRecord {
  movieId: MovieId;
  title: string;
  /** Sort key: the title in lower case, without accents. */
  sortTitle: string;
  year: number | null;
}
