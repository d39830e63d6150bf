import type { Blend, BlendWeights } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { meanOf } from '../data/mean.ts';
import type { HeldOutUser } from '../evaluation/split.ts';
import { type Objectives, objectivesAt, objectivesOf, type Pool, poolOf, restsOf, spreadOf, TERMS } from './blend-pool.ts';

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
  /** Likes of each row, by which a target counts in the second objective. */
  likeCounts: ArrayLike<number>;
  /**
   * Difference between the best and the 100th of these rows when the content model ranks alone, as served. `content` holds the content
   * term for these likes. The blend is scaled to this spread.
   */
  contentSpread: (likes: Uint32Array, content: Float64Array, rows: Uint32Array) => number;
  progress(done: number, total: number): void;
}

const CONTENT = TERMS.indexOf('content');
const TILT = TERMS.indexOf('tilt');
const SCORES_UNRATED: readonly string[] = ['factors', 'content'];
/**
 * Profile sizes for which weights are chosen. The last serves all larger profiles and is measured with all fold-in likes: a user with 20
 * known likes of 200 differs from a user with 20 likes. Larger knots would have few users each, so their weights would be noise.
 */
const KNOTS = [1, 3, 5, 10, 20];
const LAST = KNOTS[KNOTS.length - 1];
const MIN_FOR_LAST = 0.7 * LAST;
/** Weights chosen on fewer lists are noise: with 237 users content got a quarter of the weight that it got with 500. */
const ENOUGH_LISTS = 1500;
const MAX_REPEATS = 4;
const STEPS = [0.4, 0.7, 0.9, 1.1, 1.4, 2.5];
/** A term whose weight is 0 is tried again with this share of its natural size. */
const REVIVED = 0.05;
/** Minimum share of its natural size for a term that can score movies with few ratings: few validation users like such movies. */
const MIN_SHARE = 0.1;
const ROUNDS = 6;
const MIN_GAIN = 1e-5;

/** `familiar` where accuracy is the only objective. */
const ACCURATE = 0.8;
/** The settings that are less accurate on purpose: how much of the accuracy optimum's NDCG@100 each keeps, by the knots. */
const KEPT = {
  0: [0.72, 0.76, 0.8, 0.84, 0.9],
  0.5: [0.915, 0.94, 0.95, 0.97, 0.99],
  1: [0.95, 0.95, 0.955, 0.96, 0.98],
} as const;
/** Content that is tried on top of the accurate blend, in units of its spread. */
const MORE_CONTENT = [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1];
const TILT_STEP = 0.02;
const MAX_TILT = 0.8;
/** Among blends within this share of the best second objective, the one with most content is chosen. */
const AS_GOOD = 0.02;

/**
 * Chooses the weights of a blend for profiles of 1, 3, 5 ... likes at four settings of `familiar`. A profile is a part of a user's fold-in
 * likes, in random order.
 *
 * - 0.8: accuracy is the only objective, NDCG@100 of the validation users. The weights are found by coordinate ascent.
 * - 0.5: the second objective is NDCG@100 with each target counted by likes^-0.5 (Steck, RecSys 2011), which popular movies do not
 *   dominate. It is raised by a tilt against popular movies, and by more content, until accuracy has fallen to the share in KEPT. Among
 *   blends that are as good by the second objective the one with most content is chosen: it also holds for likes that nobody else has, of
 *   which held-out likes say nothing.
 * - 0: the same, with less accuracy kept, and with at least as much content beside the other terms as at 0.5.
 * - 1: the accurate blend with a tilt towards popular movies.
 *
 * The natural size of a term is 1 over the mean spread of its scores (best minus 100th place), so that all terms start equal. The weights
 * of each setting are scaled so that the blend has the spread of the content model alone. The score is linear in every term.
 * Deterministic.
 */
export function searchBlend(options: BlendOptions): Blend {
  const blend: Blend = [];
  let start: number[] | undefined;
  KNOTS.forEach((likes, knot) => {
    const pools = poolsAt(options, likes);
    options.progress(knot + 1, KNOTS.length);
    if (pools.length === 0) return;
    const natural = TERMS.map((_, part) => 1 / (spreadOf(pools, unit(part)) || Number.POSITIVE_INFINITY));
    const accurate = accurateWeights(pools, natural, start);
    const { ndcg } = objectivesOf(pools, accurate);
    start = accurate.map((weight, part) => (natural[part] > 0 ? weight / natural[part] : 1));
    const neutral = towardsTheUnknown(pools, accurate, natural, KEPT[0.5][knot] * ndcg);
    const unknown = towardsTheUnknown(pools, accurate, natural, KEPT[0][knot] * ndcg, neutral[CONTENT]);
    const settings = [
      { familiar: 0, weights: unknown },
      { familiar: 0.5, weights: neutral },
      { familiar: ACCURATE, weights: accurate },
      { familiar: 1, weights: tilted(pools, accurate, natural, TILT_STEP, KEPT[1][knot] * ndcg) },
    ];
    const target = meanOf(pools.map(({ contentSpread }) => contentSpread));
    blend.push({ likes, settings: settings.map(({ familiar, weights }) => ({ familiar, ...named(scaledTo(target, pools, weights)) })) });
  });
  return blend;
}

function named([ease, sparseProfileEase, factors, coLikes, itemSimilarity, content, popularity, tilt]: readonly number[]): BlendWeights {
  return { ease, fewLikes: sparseProfileEase, factors, coLikes, itemSimilarity, content, popularity, tilt };
}

function scaledTo(spread: number, pools: readonly Pool[], weights: readonly number[]): number[] {
  const size = spread / (spreadOf(pools, weights) || 1);
  return weights.map((weight) => size * weight);
}

