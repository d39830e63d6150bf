import { TopK } from '../../src/engine/linalg/topk.ts';
import type { Blend, BlendWeights } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { meanOf } from '../data/mean.ts';
import type { HeldOutUser } from '../evaluation/split.ts';

/** One term of the score: adds it for every movie to `out`. */
export type PartScore = (likes: Uint32Array, out: Float64Array) => void;

export type Parts = Record<keyof BlendWeights, PartScore>;

export interface BlendOptions {
  parts: Parts;
  /** Validation users, never test users. */
  cases: readonly HeldOutUser[];
  /** Rows that may be recommended. */
  candidates: Uint32Array;
  movies: number;
  /**
   * Difference between the best and the 100th of these rows when the content model ranks alone, as served. `content` holds the content
   * term for these likes. The blend is scaled to this spread.
   */
  contentSpread: (likes: Uint32Array, content: Float64Array, rows: Uint32Array) => number;
  progress(done: number, total: number): void;
}

const NAMES = ['ease', 'fewLikes', 'factors', 'content', 'popularity'] as const;
const CONTENT = NAMES.indexOf('content');
const SCORES_UNRATED: readonly string[] = ['factors', 'content'];
/**
 * Profile sizes for which weights are chosen. The last serves all larger profiles and is measured with all fold-in likes: a user with 20
 * known likes of 200 differs from a user with 20 likes. Larger knots would have few users each, so their weights would be noise.
 */
const KNOTS = [1, 3, 5, 10, 20];
const LAST = KNOTS[KNOTS.length - 1];
const MIN_FOR_LAST = 0.7 * LAST;
/** Number of best movies of each term that are kept for a user. A movie far down in all terms is never in the first hundred of a blend. */
const POOL = 250;
const DEPTH = 100;
/** Weights chosen on fewer lists are noise: with 237 users content got a quarter of the weight that it got with 500. */
const ENOUGH_LISTS = 1500;
const MAX_REPEATS = 4;
const DISCOUNTS = Float64Array.from({ length: DEPTH }, (_, place) => 1 / Math.log2(place + 2));
const STEPS = [0.4, 0.7, 0.9, 1.1, 1.4, 2.5];
/** A term whose weight is 0 is tried again with this share of its natural size. */
const REVIVED = 0.05;
/** Minimum share of its natural size for a term that can score movies with few ratings: few validation users like such movies. */
const MIN_SHARE = 0.1;
/**
 * For small profiles, content gets the largest of these multiples of its natural size that costs at most MAX_LOSS of NDCG@100. Among
 * equally good blends the simplest to explain is chosen, like Breiman's one-standard-error rule. With ratings alone, the recommendations
 * for a small profile are what most users like (docs/taste.md).
 */
const CONTENT_SIZES = [3, 2.5, 2, 1.6, 1.3, 1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2];
const MAX_LOSS = 0.005;
const ROUNDS = 6;
const MIN_GAIN = 1e-5;

/** The best movies of a user by any term, with the score of each term. */
interface Pool {
  rows: Uint32Array;
  /** 1 for a relevant movie. */
  isRelevant: Uint8Array;
  /** DCG of the ideal list. */
  ideal: number;
  /** rows × terms. */
  scores: Float64Array;
  contentSpread: number;
}

interface Found {
  weights: number[];
  ndcg: number;
}

