import { TopK } from '../../src/engine/linalg/topk.ts';
import type { BlendWeights } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { meanOf } from '../data/mean.ts';
import { targetWeight } from '../evaluation/popularity-strata.ts';

/** The terms of a score, in the order of the columns of a pool. */
export const TERMS = [
  'ease',
  'fewLikes',
  'factors',
  'coLikes',
  'itemSimilarity',
  'content',
  'popularity',
  'tilt',
] as const satisfies readonly (keyof BlendWeights)[];

/** Number of best movies of each term that are kept for a user. A movie far down in all terms is never in the first hundred of a blend. */
const POOL = 250;
/** Tilts against popular movies for which the best movies are kept too, as shares of the spread of the mean of the terms. */
const POOL_TILTS = [0.1, 0.25, 0.5];
const DEPTH = 100;
const DISCOUNTS = Float64Array.from({ length: DEPTH }, (_, place) => 1 / Math.log2(place + 2));

/** The best movies of a user by any term, with the score of each term. */
export interface Pool {
  /** Number of the user among the validation users. */
  user: number;
  rows: Uint32Array;
  /** 1 for a relevant movie. */
  isRelevant: Uint8Array;
  /** Weight of each movie as a target of the second objective. */
  targetWeights: Float64Array;
  /** DCG of the ideal list, and the same with weighted targets. */
  ideal: number;
  stratifiedIdeal: number;
  /** The scores of each term, in the order of TERMS and of `rows`. */
  columns: Float32Array[];
  contentSpread: number;
}

export interface Objectives {
  /** Mean NDCG@100. */
  ndcg: number;
  /** The same with each target weighted by likes^-0.5. */
  stratified: number;
}

/** The pool of a user with these targets: `outs` has the scores of each term, `rows` the movies that may be shown. */
export function poolOf(
  outs: readonly Float64Array[],
  rows: Uint32Array,
  relevant: Uint32Array,
  likeCounts: ArrayLike<number>,
): Omit<Pool, 'user' | 'contentSpread'> {
  const pool = new Set<number>();
  const mean = new Float64Array(rows.length);
  let known: Float64Array | undefined;
  outs.forEach((out, part) => {
    const values = Float64Array.from(rows, (row) => out[row]);
    const { indices, scores } = bestOf(values);
    for (const n of indices) pool.add(rows[n]);
    const spread = scores.length === 0 ? 0 : scores[0] - scores[Math.min(DEPTH, scores.length) - 1];
    const size = spread > 0 ? 1 / spread : 0;
    if (TERMS[part] === 'tilt') known = values.map((value) => size * value);
    else for (let n = 0; n < values.length; n++) mean[n] += (size * values[n]) / (outs.length - 1);
  });
  // A tilt against popular movies brings movies to the top that no term has there.
  for (const tilt of POOL_TILTS)
    for (const n of bestOf(mean.map((value, at) => value - tilt * (known?.[at] ?? 0))).indices) pool.add(rows[n]);
  const kept = Uint32Array.from(pool).sort();
  const relevantRows = new Set(relevant);
  const weights = Float64Array.from(relevant, (row) => targetWeight(likeCounts[row]))
    .sort()
    .reverse();
  let ideal = 0;
  let stratifiedIdeal = 0;
  for (let place = 0; place < Math.min(DEPTH, relevant.length); place++) {
    ideal += DISCOUNTS[place];
    stratifiedIdeal += DISCOUNTS[place] * weights[place];
  }
  return {
    rows: kept,
    isRelevant: Uint8Array.from(kept, (row) => (relevantRows.has(row) ? 1 : 0)),
    targetWeights: Float64Array.from(kept, (row) => targetWeight(likeCounts[row])),
    ideal,
    stratifiedIdeal,
    columns: outs.map((out) => Float32Array.from(kept, (row) => out[row])),
  };
}

/** The POOL largest values, as positions. */
function bestOf(values: Float64Array): { indices: Uint32Array; scores: Float64Array } {
  const best = new TopK(Math.min(POOL, values.length));
  let threshold = best.threshold;
  for (let n = 0; n < values.length; n++) {
    if (values[n] < threshold) continue;
    best.offer(n, values[n]);
    threshold = best.threshold;
  }
  return best.drain();
}

export function objectivesOf(pools: readonly Pool[], weights: readonly number[]): Objectives {
  return objectivesAt(pools, restsOf(pools, weights, 0), 0, weights[0]);
}

/** For each pool the scores without one of the terms: a search that changes one weight needs no more than this and that term. */
export function restsOf(pools: readonly Pool[], weights: readonly number[], except: number): Float64Array[] {
  return pools.map(({ rows, columns }) => {
    const rest = new Float64Array(rows.length);
    columns.forEach((column, part) => {
      const weight = weights[part];
      if (part === except || weight === 0) return;
      for (let n = 0; n < rest.length; n++) rest[n] += weight * column[n];
    });
    return rest;
  });
}

/** The objectives for the weights of these rests, with `value` as the weight of the term that they leave out. */
export function objectivesAt(pools: readonly Pool[], rests: readonly Float64Array[], part: number, value: number): Objectives {
  let ndcg = 0;
  let stratified = 0;
  pools.forEach((pool, k) => {
    const { indices } = ranked(rests[k], pool.columns[part], value);
    let dcg = 0;
    let weighted = 0;
    for (let place = 0; place < indices.length; place++) {
      const n = indices[place];
      if (pool.isRelevant[n] === 0) continue;
      dcg += DISCOUNTS[place];
      weighted += DISCOUNTS[place] * pool.targetWeights[n];
    }
    ndcg += dcg / pool.ideal;
    stratified += weighted / pool.stratifiedIdeal;
  });
  return { ndcg: ndcg / pools.length, stratified: stratified / pools.length };
}

/** Mean difference between the scores of the best and of the 100th (or last) place. */
export function spreadOf(pools: readonly Pool[], weights: readonly number[]): number {
  const rests = restsOf(pools, weights, 0);
  return meanOf(
    pools.map(({ columns }, k) => {
      const { scores } = ranked(rests[k], columns[0], weights[0]);
      return scores[0] - scores[scores.length - 1];
    }),
  );
}

/** The best movies of a pool by rest + value × column, as positions in the pool. */
function ranked(rest: Float64Array, column: Float32Array, value: number): { indices: Uint32Array; scores: Float64Array } {
  const best = new TopK(Math.min(DEPTH, rest.length));
  let threshold = best.threshold;
  for (let n = 0; n < rest.length; n++) {
    const score = rest[n] + value * column[n];
    if (score < threshold) continue;
    best.offer(n, score);
    threshold = best.threshold;
  }
  return best.drain();
}
