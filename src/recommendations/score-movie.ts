import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Mode } from '../engine/recommender/recommender.ts';
import type { Viewer } from '../library/dependencies.ts';
import type { ViewerDependencies } from './dependencies.ts';
import { explanationFor, profileOf, viewerQuery } from './ranking.ts';
import type { StatedPreferences } from './recommendation-query.ts';
import { RecommendedMovie } from './recommended-movie.ts';

/** Scores and explains one movie for a viewer, also a movie that no list would show. Feedback on the movie itself does not count. */
export async function scoreMovie(
  dependencies: ViewerDependencies,
  viewer: Viewer | null,
  movieId: string,
  preferences: StatedPreferences,
  mode: Mode,
): Promise<RecommendedMovie | null> {
  const { catalog, recommender, rules } = dependencies.snapshot;
  const index = catalog.indexOf(movieId);
  if (index === undefined) return null;
  const query = await viewerQuery(dependencies, viewer, preferences);
  await dependencies.deadline.turn();
  const others = (movies: readonly MovieIndex[]): MovieIndex[] => movies.filter((movie) => movie !== index);
  const rated = query.rated && new Map([...query.rated].filter(([movie]) => movie !== index));
  const profile = profileOf({ ...query, liked: others(query.liked), disliked: others(query.disliked), rated });
  return new RecommendedMovie(recommender.scoreMovie(profile, index, mode, rules), explanationFor(dependencies.snapshot, query));
}
