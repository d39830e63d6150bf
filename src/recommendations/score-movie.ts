import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Viewer } from '../library/dependencies.ts';
import type { ViewerDependencies } from './dependencies.ts';
import { Explanation } from './explanation.ts';
import { profileOf } from './ranking.ts';
import { type StatedPreferences, toQuery } from './recommendation-query.ts';
import { RecommendedMovie } from './recommended-movie.ts';
import { loadViewerProfile } from './viewer-profile.ts';

/** Scores and explains one movie for a viewer, also a movie that no list would show. Feedback on the movie itself does not count. */
export async function scoreMovie(
  dependencies: ViewerDependencies,
  viewer: Viewer | null,
  movieId: string,
  preferences: StatedPreferences,
): Promise<RecommendedMovie | null> {
  const { catalog, recommender } = dependencies.snapshot;
  const query = toQuery(preferences, viewer === null ? null : await loadViewerProfile(dependencies, viewer));
  const index = catalog.indexOf(movieId);
  if (index === undefined) return null;
  await dependencies.deadline.turn();
  const { genres, services } = query.filter;
  const others = (movies: readonly MovieIndex[]): MovieIndex[] => movies.filter((movie) => movie !== index);
  const profile = profileOf({ ...query, liked: others(query.liked), disliked: others(query.disliked) });
  const ranked = recommender.scoreMovie(profile, index);
  return new RecommendedMovie(ranked, new Explanation(catalog, recommender.popularity, { preferredGenres: genres, services }));
}
