import type { MovieIndex } from '../../catalog/movie-id.ts';
import type { Mode, RankedMovie } from '../../engine/recommender/recommender.ts';
import type { RankingDependencies } from '../dependencies.ts';
import { measured, profileOf } from '../ranking.ts';
import { type Preferences, readPreferences, toQuery } from '../recommendation-query.ts';
import type { Snapshot } from '../snapshot.ts';
import { type ExplainedRule, type RuleArguments, readRule } from './operator-rule.ts';
import type { OperatorRules } from './operator-rules.ts';

/** A movie of a list before or after a rule. */
export interface PreviewedMovie {
  index: MovieIndex;
  /** From 1. */
  place: number;
  /** The place in the other list; null when the movie is not among the first ones there. */
  otherPlace: number | null;
  pinned: boolean;
  score: number;
  /** What all rules add to the score. */
  boost: number;
}

export interface RulePreview {
  rule: ExplainedRule;
  before: PreviewedMovie[];
  after: PreviewedMovie[];
}

/** Places are compared within this many movies. */
const DEPTH = 100;

/** The list of somebody with these preferences, as it is and as it would be with the rule. Nothing is stored. */
export function previewRule(
  dependencies: RankingDependencies & { operatorRules: OperatorRules },
  args: RuleArguments,
  preferences: Preferences,
  mode: Mode,
  limit: number,
): RulePreview {
  const current = dependencies.operatorRules.current;
  const rule = readRule(current.catalog, args);
  const listOf = (snapshot: Snapshot): RankedMovie[] => {
    const query = toQuery(readPreferences(snapshot.catalog, preferences), null);
    const candidates = snapshot.filters.candidates(query.filter, [...query.liked, ...query.disliked, ...query.notInterested]);
    const request = { profile: profileOf(query), mode, candidates, offset: 0, limit: DEPTH, influence: snapshot.rules };
    return measured(dependencies, 'recommendations', () => snapshot.recommender.recommend(request)).movies;
  };
  const changed = dependencies.operatorRules.currentWith(rule);
  const before = listOf(current);
  const after = listOf(changed);
  return { rule, before: placed(current, before, after, limit), after: placed(changed, after, before, limit) };
}

function placed(
  { catalog, rules }: Snapshot,
  movies: readonly RankedMovie[],
  others: readonly RankedMovie[],
  limit: number,
): PreviewedMovie[] {
  const places = new Map(others.map(({ index }, n) => [index, n + 1]));
  return movies.slice(0, limit).map(({ index, score, contributions }, n) => ({
    index: catalog.indexAt(index),
    place: n + 1,
    otherPlace: places.get(index) ?? null,
    pinned: rules.pinned.some((row) => row === index),
    score,
    boost: contributions.find(({ kind }) => kind === 'OPERATOR_RULE')?.value ?? 0,
  }));
}
