import type { ContributionKind } from '../engine/recommender/contributions.ts';
import type { RankingCache } from './cache/ranking-cache.ts';

/** What the requests share of rankings. */
export interface Rankings {
  cache: RankingCache<ContributionKind>;
  /** Told how long computing one took. */
  computed(kind: 'recommendations' | 'similar' | 'group', seconds: number): void;
}
