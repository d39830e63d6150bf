import { MAX_IDS } from '../../list-caps.ts';
import type { RecommendationRequest } from '../../recommendations/recommend.ts';
import { countOf } from '../limits/operation-cost.ts';
import type { PreferencesInput } from './recommendation.input.ts';

/** One ranking of the whole catalog. Ratings models and the stored likes of a viewer are not in the arguments, so the dearest kind is charged. */
const RANKING_COST = 100;
const GROUP_COST = 100;
const DIVERSE_COST = 100;
const COST_OF_AN_ENTRY = 0.5;
/** Attributing the score of one entry to one movie that a caller liked or disliked. */
const COST_OF_AN_ATTRIBUTION = 0.02;

type Arguments = Readonly<Record<string, unknown>>;

/** The ranking, and for each movie of the page the parts of its score. */
export function rankingCost({ prefs, mode, first }: Arguments): number {
  const reranking = (mode as RecommendationRequest['mode']) === 'DIVERSE' ? DIVERSE_COST : 0;
  return RANKING_COST + reranking + pageCost(prefs, first);
}

/** The same for each member of the group. */
export function groupCost({ members, first }: Arguments): number {
  if (!Array.isArray(members)) return GROUP_COST;
  return members.reduce<number>((sum, member) => sum + RANKING_COST + pageCost(member, first), GROUP_COST);
}

function pageCost(prefs: unknown, first: unknown): number {
  const { likedMovieIds, dislikedMovieIds } = (prefs ?? {}) as PreferencesInput;
  const movies = Math.min(likedMovieIds?.length ?? 0, MAX_IDS) + Math.min(dislikedMovieIds?.length ?? 0, MAX_IDS);
  return countOf(first) * (COST_OF_AN_ENTRY + movies * COST_OF_AN_ATTRIBUTION);
}
