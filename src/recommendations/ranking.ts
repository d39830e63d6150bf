import type { UserProfile } from '../engine/recommender/profile.ts';
import type { Mode, Ranking } from '../engine/recommender/recommender.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { RecommendationDependencies } from './dependencies.ts';
import type { RecommendationQuery } from './recommendation-query.ts';
import type { Snapshot } from './snapshot.ts';

/** A page of the ranking for this query, from the cache or computed. */
export async function rankedPage(
  { snapshot, rankings, metrics, deadline }: Omit<RecommendationDependencies, 'library'>,
  mode: Mode,
  query: RecommendationQuery,
  offset: number,
  limit: number,
): Promise<Ranking> {
  const { liked, disliked, notInterested, filter } = query;
  const key = rankingKey(snapshot, mode, query);
  const contributions = liked.length + disliked.length + filter.genres.length + 2;
  return rankings.page({ key, offset, limit, contributions }, (from, count) => {
    deadline.check();
    const started = performance.now();
    const candidates = snapshot.filters.candidates(filter, [...liked, ...disliked, ...notInterested]);
    const ranking = snapshot.recommender.recommend({ profile: profileOf(query), mode, candidates, offset: from, limit: count });
    metrics.ranked('recommendations', (performance.now() - started) / 1_000);
    return ranking;
  });
}

export function profileOf({ liked, disliked, filter: { genres } }: RecommendationQuery): UserProfile {
  return { liked, disliked, genres };
}

/**
 * Everything that the ranking depends on, and nothing of the viewer: equal queries share an entry. Two differences change no ranking and
 * are left out: whether a liked movie is marked not interesting too, and how a single genre is matched (ANY or ALL).
 */
export function rankingKey(
  { catalog, recommender }: Pick<Snapshot, 'catalog' | 'recommender'>,
  mode: Mode,
  { liked, disliked, notInterested, filter }: RecommendationQuery,
): string {
  const rated = new Set([...liked, ...disliked]);
  return canonicalHash({
    ...filter,
    version: catalog.version,
    model: recommender.modelName,
    mode,
    liked,
    disliked,
    notInterested: notInterested.filter((index) => !rated.has(index)),
    genreMatch: filter.genres.length === 1 && filter.genreMatch === 'ALL' ? 'ANY' : filter.genreMatch,
  });
}
