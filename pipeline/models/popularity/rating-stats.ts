import type { CatalogRow } from '../../../src/engine/features/catalog-row.ts';
import type { RatingStats } from '../../../src/engine/recommender/popularity.ts';

/**
 * Number and average of the votes for each movie. The source is the same for all movies, because counts of different sources
 * cannot be compared: ratings if the catalog has any, else TMDb's votes, else TMDb's popularity figure.
 */
export function ratingStatsOf(movies: readonly CatalogRow[]): RatingStats {
  if (movies.some((movie) => movie.ratingCount > 0)) {
    return {
      counts: Float64Array.from(movies, (movie) => movie.ratingCount),
      averages: Float64Array.from(movies, (movie) => (movie.ratingAverage ?? Number.NaN) / 5),
    };
  }
  if (movies.some((movie) => movie.voteCount > 0)) {
    return {
      counts: Float64Array.from(movies, (movie) => movie.voteCount),
      averages: Float64Array.from(movies, (movie) => (movie.voteAverage ?? Number.NaN) / 10),
    };
  }
  return { counts: Float64Array.from(movies, (movie) => movie.popularity ?? 0) };
}
