import type { Blend, BlendWeights } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { meanOf } from '../data/mean.ts';
import { sharedF64 } from '../data/shared-arrays.ts';
import { targetWeight } from '../evaluation/popularity-strata.ts';
import type { HeldOutUser } from '../evaluation/split.ts';
import { CONTENT, type KnownPool, type Pools, poolOf, sharedPools, TERMS, TILT } from '../models/blend/blend-pools.ts';
import { type Ascent, type BlendPhase, type Found, foundBy, RESULT_LENGTH, type Tilting } from '../models/blend/blend-tasks.ts';
import { BlendObjectives } from '../models/blend/objectives.ts';
import { openWorkerPool, type WorkerPool } from '../models/parallel/worker-pool.ts';

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
  /** Number of worker threads that try weights. 0: the calling thread does. */
  threads: number;
  signal: AbortSignal;
}

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
/** Minimum share of its natural size for a term that can score movies with few ratings: few validation users like such movies. */
const MIN_SHARE = 0.1;

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
 *
 * The calling thread scores the profiles of one size while the threads try weights for the size before. Memory is bounded by the pools of
 * two sizes. Deterministic: the number of threads changes no bit.
 */
export async function searchBlend(options: BlendOptions): Promise<Blend> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const workers = await openWorkerPool({ model: 'blend' }, options.threads);
  try {
    const blend: Blend = [];
    let start: readonly number[] | undefined;
    let pools = await poolsAt(options, KNOTS[0], signal);
    for (const [knot, likes] of KNOTS.entries()) {
      const [found, next] = await Promise.all([
        pools && new KnotSearch(workers, pools, signal).settingsAt(knot, start),
        KNOTS[knot + 1] === undefined ? undefined : poolsAt(options, KNOTS[knot + 1], signal),
      ]);
      options.progress(knot + 1, KNOTS.length);
      if (found !== undefined) {
        blend.push({ likes, settings: found.settings.map(({ familiar, weights }) => ({ familiar, ...named(weights) })) });
        start = found.start;
      }
      pools = next;
    }
    return blend;
  } finally {
    stop.abort();
    await workers.close();
  }
}

function named([ease, sparseProfileEase, factors, coLikes, itemSimilarity, content, popularity, tilt]: readonly number[]): BlendWeights {
  return { ease, fewLikes: sparseProfileEase, factors, coLikes, itemSimilarity, content, popularity, tilt };
}

/** The search of the weights for profiles of one size. */
class KnotSearch {
  readonly #workers: WorkerPool;
  readonly #pools: Pools;
  readonly #signal: AbortSignal;
  readonly #objectives: BlendObjectives;
  /** 1 over the mean spread of each term. */
  readonly #natural: readonly number[];

  constructor(workers: WorkerPool, pools: Pools, signal: AbortSignal) {
    this.#workers = workers;
    this.#pools = pools;
    this.#signal = signal;
    this.#objectives = new BlendObjectives(pools, Uint32Array.from(pools.users.keys()));
    this.#natural = TERMS.map((_, part) => 1 / (this.#objectives.spreadOf(unit(part)) || Number.POSITIVE_INFINITY));
  }

