import { TopK } from '../../../src/engine/linalg/topk.ts';
import type { BlendWeights } from '../../../src/engine/recommender/hybrid/hybrid-config.ts';
import { sharedF32, sharedF64, sharedU32 } from '../../data/shared-arrays.ts';

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

export const CONTENT = TERMS.indexOf('content');
export const TILT = TERMS.indexOf('tilt');
/** Length of the lists whose NDCG is maximised. */
export const DEPTH = 100;
/** Number of best movies of each term that are kept for a profile. A movie far down in all terms is never in the first hundred of a blend. */
const POOL = 250;
/** Tilts against popular movies for which the best movies are kept too, as shares of the spread of the mean of the terms. */
const POOL_TILTS = [0.1, 0.25, 0.5];

/** The best movies of a profile by any term, those with the highest mean of the terms first, with the score of each term. */
export interface Pool {
  rows: Uint32Array;
  /** The scores of each term, in the order of TERMS and of `rows`. */
  columns: Float32Array[];
}

/** A pool, what is to be found in it, and facts of its profile. */
export interface KnownPool extends Pool {
  /** Number of the user among the validation users. */
  user: number;
  relevant: Uint32Array;
  /** Weight of each relevant movie as a target of the second objective. */
  targetWeights: Float64Array;
  contentSpread: number;
}

/** The pools of many profiles, one behind the other, in memory that threads share. Pool k has the entries offsets[k] .. offsets[k + 1). */
export interface Pools {
  offsets: Uint32Array;
  rows: Uint32Array;
  columns: Float32Array[];
  users: Uint32Array;
  /** The relevant movies of pool k are the entries targets[p], p in [targetOffsets[k], targetOffsets[k + 1]). */
  targetOffsets: Uint32Array;
  targets: Uint32Array;
  targetWeights: Float64Array;
  /** DCG of the ideal list of each pool, and the same with weighted targets. */
  ideals: Float64Array;
  stratifiedIdeals: Float64Array;
  contentSpreads: Float64Array;
}

export function discountAt(place: number): number {
  return 1 / Math.log2(place + 2);
}

/** The pool of a profile: `outs` has the scores of each term by row, `rows` the movies that may be shown. */
export function poolOf(outs: readonly Float64Array[], rows: Uint32Array): Pool {
  const pool = new Set<number>();
  const mean = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  const known = new Float64Array(rows.length);
  outs.forEach((out, part) => {
    for (let n = 0; n < rows.length; n++) values[n] = out[rows[n]];
    const { indices, scores } = bestOf(values);
    for (const n of indices) pool.add(n);
    const spread = scores.length === 0 ? 0 : scores[0] - scores[Math.min(DEPTH, scores.length) - 1];
    const size = spread > 0 ? 1 / spread : 0;
    if (part === TILT) for (let n = 0; n < values.length; n++) known[n] = size * values[n];
    else for (let n = 0; n < values.length; n++) mean[n] += (size * values[n]) / (outs.length - 1);
  });
  // A tilt against popular movies brings movies to the top that no term has there.
  for (const tilt of POOL_TILTS) {
    for (let n = 0; n < values.length; n++) values[n] = mean[n] - tilt * known[n];
    for (const n of bestOf(values).indices) pool.add(n);
  }
  const kept = Uint32Array.from(pool).sort((a, b) => mean[b] - mean[a] || a - b);
  const keptRows = kept.map((n) => rows[n]);
  return { rows: keptRows, columns: outs.map((out) => scoresOf(out, keptRows)) };
}

/** The same pools in memory that threads share. */
export function sharedPools(pools: readonly KnownPool[]): Pools {
  const entries = pools.reduce((sum, { rows }) => sum + rows.length, 0);
  const isKept = pools.map(({ rows }) => new Map(Array.from(rows, (row, n) => [row, n])));
  const targets = pools.map(({ relevant }, k) => Array.from(relevant.keys()).filter((n) => isKept[k].has(relevant[n])));
  const found = targets.reduce((sum, list) => sum + list.length, 0);
  const all: Pools = {
    offsets: sharedU32(pools.length + 1),
    rows: sharedU32(entries),
    columns: TERMS.map(() => sharedF32(entries)),
    users: sharedU32(pools.length),
    targetOffsets: sharedU32(pools.length + 1),
    targets: sharedU32(found),
    targetWeights: sharedF64(found),
    ideals: sharedF64(pools.length),
    stratifiedIdeals: sharedF64(pools.length),
    contentSpreads: sharedF64(pools.length),
  };
  pools.forEach(({ user, rows, columns, relevant, targetWeights, contentSpread }, k) => {
    const first = all.offsets[k];
    const firstTarget = all.targetOffsets[k];
    all.offsets[k + 1] = first + rows.length;
    all.rows.set(rows, first);
    columns.forEach((column, part) => {
      all.columns[part].set(column, first);
    });
    all.users[k] = user;
    all.targetOffsets[k + 1] = firstTarget + targets[k].length;
    targets[k].forEach((n, at) => {
      all.targets[firstTarget + at] = first + (isKept[k].get(relevant[n]) ?? 0);
      all.targetWeights[firstTarget + at] = targetWeights[n];
    });
    const best = targetWeights.toSorted().reverse();
    for (let place = 0; place < Math.min(DEPTH, relevant.length); place++) {
      all.ideals[k] += discountAt(place);
      all.stratifiedIdeals[k] += discountAt(place) * best[place];
    }
    all.contentSpreads[k] = contentSpread;
  });
  return all;
}

function scoresOf(out: Float64Array, rows: Uint32Array): Float32Array {
  const scores = new Float32Array(rows.length);
  for (let n = 0; n < rows.length; n++) scores[n] = out[rows[n]];
  return scores;
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
