import type { Catalog } from '../catalog/catalog.ts';
import type { Mode } from '../engine/recommender/recommender.ts';
import type { RequestContext } from '../graphql/context.ts';
import { checkedFirst } from '../graphql/limits/list-caps.ts';
import { decodeCursor, encodeCursor } from '../graphql/paging/cursor.ts';
import { pageOf } from '../graphql/paging/page.ts';
import { AppliedFilters } from '../graphql/recommendation/applied-filters.type.ts';
import type { PreferencesInput } from '../graphql/recommendation/recommendation.input.ts';
import { Recommendation, type RecommendationConnection } from '../graphql/recommendation/recommendation.type.ts';
import { canonicalHash } from './cache/canonical-hash.ts';
import { Explanation } from './explanation.ts';
import { rankedPage } from './ranking.ts';
import { type Preferences, readPreferences } from './recommendation-query.ts';
import { filledPreferences, loadViewerProfile, type ViewerProfile } from './viewer-profile.ts';

export interface RecommendationArguments {
  prefs: PreferencesInput;
  mode: Mode;
  first: number;
  after: string | null | undefined;
}

export async function recommend(context: RequestContext, args: RecommendationArguments): Promise<RecommendationConnection> {
  const { snapshot, deadline } = context;
  const { catalog, recommender } = snapshot;
  const limit = checkedFirst(args.first);
  const asked = readPreferences(catalog, args.prefs);
  const viewer = await loadViewerProfile(context);
  // A cursor belongs to what was asked for, not to what is stored: a like between two pages must not end the list.
  const key = canonicalHash({ mode: args.mode, viewer: viewer?.userId, ...asked, ignoredMovieIds: undefined });
  const wanted = viewer === null ? asked : withTaste(catalog, args.prefs, viewer);
  const offset = args.after === null || args.after === undefined ? 0 : decodeCursor(args.after, catalog.version, key, catalog.size);
  deadline.check();
  const ranking = await rankedPage(context, args.mode, wanted, offset, limit);
  const { genres, services } = wanted.filter;
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: genres, services });
  const nodes = ranking.movies.map((ranked) => new Recommendation(ranked, explanation));
  const page = pageOf(nodes, offset, ranking.total, (place) => encodeCursor(catalog.version, key, place));
  return { ...page, ignoredMovieIds: asked.ignoredMovieIds, appliedFilters: new AppliedFilters(catalog, wanted.filter) };
}

/** What was asked for, filled with what is stored, and nothing that is not to be shown again. */
function withTaste(catalog: Catalog, prefs: PreferencesInput, taste: ViewerProfile): Preferences {
  const filled = readPreferences(catalog, filledPreferences(catalog, prefs, taste));
  const ranked = new Set([...filled.liked, ...filled.disliked]);
  const hidden = new Set([...filled.notInterested, ...taste.hidden.filter((index) => !ranked.has(index))]);
  return { ...filled, notInterested: [...hidden].sort((a, b) => a - b) };
}