  /** The weights at each setting of `familiar`, and the accurate ones in units of natural sizes, with which the next knot starts. */
  async settingsAt(
    knot: number,
    start: readonly number[] | undefined,
  ): Promise<{ settings: { familiar: number; weights: number[] }[]; start: number[] }> {
    const accurate = await this.#accurateWeights(start);
    const { ndcg } = this.#objectives.of(accurate);
    const withContent = MORE_CONTENT.map((more) => accurate.with(CONTENT, accurate[CONTENT] + more * this.#natural[CONTENT]));
    const tiltings = (floor: number): Tilting[] =>
      withContent.map((weights, n) => ({ weights, step: -TILT_STEP, floor, needsFloor: n > 0 }));
    const found = await this.#run('tilt', [
      ...tiltings(KEPT[0.5][knot] * ndcg),
      ...tiltings(KEPT[0][knot] * ndcg),
      { weights: accurate, step: TILT_STEP, floor: KEPT[1][knot] * ndcg, needsFloor: false },
    ]);
    const neutral = withMostContent(found.slice(0, MORE_CONTENT.length), 0) ?? accurate;
    const unknown = withMostContent(found.slice(MORE_CONTENT.length, -1), neutral[CONTENT]) ?? accurate;
    const target = meanOf([...this.#pools.contentSpreads]);
    const settings = [
      { familiar: 0, weights: unknown },
      { familiar: 0.5, weights: neutral },
      { familiar: ACCURATE, weights: accurate },
      { familiar: 1, weights: found[found.length - 1].weights },
    ];
    return {
      settings: settings.map(({ familiar, weights }) => ({ familiar, weights: this.#scaledTo(target, weights) })),
      start: accurate.map((weight, part) => (this.#natural[part] > 0 ? weight / this.#natural[part] : 1)),
    };
  }

  /**
   * The most accurate weights: the mean of those chosen on all pools and on each half of them. Each is a maximum of a flat hill with noise
   * on it, so the mean is nearer to the top than one of them (cross-fitting).
   */
  async #accurateWeights(start: readonly number[] | undefined): Promise<number[]> {
    const natural = this.#natural;
    const minima = natural.map((size, part) => (SCORES_UNRATED.includes(TERMS[part]) ? MIN_SHARE * size : 0));
    const equal = natural.map((size, part) => (part === TILT ? 0 : size));
    // From equal terms, and from the weights of the previous knot in units of its natural sizes.
    const starts = start === undefined ? [equal] : [equal, start.map((weight, part) => weight * natural[part])];
    const all = Uint32Array.from(this.#pools.users.keys());
    const halves = [0, 1].map((half) => all.filter((k) => this.#pools.users[k] % 2 === half)).filter((half) => half.length > 0);
    const ascents = [all, ...halves].flatMap((which): Ascent[] => starts.map((from) => ({ which, from })));
    const found = await this.#run('ascend', ascents, minima);
    const best = [all, ...halves].map((_, n) =>
      found.slice(n * starts.length, (n + 1) * starts.length).reduce((a, b) => (b.ndcg > a.ndcg ? b : a)),
    );
    const scaled = best.map(({ weights }) => this.#scaledTo(1, weights));
    return natural.map((_, part) => meanOf(scaled.map((weights) => weights[part])));
  }

  async #run(kind: 'ascend', tasks: readonly Ascent[], minima: readonly number[]): Promise<Found[]>;
  async #run(kind: 'tilt', tasks: readonly Tilting[]): Promise<Found[]>;
  async #run(kind: BlendPhase['kind'], tasks: readonly (Ascent | Tilting)[], minima?: readonly number[]): Promise<Found[]> {
    const results = sharedF64(tasks.length * RESULT_LENGTH);
    const phase = { kind, pools: this.#pools, natural: this.#natural, tasks, minima, results } as BlendPhase;
    await this.#workers.run(phase, tasks.length);
    this.#signal.throwIfAborted();
    return tasks.map((_, task) => foundBy(results, task));
  }

  #scaledTo(spread: number, weights: readonly number[]): number[] {
    const size = spread / (this.#objectives.spreadOf(weights) || 1);
    return weights.map((weight) => size * weight);
  }
}

/**
 * Looks at the blends up to the first one below the floor. Takes the last that is as good as the best by the second objective, or that has
 * no more content than `minContent`.
 */
function withMostContent(found: readonly Found[], minContent: number): number[] | undefined {
  const below = found.findIndex(({ ndcg }) => Number.isNaN(ndcg));
  const tried = below < 0 ? found : found.slice(0, below);
  const best = Math.max(...tried.map(({ stratified }) => stratified));
  return tried.findLast(({ weights, stratified }) => stratified >= (1 - AS_GOOD) * best || weights[CONTENT] <= minContent)?.weights;
}

/** The pools of all profiles of this size. Undefined when no user has enough likes. Lets other work run between two users. */
async function poolsAt(options: BlendOptions, likes: number, signal: AbortSignal): Promise<Pools | undefined> {
  const eligible = options.cases.filter(({ foldIn }) => foldIn.length >= (likes === LAST ? MIN_FOR_LAST : likes));
  if (eligible.length === 0) return undefined;
  // A user with many likes yields several small profiles.
  const repeats = Math.min(MAX_REPEATS, Math.max(1, Math.floor(ENOUGH_LISTS / eligible.length)));
  const outs = TERMS.map(() => new Float64Array(options.movies));
  const isExcluded = new Uint8Array(options.movies);
  const pools: KnownPool[] = [];
  for (const [n, { foldIn, excluded, relevant }] of eligible.entries()) {
    for (const row of excluded) isExcluded[row] = 1;
    const rows = options.candidates.filter((row) => isExcluded[row] === 0);
    for (const row of excluded) isExcluded[row] = 0;
    const targetWeights = Float64Array.from(relevant, (row) => targetWeight(options.likeCounts[row]));
    for (const known of profilesOf(foldIn, likes, repeats)) {
      TERMS.forEach((name, part) => {
        options.parts[name](known, outs[part].fill(0));
      });
      const pool = poolOf(outs, rows);
      const contentSpread = options.contentSpread(known, outs[CONTENT], pool.rows);
      pools.push({ ...pool, user: n, relevant, targetWeights, contentSpread });
    }
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  return sharedPools(pools);
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
