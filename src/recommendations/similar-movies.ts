import type { MovieIndex } from '../catalog/movie-id.ts';
import type { RankingDependencies } from './dependencies.ts';
import { Explanation } from './explanation.ts';
import { measured } from './ranking.ts';
import { RecommendedMovie } from './recommended-movie.ts';

/** The movies most similar to one movie, best first. */
export function similarMovies(dependencies: RankingDependencies, index: MovieIndex, limit: number): RecommendedMovie[] {
  const { catalog, recommender, rules } = dependencies.snapshot;
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: [], services: [], similarTo: index });
  const similar = measured(dependencies, 'similar', () => recommender.similar(index, limit, rules.hidden));
  return similar.map((ranked) => new RecommendedMovie(ranked, explanation));
}
