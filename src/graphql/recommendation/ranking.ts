import { preferencesKey } from '../../cache/preferences-key.ts';
import type { RankingCache } from '../../cache/ranking-cache.ts';
import type { ContributionKind } from '../../recommender/reasons.ts';
import type { Mode, Ranking } from '../../recommender/recommender.ts';
import type { RequestContext } from '../context.ts';
import type { Preferences } from './preferences.ts';

/** What the requests share of rankings. */
export interface Rankings {
  cache: RankingCache<ContributionKind>;
  /** Told how long computing one took. */
  computed(kind: 'recommendations' | 'similar' | 'group', seconds: number): void;
}

/** A page of the ranking for these preferences, kept or computed. */
export async function rankedPage(
  { snapshot, rankings, deadline }: Pick<RequestContext, 'snapshot' | 'rankings' | 'deadline'>,
  mode: Mode,
  { liked, disliked, notInterested, filter }: Preferences,
  offset: number,
  limit: number,
): Promise<Ranking> {
  const { catalog, filters, recommender } = snapshot;
  // Nothing of who asks: whoever wants the same is served from the same entry.
  const key = preferencesKey({ version: catalog.version, model: recommender.modelName, mode, liked, disliked, notInterested, ...filter });
  const contributions = liked.length + disliked.length + filter.genres.length + 2;
  return rankings.cache.page({ key, offset, limit, contributions }, (from, count) => {
    deadline.check();
    const begun = performance.now();
    const candidates = filters.candidates(filter, [...liked, ...disliked, ...notInterested]);
    const taste = { liked, disliked, genres: filter.genres };
    const ranking = recommender.recommend({ taste, mode, candidates, offset: from, limit: count });
    rankings.computed('recommendations', (performance.now() - begun) / 1_000);
    return ranking;
  });
}
