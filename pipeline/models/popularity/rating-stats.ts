import type { CatalogRow } from '../../../src/engine/features/catalog-row.ts';
import type { RatingStats } from '../../../src/engine/recommender/popularity.ts';

/**
 * Number and average of the votes for each movie. The source is the same for all movies, because counts of different sources
 * cannot be compared: ratings if the catalog has any, else TMDb's votes, else TMDb's popularity figure.
 */
export function ratingStatsOf(movies: readonly CatalogRow[]): RatingStats[] {
  if (movies.some((movie) => movie.ratingCount > 0)) {
    return movies.map((movie) => ({ count: movie.ratingCount, average: movie.ratingAverage === null ? null : movie.ratingAverage / 5 }));
  }
  if (movies.some((movie) => movie.voteCount > 0)) {
    return movies.map((movie) => ({ count: movie.voteCount, average: movie.voteAverage === null ? null : movie.voteAverage / 10 }));
  }
  return movies.map((movie) => ({ count: movie.popularity ?? 0, average: null }));
}
