import { preferencesKey } from '../../cache/preferences-key.ts';
import type { Mode } from '../../recommender/recommender.ts';
import type { RequestContext } from '../context.ts';
import { checkedFirst } from '../limits/list-caps.ts';
import { decodeCursor, encodeCursor } from '../paging/cursor.ts';
import { pageOf } from '../paging/page.ts';
import { Explanation } from './explanation.ts';
import { readPreferences } from './preferences.ts';
import type { PreferencesInput } from './recommendation.input.ts';
import { Recommendation, type RecommendationConnection } from './recommendation.type.ts';

export interface RecommendationArguments {
  prefs: PreferencesInput;
  mode: Mode;
  first: number;
  after: string | null | undefined;
}

export function recommend({ snapshot, deadline }: RequestContext, args: RecommendationArguments): RecommendationConnection {
  const { catalog, filters, recommender } = snapshot;
  const limit = checkedFirst(args.first);
  const { liked, disliked, notInterested, filter, ignoredMovieIds } = readPreferences(catalog, args.prefs);
  const key = preferencesKey({ mode: args.mode, liked, disliked, notInterested, ...filter });
  const offset = args.after === null || args.after === undefined ? 0 : decodeCursor(args.after, catalog.version, key, catalog.size);
  deadline.check();
  const candidates = filters.candidates(filter, [...liked, ...disliked, ...notInterested]);
  const ranking = recommender.recommend({ taste: { liked, disliked, genres: filter.genres }, mode: args.mode, candidates, offset, limit });
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: filter.genres, services: filter.services });
  const nodes = ranking.movies.map((ranked) => new Recommendation(ranked, explanation));
  const page = pageOf(nodes, offset, ranking.total, (place) => encodeCursor(catalog.version, key, place));
  return { ...page, ignoredMovieIds };
}
