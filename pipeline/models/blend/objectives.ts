import { meanOf } from '../../data/mean.ts';
import { DEPTH, discountAt, type Pools } from './blend-pools.ts';

export interface Objectives {
  /** Mean NDCG@100. */
  ndcg: number;
  /** The same with each target weighted by likes^-0.5. */
  stratified: number;
}

const DISCOUNTS = Float64Array.from({ length: DEPTH }, (_, place) => discountAt(place));

/** The objectives of blends over some of the pools. It has a scratch memory of one number for each movie of the largest pool. */
export class BlendObjectives {
  readonly #pools: Pools;
  /** Numbers of the pools that count. */
  readonly #which: Uint32Array;
  readonly #scores: Float64Array;
  /** The best scores of one pool as a heap, the lowest first. Free places hold -Infinity. */
  readonly #best = new Float64Array(DEPTH);
  /** The target at each place plus 1. 0: no target. */
  readonly #targetAt = new Uint32Array(DEPTH);

  constructor(pools: Pools, which: Uint32Array) {
    const { offsets } = pools;
    this.#pools = pools;
    this.#which = which;
    this.#scores = new Float64Array(which.reduce((most, k) => Math.max(most, offsets[k + 1] - offsets[k]), 0));
  }

  of(weights: readonly number[]): Objectives {
    return this.at(this.restsOf(weights, 0), 0, weights[0]);
  }

  /** The scores without one of the terms, by entry of the pools: a search that changes one weight needs no more than this and that term. */
  restsOf(weights: readonly number[], except: number): Float64Array {
    const { offsets, columns } = this.#pools;
    const rests = new Float64Array(offsets[offsets.length - 1]);
    columns.forEach((column, part) => {
      const weight = weights[part];
      if (part === except || weight === 0) return;
      for (const k of this.#which) for (let n = offsets[k]; n < offsets[k + 1]; n++) rests[n] += weight * column[n];
    });
    return rests;
  }

  /** The objectives for the weights of these rests, with `value` as the weight of the term that they leave out. */
  at(rests: Float64Array, part: number, value: number): Objectives {
    const { targetWeights, ideals, stratifiedIdeals } = this.#pools;
    const targetAt = this.#targetAt;
    let ndcg = 0;
    let stratified = 0;
    for (const k of this.#which) {
      this.#rank(k, rests, part, value);
      this.#placeTargets(k);
      let dcg = 0;
      let weighted = 0;
      for (let place = 0; place < DEPTH; place++) {
        if (targetAt[place] === 0) continue;
        dcg += DISCOUNTS[place];
        weighted += DISCOUNTS[place] * targetWeights[targetAt[place] - 1];
      }
      ndcg += dcg / ideals[k];
      stratified += weighted / stratifiedIdeals[k];
    }
    return { ndcg: ndcg / this.#which.length, stratified: stratified / this.#which.length };
  }

  /** Mean difference between the scores of the best and of the 100th (or last) place. */
  spreadOf(weights: readonly number[]): number {
    const { offsets } = this.#pools;
    const rests = this.restsOf(weights, 0);
    const spreads = Array.from(this.#which, (k) => {
      this.#rank(k, rests, 0, weights[0]);
      const best = this.#best.toSorted();
      return best[DEPTH - 1] - best[Math.max(0, DEPTH - (offsets[k + 1] - offsets[k]))];
    });
    return meanOf(spreads);
  }

  /** Writes the scores of a pool, rest + value × column, and the best of them. */
  #rank(k: number, rests: Float64Array, part: number, value: number): void {
    const { offsets, columns } = this.#pools;
    const column = columns[part];
    const first = offsets[k];
    const length = offsets[k + 1] - first;
    const scores = this.#scores;
    const best = this.#best.fill(Number.NEGATIVE_INFINITY);
    let lowest = best[0];
    for (let n = 0; n < length; n++) {
      const score = rests[first + n] + value * column[first + n];
      scores[n] = score;
      if (score <= lowest) continue;
      replaceLowest(best, score);
      lowest = best[0];
    }
  }

  /** Finds the places of the targets in the order by score, then by row. Needs the scores of the pool. */
  #placeTargets(k: number): void {
    const { offsets, targetOffsets, targets } = this.#pools;
    const scores = this.#scores;
    const best = this.#best;
    const targetAt = this.#targetAt.fill(0);
    const first = offsets[k];
    for (let p = targetOffsets[k]; p < targetOffsets[k + 1]; p++) {
      const score = scores[targets[p] - first];
      if (score < best[0]) continue;
      let place = 0;
      let equal = 0;
      for (let n = 0; n < DEPTH; n++) {
        place += best[n] > score ? 1 : 0;
        equal += best[n] === score ? 1 : 0;
      }
      // The lowest of the best may have equals that are not among the best.
      if (equal > 1 || score === best[0]) place += this.#equalsBefore(k, targets[p]);
      if (place < DEPTH) targetAt[place] = p + 1;
    }
  }

  /** Number of movies of a pool with the score of this entry and a lower row. */
  #equalsBefore(k: number, entry: number): number {
    const { offsets, rows } = this.#pools;
    const first = offsets[k];
    const score = this.#scores[entry - first];
    let count = 0;
    for (let n = first; n < offsets[k + 1]; n++) if (this.#scores[n - first] === score && rows[n] < rows[entry]) count++;
    return count;
  }
}

/** Puts a larger score in the place of the root of a heap with the lowest first. */
function replaceLowest(heap: Float64Array, score: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= score) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = score;
}
