import type { Bitset } from '../linalg/bitset.ts';
import { TopK } from '../linalg/topk.ts';
import type { Contribution } from './contributions.ts';
import type { OperatorInfluence } from './operator-influence.ts';
import type { UserProfile } from './profile.ts';
import { type Scorer, scoreAndExplain } from './scorer.ts';

export const GROUP_STRATEGIES = ['LEAST_MISERY', 'AVERAGE'] as const;
export type GroupStrategy = (typeof GROUP_STRATEGIES)[number];

export interface GroupRequest {
  /** One entry a member. */
  profiles: readonly UserProfile[];
  strategy: GroupStrategy;
  /** Movies that may be shown: the filters and exclusions of every member are applied. */
  candidates: Bitset;
  offset: number;
  limit: number;
  influence?: OperatorInfluence;
}

export interface MemberShare {
  /** Score of the movie for this member alone. */
  score: number;
  /** The part of the group's score that comes from this member. */
  share: number;
  /** They add up to `score`; largest absolute value first. */
  contributions: Contribution[];
}

export interface GroupRankedMovie {
  /** MovieIndex. */
  index: number;
  score: number;
  /** In the order of the members; their shares add up to the score. */
  members: MemberShare[];
}

export interface GroupRanking {
  /** Number of candidates. */
  total: number;
  movies: GroupRankedMovie[];
}

/**
 * Ranks for several members at once, with one scorer a member. Every candidate is scored for every member before the scores are combined,
 * so the order is exact. Order: pinned movies first, then higher combined score, then lower index.
 */
export function rankForGroup(
  scorers: readonly Scorer[],
  { strategy, candidates, offset, limit, influence }: Omit<GroupRequest, 'profiles'>,
): GroupRanking {
  const rows = candidates.toIndices();
  const combined = new Float64Array(rows.length);
  const scores = new Float64Array(rows.length);
  scorers.forEach((scorer, member) => {
    scorer.score(rows, scores);
    combineScores(strategy, scorers.length, member === 0, scores, combined);
  });
  const pinned = Uint32Array.from(influence?.pinned.filter((row) => candidates.has(row)) ?? []);
  const best = new TopK(Math.min(offset + limit, rows.length));
  const pinnedScores = new Map<number, number>(Array.from(pinned, (row) => [row, 0]));
  for (let n = 0; n < rows.length; n++) {
    if (pinnedScores.size > 0 && pinnedScores.has(rows[n])) pinnedScores.set(rows[n], combined[n]);
    else best.offer(rows[n], combined[n]);
  }
  const ranked = best.drain();
  const page = Uint32Array.of(...pinned, ...ranked.indices).subarray(offset, offset + limit);
  const byMember = scorers.map((scorer) => scoreAndExplain(scorer, page));
  const movies = Array.from(page, (index, n): GroupRankedMovie => {
    const members = byMember.map((movies) => movies[n]);
    const shares = sharesOf(
      strategy,
      members.map(({ score }) => score),
    );
    const place = offset + n;
    const score = pinnedScores.get(index) ?? ranked.scores[place - pinned.length];
    return { index, score, members: members.map((member, i) => ({ ...member, share: shares[i] })) };
  });
  return { total: rows.length, movies };
}

/**
 * Adds one member's scores to the combined scores of the members before (O'Connor et al., PolyLens, ECSCW 2001):
 *
 *   LEAST_MISERY: combined = min(combined, score)
 *   AVERAGE:      combined = combined + score / members
 *
 * `isFirst` starts over. Nothing is allocated.
 */
function combineScores(strategy: GroupStrategy, memberCount: number, isFirst: boolean, scores: Float64Array, combined: Float64Array): void {
  if (isFirst) combined.fill(strategy === 'AVERAGE' ? 0 : Number.POSITIVE_INFINITY);
  for (let n = 0; n < scores.length; n++) {
    const score = scores[n];
    if (strategy === 'AVERAGE') combined[n] += score / memberCount;
    else if (score < combined[n]) combined[n] = score;
  }
}

/**
 * Each member's part of the group's score; the parts add up to it. AVERAGE: score / members. LEAST_MISERY: the member with the lowest score
 * has all of it, members with equal lowest scores have equal parts, the others have 0.
 */
export function sharesOf(strategy: GroupStrategy, scores: readonly number[]): number[] {
  if (strategy === 'AVERAGE') return scores.map((score) => score / scores.length);
  const lowest = Math.min(...scores);
  const lowestCount = scores.filter((score) => score === lowest).length;
  return scores.map((score) => (score === lowest ? score / lowestCount : 0));
}
