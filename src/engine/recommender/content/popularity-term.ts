import { NEUTRAL } from '../profile.ts';

/** The popularity term of a content score: `weight` × `values[j]` for movie j. */
export interface PopularityTerm {
  weight: number;
  /** One entry a movie. */
  values: Float32Array;
}

/**
 * The popularity term at a setting of `familiar`. `weight` is the weight when neutral, `range` what it gains towards 1. Towards 0 a movie is
 * worth most that some know and like, and that is not famous:
 *
 *   value_j = (1 - s) popularity_j + s × 4 popularity_j (1 - popularity_j),   s = 1 - 2 familiar
 */
export function popularityTerm(popularity: Float32Array, weight: number, range: number, familiar: number = NEUTRAL): PopularityTerm {
  if (familiar >= NEUTRAL) return { weight: weight + (2 * familiar - 1) * Math.max(range, 0), values: popularity };
  const share = 1 - 2 * familiar;
  return { weight, values: popularity.map((known) => (1 - share) * known + share * 4 * known * (1 - known)) };
}
