import type { RequestContext } from '../context.ts';
import { Explanation } from './explanation.ts';
import { readPreferences } from './preferences.ts';
import type { PreferencesInput } from './recommendation.input.ts';
import { Recommendation } from './recommendation.type.ts';
import { filledPreferences, viewerTaste } from './viewer-taste.ts';

/** What one movie is to a viewer, whether or not a list would show it. What was said of the movie itself explains nothing, and does not count. */
export async function recommendMovie(context: RequestContext, id: string, prefs: PreferencesInput): Promise<Recommendation | null> {
  const { catalog, recommender } = context.snapshot;
  const index = catalog.indexOf(id);
  const viewer = await viewerTaste(context);
  const { liked, disliked, filter } = readPreferences(catalog, viewer === null ? prefs : filledPreferences(catalog, prefs, viewer));
  if (index === undefined) return null;
  context.deadline.check();
  const others = (movies: number[]): number[] => movies.filter((movie) => movie !== index);
  const ranked = recommender.worth({ liked: others(liked), disliked: others(disliked), genres: filter.genres }, index);
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: filter.genres, services: filter.services });
  return new Recommendation(ranked, explanation);
}