/**
 * The most accurate weights: the mean of those chosen on all pools and on each half of them. Each is a maximum of a flat hill with noise on
 * it, so the mean is nearer to the top than one of them (cross-fitting).
 */
function accurateWeights(pools: readonly Pool[], natural: readonly number[], start: readonly number[] | undefined): number[] {
  const minima = natural.map((size, part) => (SCORES_UNRATED.includes(TERMS[part]) ? MIN_SHARE * size : 0));
  const equal = natural.map((size, part) => (part === TILT ? 0 : size));
  // From equal terms, and from the weights of the previous knot in units of its natural sizes.
  const starts = start === undefined ? [equal] : [equal, start.map((weight, part) => weight * natural[part])];
  const halves = [0, 1].map((half) => pools.filter(({ user }) => user % 2 === half)).filter((half) => half.length > 0);
  const found = [pools, ...halves].map((some) => {
    const [best] = starts.map((from) => ascend(some, from, natural, minima)).sort((a, b) => b.ndcg - a.ndcg);
    return scaledTo(1, pools, best.weights);
  });
  return natural.map((_, part) => meanOf(found.map((weights) => weights[part])));
}

/**
 * The accurate weights with more content, `minContent` at least, and a tilt against popular movies, so that NDCG@100 stays at `floor` or
 * above.
 */
function towardsTheUnknown(
  pools: readonly Pool[],
  accurate: readonly number[],
  natural: readonly number[],
  floor: number,
  minContent = 0,
): number[] {
  const tried: { weights: number[]; figures: Objectives }[] = [];
  for (const more of MORE_CONTENT) {
    const changed = accurate.with(CONTENT, accurate[CONTENT] + more * natural[CONTENT]);
    if (tried.length > 0 && objectivesOf(pools, changed).ndcg < floor) break;
    const weights = tilted(pools, changed, natural, -TILT_STEP, floor);
    tried.push({ weights, figures: objectivesOf(pools, weights) });
  }
  const best = Math.max(...tried.map(({ figures }) => figures.stratified));
  const last = tried.findLast(({ weights, figures }) => figures.stratified >= (1 - AS_GOOD) * best || weights[CONTENT] <= minContent);
  return last?.weights ?? [...accurate];
}

/** The weights with the largest tilt, in steps of `step` natural sizes, that leaves NDCG@100 at `floor` or above. */
function tilted(pools: readonly Pool[], weights: readonly number[], natural: readonly number[], step: number, floor: number): number[] {
  const rests = restsOf(pools, weights, TILT);
  let best = weights[TILT];
  for (let size = step; Math.abs(size) <= MAX_TILT; size += step) {
    const tilt = weights[TILT] + size * natural[TILT];
    if (objectivesAt(pools, rests, TILT, tilt).ndcg < floor) break;
    best = tilt;
  }
  return weights.with(TILT, best);
}

interface Found {
  weights: number[];
  ndcg: number;
}

function ascend(pools: readonly Pool[], from: readonly number[], natural: readonly number[], minima: readonly number[]): Found {
  let weights = from.map((weight, part) => Math.max(weight, minima[part]));
  let best = objectivesOf(pools, weights).ndcg;
  for (let round = 0; round < ROUNDS; round++) {
    const before = best;
    for (let part = 0; part < weights.length; part++) {
      if (part === TILT) continue;
      const rests = restsOf(pools, weights, part);
      const tried = weights[part] === 0 ? [REVIVED * natural[part]] : [0, ...STEPS.map((step) => step * weights[part])];
      for (const value of tried) {
        const kept = Math.max(value, minima[part]);
        const { ndcg } = objectivesAt(pools, rests, part, kept);
        if (ndcg > best + MIN_GAIN) {
          best = ndcg;
          weights = weights.with(part, kept);
        }
      }
    }
    if (best - before < MIN_GAIN) break;
  }
  return { weights, ndcg: best };
}

function poolsAt(options: BlendOptions, likes: number): Pool[] {
  const eligible = options.cases.filter(({ foldIn }) => foldIn.length >= (likes === LAST ? MIN_FOR_LAST : likes));
  // A user with many likes yields several small profiles.
  const repeats = Math.min(MAX_REPEATS, Math.max(1, Math.floor(ENOUGH_LISTS / eligible.length)));
  const outs = TERMS.map(() => new Float64Array(options.movies));
  const isExcluded = new Uint8Array(options.movies);
  return eligible.flatMap((user, n) =>
    profilesOf(user.foldIn, likes, repeats).map((known) => {
      for (const row of user.excluded) isExcluded[row] = 1;
      const rows = options.candidates.filter((row) => isExcluded[row] === 0);
      for (const row of user.excluded) isExcluded[row] = 0;
      TERMS.forEach((name, part) => {
        options.parts[name](known, outs[part].fill(0));
      });
      const pool = poolOf(outs, rows, user.relevant, options.likeCounts);
      return { ...pool, user: n, contentSpread: options.contentSpread(known, outs[CONTENT], pool.rows) };
    }),
  );
}

/** Up to `max` disjoint profiles of `likes` movies each. The last knot has one profile of all fold-in likes. */
function profilesOf(foldIn: Uint32Array, likes: number, max: number): Uint32Array[] {
  if (likes === LAST) return [foldIn];
  const count = Math.min(max, Math.max(1, Math.floor(foldIn.length / likes)));
  return Array.from({ length: count }, (_, n) => foldIn.subarray(n * likes, (n + 1) * likes));
}

function unit(part: number): number[] {
  return TERMS.map((_, n) => (n === part ? 1 : 0));
}
