import type { Mode, Ranking } from '../engine/recommender/recommender.ts';
import type { RequestContext } from '../graphql/context.ts';
import { canonicalHash } from './cache/canonical-hash.ts';
import type { Preferences } from './recommendation-query.ts';

/** A page of the ranking for these preferences, kept or computed. */
export async function rankedPage(
  { snapshot, rankings, deadline }: Pick<RequestContext, 'snapshot' | 'rankings' | 'deadline'>,
  mode: Mode,
  preferences: Preferences,
  offset: number,
  limit: number,
): Promise<Ranking> {
  const { filters, recommender } = snapshot;
  const { liked, disliked, notInterested, filter } = preferences;
  const key = rankingKey(snapshot, mode, preferences);
  const contributions = liked.length + disliked.length + filter.genres.length + 2;
  return rankings.cache.page({ key, offset, limit, contributions }, (from, count) => {
    deadline.check();
    const begun = performance.now();
    const candidates = filters.candidates(filter, [...liked, ...disliked, ...notInterested]);
    const taste = { liked, disliked, genres: filter.genres };
    const ranking = recommender.recommend({ profile: taste, mode, candidates, offset: from, limit: count });
    rankings.computed('recommendations', (performance.now() - begun) / 1_000);
    return ranking;
  });
}

/**
 * Everything that the ranking depends on, and nothing of who asks: whoever wants the same is served from the same entry. What makes no
 * difference is left out: whether a liked movie is uninteresting too, and whether one genre is matched by any or by all of it.
 */
export function rankingKey(
  { catalog, recommender }: Pick<RequestContext['snapshot'], 'catalog' | 'recommender'>,
  mode: Mode,
  { liked, disliked, notInterested, filter }: Preferences,
): string {
  const ranked = new Set([...liked, ...disliked]);
  return canonicalHash({
    ...filter,
    version: catalog.version,
    model: recommender.modelName,
    mode,
    liked,
    disliked,
    notInterested: notInterested.filter((index) => !ranked.has(index)),
    genreMatch: filter.genres.length === 1 && filter.genreMatch === 'ALL' ? 'ANY' : filter.genreMatch,
  });
}
