import type { RequestContext } from '../graphql/context.ts';
import type { PreferencesInput } from '../graphql/recommendation/recommendation.input.ts';
import { Recommendation } from '../graphql/recommendation/recommendation.type.ts';
import { Explanation } from './explanation.ts';
import { readPreferences } from './recommendation-query.ts';
import { filledPreferences, loadViewerProfile } from './viewer-profile.ts';

/** What one movie is to a viewer, whether or not a list would show it. What was said of the movie itself explains nothing, and does not count. */
export async function recommendMovie(context: RequestContext, id: string, prefs: PreferencesInput): Promise<Recommendation | null> {
  const { catalog, recommender } = context.snapshot;
  const index = catalog.indexOf(id);
  const viewer = await loadViewerProfile(context);
  const { liked, disliked, filter } = readPreferences(catalog, viewer === null ? prefs : filledPreferences(catalog, prefs, viewer));
  if (index === undefined) return null;
  context.deadline.check();
  const others = (movies: number[]): number[] => movies.filter((movie) => movie !== index);
  const ranked = recommender.scoreMovie({ liked: others(liked), disliked: others(disliked), genres: filter.genres }, index);
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: filter.genres, services: filter.services });
  return new Recommendation(ranked, explanation);
}
