import { TopK } from '../../src/engine/linalg/topk.ts';
import type { Blend, BlendWeights } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { meanOf } from '../evaluation/metrics.ts';
import type { HeldOutUser } from '../evaluation/split.ts';

/** A part of the score, on its own: adds it for every movie to `out`. */
export type PartScore = (likes: Uint32Array, out: Float64Array) => void;

export type Parts = Record<keyof BlendWeights, PartScore>;

export interface BlendOptions {
  parts: Parts;
  /** Validation users: their weights, never the test users'. */
  cases: readonly HeldOutUser[];
  /** Rows that may be shown. */
  candidates: Uint32Array;
  movies: number;
  /** Length that the best of these rows has over its 100th place when content alone ranks as it is served, of what the content part says of these likes: what a score is brought to. */
  contentSpread: (likes: Uint32Array, content: Float64Array, rows: Uint32Array) => number;
  progress(done: number, total: number): void;
}

const NAMES = ['ease', 'fewLikes', 'factors', 'content', 'popularity'] as const;
const CONTENT = NAMES.indexOf('content');
const OF_UNRATED: readonly string[] = ['factors', 'content'];
/**
 * The last is for everybody with about as many and more, told all that they like: who has told 20 films of 200 is another viewer than who likes 20, and
 * knots further out would each be of few people, and of chance.
 */
const KNOTS = [1, 3, 5, 10, 20];
const LAST = KNOTS[KNOTS.length - 1];
const MIN_FOR_LAST = 0.7 * LAST;
/** Of each part so many of its best are kept for a viewer: a movie far down in every part is in no blend's first hundred. */
const POOL = 250;
const DEPTH = 100;
/** Weights chosen on fewer lists are much of chance: 237 people alone gave content a quarter of what 500 gave it. */
const ENOUGH_LISTS = 1500;
const MAX_REPEATS = 4;
const DISCOUNTS = Float64Array.from({ length: DEPTH }, (_, place) => 1 / Math.log2(place + 2));
const STEPS = [0.4, 0.7, 0.9, 1.1, 1.4, 2.5];
/** What a part begins with again after it went to nothing, of its natural size. */
const REVIVED = 0.05;
/**
 * Of its natural size, that a part keeps which alone can say something of movies that hardly anybody rated: few validation users can show what it is worth.
 */
const LEAST = 0.1;
/**
 * Where few likes are known, content gets the largest of these, of its natural size, that costs no more than `FORGONE` of NDCG@100: as with Breiman's
 * one-standard-error rule, of blends that are as good the one is taken that reads best. Ratings alone answer with what everybody likes (docs/research/taste.md).
 */
const CONTENT_SIZES = [3, 2.5, 2, 1.6, 1.3, 1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2];
const FORGONE = 0.005;
const ROUNDS = 6;
const MIN_GAIN = 1e-5;

/** One viewer's best movies by any part, with the score that each part gives them. */
interface Pool {
  rows: Uint32Array;
  /** 1 for a movie to be found. */
  isTarget: Uint8Array;
  /** DCG of the best list there could be. */
  ideal: number;
  /** rows × parts. */
  scores: Float64Array;
  contentSpread: number;
}

interface Found {
  weights: number[];
  ndcg: number;
}

/**
 * Chooses the weights of a hybrid by coordinate ascent on validation users' NDCG@100, for 1, 3, 5 ... likes told (some of each viewer's, in random
 * order): one weight after the other is multiplied by each of `STEPS` while that helps, from two beginnings. A part is first divided by the mean, over the viewers, of what its
 * best has over its 100th, so that all begin alike; a knot's weights are last brought to the spread that content has alone. Linear in every
 * part, so the score stays a sum. Deterministic.
 */
export function searchBlend(options: BlendOptions): Blend {
  const blend: Blend = [];
  let start: number[] = NAMES.map(() => 1);
  const scale = new Float64Array(NAMES.length);
  KNOTS.forEach((likes, n) => {
    const pools = poolsAt(options, likes);
    options.progress(n + 1, KNOTS.length);
    if (pools.length === 0) return;
    const natural = NAMES.map((_, part) => 1 / (spreadOf(pools, unit(part)) || Number.POSITIVE_INFINITY));
    const least = natural.map((size, part) => (OF_UNRATED.includes(NAMES[part]) ? LEAST * size : 0));
    // From all parts alike, and from the knot before, whose weights are in units of their own natural sizes.
    const starts = [natural, start.map((weight, part) => weight * natural[part])];
    const [found] = starts.map((from) => ascend(pools, from, natural, least)).sort((a, b) => b.ndcg - a.ndcg);
    const weights = likes === LAST ? found.weights : withContent(pools, found, natural);
    start = weights.map((weight, part) => (natural[part] > 0 ? weight / natural[part] : 1));
    const size = meanOf(pools.map(({ contentSpread }) => contentSpread)) / (spreadOf(pools, weights) || 1);
    for (let part = 0; part < scale.length; part++) scale[part] = weights[part] * size;
    const [ease, fewLikes, factors, content, popularity] = scale;
    blend.push({ likes, ease, fewLikes, factors, content, popularity });
  });
  return blend;
}

