import type { Contribution } from './contributions.ts';

/** Movies in rank order: higher score first, then lower index. Entry n of both arrays is the movie at rank n. */
export interface RankedRows {
  /** MovieIndex. */
  indices: Uint32Array;
  scores: Float64Array;
}

/**
 * The scores of one request: one viewer, one mode. Rows are MovieIndex, each at most once.
 *
 * `score` and `topK` give the same score for the same row, to the last bit. Scorers of one recommender share scratch memory: call `explain`
 * before another scorer is used.
 */
export interface Scorer {
  /** Writes the score of rows[n] into scores[n]. */
  score(rows: Uint32Array, scores: Float64Array): void;
  /** The k best of `rows`, or all of them when there are fewer. */
  topK(rows: Uint32Array, k: number): RankedRows;
  /**
   * The score of one movie as a sum of contributions, largest absolute value first. Only for a row that the last call of `score` had or the
   * last call of `topK` returned.
   */
  explain(row: number): Contribution[];
}

/** Score and contributions of each of these rows, in their order. */
export function scoreAndExplain(scorer: Scorer, rows: Uint32Array): { score: number; contributions: Contribution[] }[] {
  const scores = new Float64Array(rows.length);
  scorer.score(rows, scores);
  return Array.from(rows, (row, n) => ({ score: scores[n], contributions: scorer.explain(row) }));
}
