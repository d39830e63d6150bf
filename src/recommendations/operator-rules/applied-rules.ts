import type { MovieIndex } from '../../catalog/movie-id.ts';
import type { OperatorInfluence } from '../../engine/recommender/operator-influence.ts';
import { canonicalHash } from '../canonical-hash.ts';
import type { OperatorRule } from './operator-rule.ts';

/** What the rules of the operator do with one version of the catalog. */
export interface AppliedRules extends OperatorInfluence {
  /** Equal rules have equal versions, on all servers. Empty without rules. */
  version: string;
  /** Rows that nobody is shown, ascending. */
  hidden: readonly MovieIndex[];
}

export const NO_RULES: AppliedRules = { version: '', hidden: [], pinned: [] };

/** Pins come in the order of the rules, so the order counts. Empty without rules. */
export function rulesVersion(rules: readonly OperatorRule[]): string {
  if (rules.length === 0) return '';
  return canonicalHash(rules.map(({ effect, movieId, genre, service, strength }) => [effect, movieId, genre, service, strength]));
}
