import { rowNorms } from '../../linalg/csr.ts';
import { TopK } from '../../linalg/topk.ts';
import type { SimilarityKernel, SparseVector } from '../content/similarity-kernel.ts';

/** Rows that are scored first to find a threshold, in addition to two for each row that is wanted. */
const SEEDS = 20;
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
/**
 * A tighter bound of similarity prunes hardly any row when its largest possible value is at most this many times that of the deferred term.
 */
const SIMILARITY_PRUNES_RATIO = 0.1;
/** From this share of the rows on, a tighter bound of similarity costs less than the deferred terms that it saves. */
const TIGHT_PRUNE_SHARE = 0.1;
/** From this share of the rows on, the deferred term of all rows costs less than that of the survivors: skipped rows are fetched anyway. */
const FULL_SCAN_SHARE = 0.3;
/** One row of this many is in the sample that estimates the share of survivors. */
const SAMPLE_STEP = 16;

/** A term of every score that costs a dot product for each movie. */
export interface DeferredTerm {
  /** out[row] += the term of each of these rows. */
  add(rows: Uint32Array, out: Float64Array): void;
  /** The absolute value of a row's term is at most this times the row's norm, plus scaledUpperBound times its scaled norm. */
  upperBound: number;
  scaledUpperBound: number;
}

const NO_TERM: DeferredTerm = { upperBound: 0, scaledUpperBound: 0, add() {} };

interface Search {
  profile: SparseVector;
  /** Divides the dot products with the profile, together with a row's normalizer. */
  norm: number;
  /** One entry a movie. */
  baseScores: Float64Array;
  /** Number of rows that are wanted. */
  count: number;
}

/**
 * The similarity of a row is at most `similarity` times its relative norm, its deferred term at most `deferred` times its norm plus `scaled`
 * times its scaled norm.
 */
interface Bound {
  similarity: number;
  deferred: number;
  scaled: number;
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
 * 3. The larger of similarity and deferred term is computed for the survivors, and they are pruned again; then the other one.
 *
 * Rows and scores are the same, to the last bit, as when everything is computed. Uses the scratch memory of the kernel and its own: one
 * call at a time.
 */
export class BoundedSearch {
  readonly #kernel: SimilarityKernel;
  readonly #normalizers: Float64Array;
  readonly #survivors: Uint32Array;
  /** Norm of each feature row divided by its normalizer, rounded up. */
  readonly #relativeNorms: Float32Array;
  readonly #maxRelativeNorm: number;
  /** Whether no feature is negative. Then only positive entries of a profile can add to a similarity. */
  readonly #isPositive: boolean;
  readonly #norms: Float32Array;
  readonly #scaledNorms: Float32Array;
  readonly #maxNorm: number;
  readonly #maxScaledNorm: number;

  /** `norms` and `scaledNorms` have one entry a movie and bound deferred terms, see DeferredTerm. */
  constructor(kernel: SimilarityKernel, norms: Float32Array, scaledNorms: Float32Array) {
    const { features, normalizers } = kernel;
    this.#kernel = kernel;
    this.#normalizers = normalizers;
    this.#survivors = new Uint32Array(features.rows);
    this.#relativeNorms = Float32Array.from(rowNorms(features), (norm, row) => (norm / normalizers[row]) * (1 + 1e-6));
    this.#maxRelativeNorm = largestOf(this.#relativeNorms);
    this.#isPositive = features.values.every((value) => value >= 0);
    this.#norms = norms;
    this.#scaledNorms = scaledNorms;
    this.#maxNorm = largestOf(norms);
    this.#maxScaledNorm = largestOf(scaledNorms);
  }

