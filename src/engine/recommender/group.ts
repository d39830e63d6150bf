import type { Bitset } from '../linalg/bitset.ts';
import type { Contribution } from './contributions.ts';
import type { UserProfile } from './profile.ts';

export const GROUP_STRATEGIES = ['LEAST_MISERY', 'AVERAGE'] as const;
export type GroupStrategy = (typeof GROUP_STRATEGIES)[number];

export interface GroupRequest {
  /** One entry a member. */
  profiles: readonly UserProfile[];
  strategy: GroupStrategy;
  /** What may be shown: the filters and exclusions of every member applied. */
  candidates: Bitset;
  offset: number;
  limit: number;
}

export interface MemberShare {
  /** What the movie is worth to this member alone. */
  score: number;
  /** What of it is in the group's score. */
  share: number;
  /** They add up to `score`; largest first. */
  contributions: Contribution[];
}

export interface GroupRankedMovie {
  /** MovieIndex. */
  index: number;
  score: number;
  /** In the order of the members; the shares add up to the score. */
  members: MemberShare[];
}

export interface GroupRanking {
  /** How many movies could be shown. */
  total: number;
  movies: GroupRankedMovie[];
}

/**
 * Adds one more member's scores to what the members before make of them (O'Connor et al., PolyLens, ECSCW 2001):
 * LEAST_MISERY keeps the lowest score of all, AVERAGE sums up score / members. `first` begins anew. One pass, nothing allocated.
 */
export function combineScores(
  strategy: GroupStrategy,
  memberCount: number,
  first: boolean,
  scores: Float64Array,
  combined: Float64Array,
): void {
  if (first) combined.fill(strategy === 'AVERAGE' ? 0 : Number.POSITIVE_INFINITY);
  for (let n = 0; n < scores.length; n++) {
    const score = scores[n];
    if (strategy === 'AVERAGE') combined[n] += score / memberCount;
    else if (score < combined[n]) combined[n] = score;
  }
}

/**
 * What each member has of the group's score: an equal part of their own with AVERAGE; with LEAST_MISERY the one who likes it least decides
 * alone, and those who like it as little share the decision.
 */
export function sharesOf(strategy: GroupStrategy, scores: readonly number[]): number[] {
  if (strategy === 'AVERAGE') return scores.map((score) => score / scores.length);
  const lowest = Math.min(...scores);
  const deciding = scores.filter((score) => score === lowest).length;
  return scores.map((score) => (score === lowest ? score / deciding : 0));
}