/**
 * Chooses the blend weights by coordinate ascent on NDCG@100 of the validation users, for profiles of 1, 3, 5 ... likes. A profile is a
 * part of a user's fold-in likes, in random order. Each step multiplies one weight by each of STEPS and keeps an improvement. The search
 * starts from two points.
 *
 * The natural size of a term is 1 over the mean spread of its scores (best minus 100th place), so that all terms start equal. At the end
 * the weights of a knot are scaled so that the blend has the spread of the content model alone. The score is linear in every term.
 * Deterministic.
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
    const minima = natural.map((size, part) => (SCORES_UNRATED.includes(NAMES[part]) ? MIN_SHARE * size : 0));
    // From equal terms, and from the weights of the previous knot in units of its natural sizes.
    const starts = [natural, start.map((weight, part) => weight * natural[part])];
    const [found] = starts.map((from) => ascend(pools, from, natural, minima)).sort((a, b) => b.ndcg - a.ndcg);
    const weights = likes === LAST ? found.weights : withContent(pools, found, natural);
    start = weights.map((weight, part) => (natural[part] > 0 ? weight / natural[part] : 1));
    const size = meanOf(pools.map(({ contentSpread }) => contentSpread)) / (spreadOf(pools, weights) || 1);
    for (let part = 0; part < scale.length; part++) scale[part] = weights[part] * size;
    const [ease, sparseProfileEase, factors, content, popularity] = scale;
    blend.push({ likes, ease, fewLikes: sparseProfileEase, factors, content, popularity });
  });
  return blend;
}

function poolsAt({ parts, cases, candidates, movies, contentSpread }: BlendOptions, likes: number): Pool[] {
  const eligible = cases.filter(({ foldIn }) => foldIn.length >= (likes === LAST ? MIN_FOR_LAST : likes));
  const outs = NAMES.map(() => new Float64Array(movies));
  // A user with many likes yields several small profiles.
  const repeats = Math.min(MAX_REPEATS, Math.max(1, Math.floor(ENOUGH_LISTS / eligible.length)));
  const profiles = eligible.flatMap((user) => profilesOf(user.foldIn, likes, repeats).map((known) => ({ ...user, known })));
  const isExcluded = new Uint8Array(movies);
  return profiles.map(({ known, excluded, relevant }) => {
    for (const row of excluded) isExcluded[row] = 1;
    const rows = candidates.filter((row) => isExcluded[row] === 0);
    for (const row of excluded) isExcluded[row] = 0;
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
    const relevantRows = new Set(relevant);
    const isRelevant = Uint8Array.from(kept, (row) => (relevantRows.has(row) ? 1 : 0));
    let ideal = 0;
    for (let place = 0; place < Math.min(DEPTH, relevant.length); place++) ideal += DISCOUNTS[place];
    return { rows: kept, isRelevant, ideal, scores, contentSpread: contentSpread(known, outs[CONTENT], kept) };
  });
}

/** Up to `max` disjoint profiles of `likes` movies each. The last knot has one profile of all fold-in likes. */
function profilesOf(foldIn: Uint32Array, likes: number, max: number): Uint32Array[] {
  if (likes === LAST) return [foldIn];
  const count = Math.min(max, Math.max(1, Math.floor(foldIn.length / likes)));
  return Array.from({ length: count }, (_, n) => foldIn.subarray(n * likes, (n + 1) * likes));
}

function withContent(pools: readonly Pool[], { weights, ndcg }: Found, natural: readonly number[]): number[] {
  for (const size of CONTENT_SIZES) {
    const value = size * natural[CONTENT];
    if (value <= weights[CONTENT]) break;
    const changed = weights.with(CONTENT, value);
    if (ndcgOf(pools, changed) >= (1 - MAX_LOSS) * ndcg) return changed;
  }
  return weights;
}

function ascend(pools: readonly Pool[], from: readonly number[], natural: readonly number[], minima: readonly number[]): Found {
  let weights = from.map((weight, part) => Math.max(weight, minima[part]));
  let best = ndcgOf(pools, weights);
  for (let round = 0; round < ROUNDS; round++) {
    const before = best;
    for (let part = 0; part < weights.length; part++) {
      const tried = weights[part] === 0 ? [REVIVED * natural[part]] : [0, ...STEPS.map((step) => step * weights[part])];
      for (const value of tried) {
        const changed = weights.with(part, Math.max(value, minima[part]));
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
    for (let place = 0; place < indices.length; place++) if (pool.isRelevant[indices[place]] === 1) dcg += DISCOUNTS[place];
    sum += dcg / pool.ideal;
  }
  return sum / pools.length;
}

/** Mean difference between the scores of the best and of the 100th (or last) place. */
function spreadOf(pools: readonly Pool[], weights: readonly number[]): number {
  return meanOf(
    pools.map((pool) => {
      const { scores } = ranked(pool, weights);
      return scores[0] - scores[scores.length - 1];
    }),
  );
}

/** The best movies of a pool, as positions in the pool. */
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
