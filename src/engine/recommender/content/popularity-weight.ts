import { NEUTRAL } from '../profile.ts';

/** Share of the popularity term that is left for a viewer who looks for hidden gems. Popularity has the quality of a movie in it. */
const LEAST = 0.2;

/**
 * The weight of popularity in a content score at a setting of `familiar`, from its weight when neutral (0.5). It falls to a fifth towards 0,
 * and rises by `range` towards 1. A page's mean popularity never falls with it.
 */
export function contentPopularityWeight(neutral: number, familiar: number | undefined, range: number): number {
  if (familiar === undefined || familiar === NEUTRAL) return neutral;
  return familiar < NEUTRAL ? neutral * (LEAST + 2 * (1 - LEAST) * familiar) : neutral + (2 * familiar - 1) * Math.max(range, 0);
}
