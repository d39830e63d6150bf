import type { RankingCache } from './cache/ranking-cache.ts';
import type { ContributionKind } from '../engine/recommender/reasons.ts';

/** What the requests share of rankings. */
export interface Rankings {
  cache: RankingCache<ContributionKind>;
  /** Told how long computing one took. */
  computed(kind: 'recommendations' | 'similar' | 'group', seconds: number): void;
}
