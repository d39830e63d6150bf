import { TopK } from '../../linalg/topk.ts';
import type { SimilarityKernel, SparseVector } from '../content/similarity-kernel.ts';
import type { Bound, RowBounds } from './row-bounds.ts';

/** Rows that are scored first to find a threshold, in addition to two for each row that is wanted. */
const SEEDS = 20;
/** Rows with the largest upper bounds that are scored in addition when the first threshold leaves too many rows. */
const BOUND_SEEDS = 1000;
/** Sizes of the groups of the profile's largest columns. After each group is multiplied exactly, rows are pruned again. */
const COLUMN_GROUPS = [4, 12, 32, 96];
const MAX_COLUMNS = COLUMN_GROUPS.reduce((a, b) => a + b);
/** Subtracted from the threshold, since sums of the same terms in another order differ by rounding. */
const ROUNDING = 1e-9;
/** Relative rounding error left after all terms of a sum of squares are subtracted. */
const SQUARES_ROUNDING = 1e-12;

/**
 * Similarity is computed before the deferred term when its largest possible value is at least this many times that of the deferred term.
 */
const SIMILARITY_FIRST_RATIO = 2;
/** From this share of the rows on, the deferred term of all rows costs less than that of the survivors: skipped rows are fetched anyway. */
const FULL_SCAN_SHARE = 0.3;

/** A term of every score that costs a dot product for each movie. */
export interface DeferredTerm {
  /** out[row] += the term of each of these rows. */
  add(rows: Uint32Array, out: Float64Array): void;
  /** The absolute value of a row's term is at most this times the row's norm, plus scaledUpperBound times its scaled norm. */
  upperBound: number;
  scaledUpperBound: number;
  /** Similarity is computed first, whatever the bounds say. For a term whose bound is far above most of its values. */
  comesLast?: boolean;
}

const NO_TERM: DeferredTerm = { upperBound: 0, scaledUpperBound: 0, add() {} };

interface Search {
  profile: SparseVector;
  /** Divides the dot products with the profile, together with a row's normalizer. */
  norm: number;
  /** Number of rows that are wanted. */
  count: number;
}

function boundOf(similarity: number, { upperBound, scaledUpperBound }: DeferredTerm): Bound {
  return { similarity, deferred: upperBound, scaled: scaledUpperBound };
}

/**
 * Finds the rows with the largest sum of terms without computing every term of every row, in the manner of MaxScore (Turtle and Flood 1995)
 * and of Fagin's threshold algorithm (2001):
 *
 *   score_j = similarity_j + baseScores_j + deferred_j
 *
 * 1. baseScores are known for every row. The rows where they are largest are scored in full, which gives a threshold that the result
 *    reaches.
 * 2. Rows whose upper bound lies below the threshold are pruned. By Cauchy and Schwarz similarity_j <= |profile| |f_j| / (normalizer_j ×
 *    norm) and deferred_j <= upperBound × norm_j + scaledUpperBound × scaledNorm_j.
 * 3. The larger of similarity and deferred term is computed for the survivors, and they are pruned again; then the other one. Similarity is
 *    computed by the profile's largest columns first. The rows where the first of these columns give most are scored in full, which may
 *    raise the threshold.
 *
 * Rows and scores are the same, to the last bit, as when everything is computed. Uses the scratch memory of the kernel and its own: one
 * call at a time.
 */
export class BoundedSearch {
  readonly #kernel: SimilarityKernel;
  readonly #bounds: RowBounds;
  /** Whether no feature is negative. Then only positive entries of a profile can add to a similarity. */
  readonly #isPositive: boolean;

  constructor(kernel: SimilarityKernel, bounds: RowBounds) {
    this.#kernel = kernel;
    this.#bounds = bounds;
    this.#isPositive = kernel.features.values.every((value) => value >= 0);
  }