  /**
   * Offers to `best` every row of `rows` that belongs to the result. `norm` divides the dot products with `profile`; with 0 the similarity
   * is 0. `baseScores` has one entry a movie. The deferred term is added to the entries of the offered rows, and of some others.
   */
  offerBest(profile: SparseVector, norm: number, rows: Uint32Array, baseScores: Float64Array, best: TopK, deferred = NO_TERM): void {
    const search = { profile, norm, baseScores, count: best.capacity };
    const similarity = norm > 0 ? Math.sqrt(this.#squaredNorm(profile.values, profile.columns)) / norm : 0;
    const bound = boundOf(similarity, deferred);
    const maxSimilarity = similarity * this.#maxRelativeNorm;
    const maxDeferred = bound.deferred * this.#maxNorm + bound.scaled * this.#maxScaledNorm;
    const isDeferredFirst = maxSimilarity < SIMILARITY_FIRST_RATIO * maxDeferred;
    const similarityPrunes = maxSimilarity > SIMILARITY_PRUNES_RATIO * maxDeferred;
    let threshold = this.#threshold(search, rows, deferred);
    const isHopeless =
      !similarityPrunes && this.#prune(baseScores, sampleOf(rows), bound, threshold).length > (FULL_SCAN_SHARE * rows.length) / SAMPLE_STEP;
    let survivors = isHopeless ? rows : this.#prune(baseScores, rows, bound, threshold);
    if (isDeferredFirst) {
      if (similarityPrunes && survivors.length > TIGHT_PRUNE_SHARE * rows.length)
        survivors = this.#pruneTightly(search, survivors, deferred, threshold);
      const isFullScan = survivors.length > FULL_SCAN_SHARE * rows.length;
      if (isFullScan) survivors = rows;
      deferred.add(survivors, baseScores);
      if (isFullScan) threshold = Math.max(threshold, this.#threshold(search, survivors));
      survivors = this.#prune(baseScores, survivors, boundOf(similarity, NO_TERM), threshold);
    }
    survivors = this.#pruneTightly(search, survivors, isDeferredFirst ? NO_TERM : deferred, threshold);
    const dots = this.#kernel.dots(profile, survivors);
    if (!isDeferredFirst) {
      survivors = this.#pruneWithDots(dots, search, survivors, boundOf(0, deferred), threshold);
      deferred.add(survivors, baseScores);
    }
    this.#kernel.offer(dots, norm, survivors, 0, best, baseScores);
  }

  /**
   * A score that at least `count` of the rows reach, minus ROUNDING; -Infinity when there are fewer rows. Leaves `baseScores` as it was.
   */
  #threshold({ profile, norm, baseScores, count }: Search, rows: Uint32Array, deferred = NO_TERM): number {
    const seeds = new TopK(Math.min(SEEDS + 2 * count, rows.length));
    let threshold = seeds.threshold;
    for (let n = 0; n < rows.length; n++) {
      const value = baseScores[rows[n]];
      if (value < threshold) continue;
      seeds.offer(rows[n], value);
      threshold = seeds.threshold;
    }
    const { indices, scores: before } = seeds.drain();
    deferred.add(indices, baseScores);
    const best = new TopK(count);
    this.#kernel.offer(this.#kernel.dots(profile, indices), norm, indices, 0, best, baseScores);
    for (let n = 0; n < indices.length; n++) baseScores[indices[n]] = before[n];
    return best.threshold - ROUNDING;
  }

  /**
   * The rows whose upper bound reaches the threshold, in a scratch array that the next prune overwrites. `rows` may be that array:
   *
   *   upper bound = baseScores_j + similarity × relativeNorm_j + deferred × norm_j + scaled × scaledNorm_j
   */
  #prune(baseScores: Float64Array, rows: Uint32Array, { similarity, deferred, scaled }: Bound, threshold: number): Uint32Array {
    const relativeNorms = this.#relativeNorms;
    const norms = this.#norms;
    const scaledNorms = this.#scaledNorms;
    const survivors = this.#survivors;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      survivors[count] = row;
      // Branch-free: the condition is unpredictable.
      const upperBound = similarity * relativeNorms[row] + deferred * norms[row] + scaled * scaledNorms[row];
      count += +(baseScores[row] + upperBound >= threshold);
    }
    return survivors.subarray(0, count);
  }

  /** Like `#prune`, with part of the similarity known: `dots` are dot products with some columns, `similarity` bounds the other columns. */
  #pruneWithDots(
    dots: Float64Array,
    { baseScores, norm }: Search,
    rows: Uint32Array,
    { similarity, deferred, scaled }: Bound,
    threshold: number,
  ): Uint32Array {
    const scale = norm > 0 ? 1 / norm : 0;
    const normalizers = this.#normalizers;
    const relativeNorms = this.#relativeNorms;
    const norms = this.#norms;
    const scaledNorms = this.#scaledNorms;
    const survivors = this.#survivors;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const ofDeferred = deferred * norms[row] + scaled * scaledNorms[row];
      const upperBound = (scale * dots[row]) / normalizers[row] + similarity * relativeNorms[row] + ofDeferred;
      survivors[count] = row;
      count += +(baseScores[row] + upperBound >= threshold);
    }
    return survivors.subarray(0, count);
  }

  /**
   * Like `#prune`, with the profile's largest columns multiplied exactly and only the others bounded. Goes on by groups of columns while a
   * group costs less than the dot products of the survivors, and less than those of the rows that the group before pruned.
   */
  #pruneTightly(search: Search, rows: Uint32Array, deferred: DeferredTerm, threshold: number): Uint32Array {
    if (search.norm === 0) return rows;
    const { values, columns } = search.profile;
    const kernel = this.#kernel;
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
      survivors = this.#pruneWithDots(dots, search, survivors, boundOf(Math.sqrt(rest) / search.norm, deferred), threshold);
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

function sampleOf(rows: Uint32Array): Uint32Array {
  const sample = new Uint32Array(Math.floor(rows.length / SAMPLE_STEP));
  for (let n = 0; n < sample.length; n++) sample[n] = rows[n * SAMPLE_STEP];
  return sample;
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

function largestOf(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
