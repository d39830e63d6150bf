import { type Csr, rowNorms, transpose } from '../linalg/csr.ts';
import { TopK } from '../linalg/topk.ts';

/**
 * Scores candidates against a dense profile: score = (row · profile) / (divisor × profile's length) + popularityWeight × popularity.
 * Two kernels give the same bits (they add the same products in the same order): over the rows of few candidates, or over the columns that
 * the profile has. Each is exact; the cheaper one is taken.
 */
export class Scorer {
  readonly #features: Csr;
  readonly #byColumn: Csr;
  readonly #divisors: Float64Array;
  readonly #popularity: Float32Array;
  readonly #dots: Float64Array;
  readonly #within: Uint32Array;
  /** The largest quotient of a row's length and its divisor. */
  readonly #longest: number;

  constructor(features: Csr, divisors: Float64Array, popularity: Float32Array) {
    this.#features = features;
    this.#byColumn = transpose(features);
    this.#divisors = divisors;
    this.#popularity = popularity;
    this.#dots = new Float64Array(features.rows);
    this.#within = new Uint32Array(features.rows);
    this.#longest = rowNorms(features).reduce((most, norm, row) => Math.max(most, norm / divisors[row]), 0);
  }

  /**
   * Offers every row to `best`. `dots` are the rows' products with the profile and `length` is the profile's Euclidean length; with 0 there is
   * popularity alone. `added`, an entry a movie, comes on top.
   */
  offer(dots: Float64Array, length: number, rows: Uint32Array, popularityWeight: number, best: TopK, added?: Float64Array): void {
    const scale = length > 0 ? 1 / length : 0;
    const divisors = this.#divisors;
    const popularity = this.#popularity;
    let threshold = best.threshold;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const similarity = scale === 0 ? 0 : (dots[row] * scale) / divisors[row];
      const content = similarity + popularityWeight * popularity[row];
      const score = added === undefined ? content : content + added[row];
      if (score < threshold) continue;
      best.offer(row, score);
      threshold = best.threshold;
    }
  }

  /** Writes the score of each row into `scores`, in the order of `rows`; the same numbers as `offer` gives. */
  write(dots: Float64Array, length: number, rows: Uint32Array, popularityWeight: number, scores: Float64Array, added?: Float64Array): void {
    const scale = length > 0 ? 1 / length : 0;
    const divisors = this.#divisors;
    const popularity = this.#popularity;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const similarity = scale === 0 ? 0 : (dots[row] * scale) / divisors[row];
      const content = similarity + popularityWeight * popularity[row];
      scores[n] = added === undefined ? content : content + added[row];
    }
  }

  /**
   * The rows that can be among the `reach` best when `added` comes on top, without a dot product: a row's similarity lies within ± the profile's own length
   * over `length` times the row's length over its divisor (Cauchy and Schwarz), and the rest of its score is known. Nothing that belongs is left out.
   * Left in a scratch array that the next call overwrites.
   */
  within(
    profile: Float64Array,
    length: number,
    rows: Uint32Array,
    popularityWeight: number,
    reach: number,
    added: Float64Array,
  ): Uint32Array {
    if (length === 0 || reach >= rows.length) return rows;
    let squares = 0;
    for (let column = 0; column < profile.length; column++) squares += profile[column] * profile[column];
    // A little more, for the rounding of the products.
    const most = (Math.sqrt(squares) / length) * this.#longest * (1 + 1e-9);
    const best = new TopK(reach);
    const popularity = this.#popularity;
    let threshold = best.threshold;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const score = popularityWeight * popularity[row] + added[row];
      if (score < threshold) continue;
      best.offer(row, score);
      threshold = best.threshold;
    }
    const least = threshold - 2 * most - 1e-9;
    const within = this.#within;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      if (popularityWeight * popularity[row] + added[row] >= least) within[count++] = row;
    }
    return within.subarray(0, count);
  }

  /** Dot products of at least these rows, by the cheaper kernel, left in a scratch array that the next call overwrites. */
  dots(profile: Float64Array, rows: Uint32Array): Float64Array {
    return this.#rowCost(rows) <= this.#columnCost(profile) ? this.dotsByRow(profile, rows) : this.dotsByColumn(profile);
  }

  /** Dot products of these rows alone, left in a scratch array that the next call overwrites. */
  dotsByRow(profile: Float64Array, rows: Uint32Array): Float64Array {
    const { rowOffsets, columnIndices, values } = this.#features;
    const dots = this.#dots;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const end = rowOffsets[row + 1];
      let sum = 0;
      for (let p = rowOffsets[row]; p < end; p++) sum += values[p] * profile[columnIndices[p]];
      dots[row] = sum;
    }
    return dots;
  }

  /** Dot products of every row, left in a scratch array that the next call overwrites. */
  dotsByColumn(profile: Float64Array): Float64Array {
    const { rowOffsets: offsets, columnIndices: rows, values } = this.#byColumn;
    const dots = this.#dots.fill(0);
    for (let column = 0; column < profile.length; column++) {
      const weight = profile[column];
      if (weight === 0) continue;
      const end = offsets[column + 1];
      for (let p = offsets[column]; p < end; p++) dots[rows[p]] += values[p] * weight;
    }
    return dots;
  }

  #rowCost(rows: Uint32Array): number {
    return this.#features.rows === 0 ? 0 : (rows.length / this.#features.rows) * this.#features.values.length;
  }

  #columnCost(profile: Float64Array): number {
    const offsets = this.#byColumn.rowOffsets;
    let entries = this.#features.rows;
    for (let column = 0; column < profile.length; column++) if (profile[column] !== 0) entries += offsets[column + 1] - offsets[column];
    return entries;
  }
}