function poolsAt({ parts, cases, candidates, movies, contentSpread }: BlendOptions, likes: number): Pool[] {
  const told = cases.filter(({ foldIn }) => foldIn.length >= (likes === LAST ? MIN_FOR_LAST : likes));
  const outs = NAMES.map(() => new Float64Array(movies));
  // Who is asked with a few likes can be asked again with others.
  const repeats = Math.min(MAX_REPEATS, Math.max(1, Math.floor(ENOUGH_LISTS / told.length)));
  const asked = told.flatMap((viewer) => beginnings(viewer.foldIn, likes, repeats).map((known) => ({ ...viewer, known })));
  const isHidden = new Uint8Array(movies);
  return asked.map(({ known, excluded, relevant }) => {
    for (const row of excluded) isHidden[row] = 1;
    const rows = candidates.filter((row) => isHidden[row] === 0);
    for (const row of excluded) isHidden[row] = 0;
    const pool = new Set<number>();
    NAMES.forEach((name, part) => {
      parts[name](known, outs[part].fill(0));
      const best = new TopK(Math.min(POOL, rows.length));
      const out = outs[part];
      let threshold = best.threshold;
      for (let n = 0; n < rows.length; n++) {
        const score = out[rows[n]];
        if (score < threshold) continue;
        best.offer(rows[n], score);
        threshold = best.threshold;
      }
      for (const row of best.drain().indices) pool.add(row);
    });
    const kept = Uint32Array.from(pool).sort();
    const scores = new Float64Array(kept.length * NAMES.length);
    kept.forEach((row, n) => {
      outs.forEach((out, part) => {
        scores[n * NAMES.length + part] = out[row];
      });
    });
    const isFound = new Set(relevant);
    const isTarget = Uint8Array.from(kept, (row) => (isFound.has(row) ? 1 : 0));
    let ideal = 0;
    for (let place = 0; place < Math.min(DEPTH, relevant.length); place++) ideal += DISCOUNTS[place];
    return { rows: kept, isTarget, ideal, scores, contentSpread: contentSpread(known, outs[CONTENT], kept) };
  });
}

/** Up to so many parts of `given`, of `likes` each, none of which share a movie; for the last knot all of it, once. */
function beginnings(given: Uint32Array, likes: number, most: number): Uint32Array[] {
  if (likes === LAST) return [given];
  const count = Math.min(most, Math.max(1, Math.floor(given.length / likes)));
  return Array.from({ length: count }, (_, n) => given.subarray(n * likes, (n + 1) * likes));
}

function withContent(pools: readonly Pool[], { weights, ndcg }: Found, natural: readonly number[]): number[] {
  for (const size of CONTENT_SIZES) {
    const value = size * natural[CONTENT];
    if (value <= weights[CONTENT]) break;
    const changed = weights.with(CONTENT, value);
    if (ndcgOf(pools, changed) >= (1 - FORGONE) * ndcg) return changed;
  }
  return weights;
}

function ascend(pools: readonly Pool[], from: readonly number[], natural: readonly number[], least: readonly number[]): Found {
  let weights = from.map((weight, part) => Math.max(weight, least[part]));
  let best = ndcgOf(pools, weights);
  for (let round = 0; round < ROUNDS; round++) {
    const before = best;
    for (let part = 0; part < weights.length; part++) {
      const tried = weights[part] === 0 ? [REVIVED * natural[part]] : [0, ...STEPS.map((step) => step * weights[part])];
      for (const value of tried) {
        const changed = weights.with(part, Math.max(value, least[part]));
        const ndcg = ndcgOf(pools, changed);
        if (ndcg > best + MIN_GAIN) {
          best = ndcg;
          weights = changed;
        }
      }
    }
    if (best - before < MIN_GAIN) break;
  }
  return { weights, ndcg: best };
}

function ndcgOf(pools: readonly Pool[], weights: readonly number[]): number {
  let sum = 0;
  for (const pool of pools) {
    const { indices } = ranked(pool, weights);
    let dcg = 0;
    for (let place = 0; place < indices.length; place++) if (pool.isTarget[indices[place]] === 1) dcg += DISCOUNTS[place];
    sum += dcg / pool.ideal;
  }
  return sum / pools.length;
}

/** Mean of what the best has over the 100th (or last) place. */
function spreadOf(pools: readonly Pool[], weights: readonly number[]): number {
  return meanOf(
    pools.map((pool) => {
      const { scores } = ranked(pool, weights);
      return scores[0] - scores[scores.length - 1];
    }),
  );
}

/** The best of a pool, as positions in it. */
function ranked({ rows, scores }: Pool, [a, b, c, d, e]: readonly number[]): { indices: Uint32Array; scores: Float64Array } {
  const best = new TopK(Math.min(DEPTH, rows.length));
  let threshold = best.threshold;
  for (let n = 0, p = 0; n < rows.length; n++, p += 5) {
    const score = a * scores[p] + b * scores[p + 1] + c * scores[p + 2] + d * scores[p + 3] + e * scores[p + 4];
    if (score < threshold) continue;
    best.offer(n, score);
    threshold = best.threshold;
  }
  return best.drain();
}

function unit(part: number): number[] {
  return NAMES.map((_, n) => (n === part ? 1 : 0));
}
