import type { MovieIndex } from '../catalog/movie-id.ts';
import type { RankingDependencies } from './dependencies.ts';
import { Explanation } from './explanation.ts';
import { RecommendedMovie } from './recommended-movie.ts';

/** The movies most similar to one movie, best first. */
export function similarMovies(
  { snapshot: { catalog, recommender }, metrics, deadline }: RankingDependencies,
  index: MovieIndex,
  limit: number,
): RecommendedMovie[] {
  deadline.check();
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: [], services: [], similarTo: index });
  const started = performance.now();
  const similar = recommender.similar(index, limit);
  metrics.ranked('similar', (performance.now() - started) / 1_000);
  return similar.map((ranked) => new RecommendedMovie(ranked, explanation));
}