  /**
   * Offers to `best` every row of `rows` that belongs to the result. `rows` ascend. `norm` divides the dot products with `profile`; with 0
   * the similarity is 0. The base scores are those of the bounds. The deferred term is added to the entries of the offered rows, and of
   * some others; those of rows that are not in `rows` may be overwritten.
   */
  offerBest(profile: SparseVector, norm: number, rows: Uint32Array, best: TopK, deferred = NO_TERM): void {
    const bounds = this.#bounds;
    const { baseScores } = bounds;
    bounds.begin(rows);
    const search = { profile, norm, count: best.capacity };
    const similarity = norm > 0 ? Math.sqrt(this.#squaredNorm(profile.values, profile.columns)) / norm : 0;
    const bound = boundOf(similarity, deferred);
    const maxSimilarity = similarity * bounds.maxRelativeNorm;
    const maxDeferred = bound.deferred * bounds.maxNorm + bound.scaled * bounds.maxScaledNorm;
    const isDeferredFirst = deferred.comesLast !== true && maxSimilarity < SIMILARITY_FIRST_RATIO * maxDeferred;
    let threshold = this.#threshold(search, bounds.largest(rows, SEEDS + 2 * search.count), deferred);
    let survivors = bounds.reaching(rows, bound, threshold);
    if (isDeferredFirst && survivors.length > FULL_SCAN_SHARE * rows.length) {
      // The deferred terms of the rows with the largest base scores may be small.
      const seeds = bounds.largest(rows, BOUND_SEEDS + 2 * search.count, bound);
      threshold = Math.max(threshold, this.#threshold(search, seeds, deferred));
      survivors = bounds.reaching(rows, bound, threshold);
    }
    if (isDeferredFirst) {
      const isFullScan = survivors.length > FULL_SCAN_SHARE * rows.length;
      if (isFullScan) survivors = rows;
      deferred.add(survivors, baseScores);
      if (isFullScan) threshold = Math.max(threshold, this.#threshold(search, bounds.largest(survivors, SEEDS + 2 * search.count)));
      survivors = bounds.reaching(survivors, boundOf(similarity, NO_TERM), threshold);
    }
    survivors = this.#pruneTightly(search, survivors, isDeferredFirst ? NO_TERM : deferred, threshold);
    const dots = this.#kernel.dots(profile, survivors);
    if (!isDeferredFirst) {
      survivors = bounds.reaching(survivors, boundOf(0, deferred), threshold, { dots, scale: scaleOf(norm), ofAllRows: false });
      deferred.add(survivors, baseScores);
    }
    this.#kernel.offer(dots, norm, survivors, 0, best, baseScores);
  }

  /**
   * A score that at least `count` of the seeds reach, minus ROUNDING; -Infinity when there are fewer seeds. Leaves the base scores as they
   * were.
   */
  #threshold(search: Search, seeds: Uint32Array, deferred = NO_TERM): number {
    return this.#thresholdBy(this.#kernel.dots(search.profile, seeds), search, seeds, deferred);
  }

  /** The same, and leaves the kernel's dot products as they were. */
  #thresholdBeside(known: Float64Array, search: Search, seeds: Uint32Array, deferred: DeferredTerm): number {
    return restoring(known, seeds, () => this.#thresholdBy(this.#kernel.dotsByRow(search.profile, seeds), search, seeds, deferred));
  }

  #thresholdBy(dots: Float64Array, { norm, count }: Search, seeds: Uint32Array, deferred: DeferredTerm): number {
    const { baseScores } = this.#bounds;
    const best = new TopK(count);
    restoring(baseScores, seeds, () => {
      deferred.add(seeds, baseScores);
      this.#kernel.offer(dots, norm, seeds, 0, best, baseScores);
    });
    return best.threshold - ROUNDING;
  }

  /**
   * Rows whose upper bound reaches the threshold, with the profile's largest columns multiplied exactly and only the others bounded. Goes
   * on by groups of columns while a group costs less than the dot products of the survivors. It must also cost less than those of the rows
   * that the group before pruned.
   */
  #pruneTightly(search: Search, rows: Uint32Array, deferred: DeferredTerm, threshold: number): Uint32Array {
    if (search.norm === 0) return rows;
    const { values, columns } = search.profile;
    const kernel = this.#kernel;
    const scale = scaleOf(search.norm);
    const largest = largestColumns(search.profile);
    const squares = this.#squaredNorm(values, columns);
    let rest = squares * (1 + SQUARES_ROUNDING);
    let survivors = rows;
    let done = 0;
    for (const size of COLUMN_GROUPS) {
      const group = { values, columns: largest.subarray(done, done + size) };
      const cost = kernel.columnCost(group.columns);
      if (group.columns.length === 0 || cost > kernel.rowCost(survivors.length)) break;
      const dots = done === 0 ? kernel.dotsByColumn(group) : kernel.addColumns(group);
      done += group.columns.length;
      rest = Math.max(rest - this.#squaredNorm(values, group.columns), squares * SQUARES_ROUNDING);
      const before = survivors.length;
      const known = { dots, scale, ofAllRows: true };
      if (done === group.columns.length && before > BOUND_SEEDS) {
        const seeds = this.#bounds.largest(survivors, SEEDS + 2 * search.count, undefined, known);
        threshold = Math.max(threshold, this.#thresholdBeside(dots, search, seeds, deferred));
      }
      survivors = this.#bounds.reaching(survivors, boundOf(Math.sqrt(rest) / search.norm, deferred), threshold, known);
      if (kernel.rowCost(before - survivors.length) < cost) break;
    }
    return survivors;
  }

  /** Square of the largest dot product that a row of norm 1 can have with these columns of a profile. */
  #squaredNorm(values: Float64Array, columns: Uint32Array): number {
    let squares = 0;
    for (let n = 0; n < columns.length; n++) {
      const value = values[columns[n]];
      if (!this.#isPositive || value > 0) squares += value * value;
    }
    return squares;
  }
}

/** Does the work, and puts the values of these rows back. */
function restoring<T>(values: Float64Array, rows: Uint32Array, work: () => T): T {
  const before = Float64Array.from(rows, (row) => values[row]);
  const result = work();
  rows.forEach((row, n) => {
    values[row] = before[n];
  });
  return result;
}

function scaleOf(norm: number): number {
  return norm > 0 ? 1 / norm : 0;
}

/** The columns where the profile is largest by absolute value, largest first; at most MAX_COLUMNS. */
function largestColumns({ values, columns }: SparseVector): Uint32Array {
  const best = new TopK(MAX_COLUMNS);
  let threshold = best.threshold;
  for (let n = 0; n < columns.length; n++) {
    const size = Math.abs(values[columns[n]]);
    if (size < threshold) continue;
    best.offer(columns[n], size);
    threshold = best.threshold;
  }
  return best.drain().indices;
}
