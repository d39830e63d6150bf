import { type Csr, rowNorms, transpose } from '../linalg/csr.ts';
import { TopK } from '../linalg/topk.ts';

/** Rows that are scored first, beside two for each that is asked for. */
const SEEDS = 20;
/** So many rows are multiplied rather than bounded more closely. */
const FEW_ROWS = 4000;
/** Of the profile, that are multiplied exactly before rows are bounded again. */
const LARGEST_COLUMNS = 4;

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
  /** The quotient of each row's length and its divisor, rounded up. */
  readonly #spans: Float32Array;
  readonly #longest: number;
  /** Whether no feature is negative. */
  readonly #isPositive: boolean;

  constructor(features: Csr, divisors: Float64Array, popularity: Float32Array) {
    this.#features = features;
    this.#byColumn = transpose(features);
    this.#divisors = divisors;
    this.#popularity = popularity;
    this.#dots = new Float64Array(features.rows);
    this.#within = new Uint32Array(features.rows);
    this.#spans = Float32Array.from(rowNorms(features), (norm, row) => (norm / divisors[row]) * (1 + 1e-6));
    this.#longest = this.#spans.reduce((a, b) => Math.max(a, b), 0);
    this.#isPositive = features.values.every((value) => value >= 0);
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
   * Offers to `best` every row that belongs there when `added` comes on top of its similarity, with a dot product for few of them. The rows where most is added
   * give a score that has to be reached; a row's similarity is at most the length of the profile's positive part times the row's length, over
   * `length` and the row's divisor (Cauchy and Schwarz, features not being negative), so most rows are seen not to reach it. Where many are left, the
   * profile's largest columns are multiplied exactly and only the others bounded. Nothing that belongs is left out.
   */
  offerBest(profile: Float64Array, length: number, rows: Uint32Array, added: Float64Array, best: TopK): void {
    const scale = length > 0 ? 1 / length : 0;
    // A little less, for the rounding of the products.
    const least = this.#scoreToReach(profile, length, rows, added, best.capacity) - 1e-9;
    let within = this.#reaching(scale * positiveLength(profile, this.#isPositive), rows, added, least);
    if (within.length > FEW_ROWS) within = this.#reachingClosely(profile, scale, within, added, least);
    this.offer(this.dots(profile, within), length, within, 0, best, added);
  }

  /** A score that at least `count` of the rows have. */
  #scoreToReach(profile: Float64Array, length: number, rows: Uint32Array, added: Float64Array, count: number): number {
    const seeds = new TopK(SEEDS + 2 * count);
    let threshold = seeds.threshold;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const value = added[row];
      if (value < threshold) continue;
      seeds.offer(row, value);
      threshold = seeds.threshold;
    }
    const { indices } = seeds.drain();
    const best = new TopK(count);
    this.offer(this.dots(profile, indices), length, indices, 0, best, added);
    return best.threshold;
  }

  /** The rows whose score can be `least` and more when their products are at most `most` times their length, in a scratch array that the next call overwrites. */
  #reaching(most: number, rows: Uint32Array, added: Float64Array, least: number): Uint32Array {
    const spans = this.#spans;
    const within = this.#within;
    const floor = least - most * this.#longest;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const value = added[row];
      // Nearly all end here.
      if (value < floor) continue;
      if (value + most * spans[row] >= least) within[count++] = row;
    }
    return within.subarray(0, count);
  }

  /** Of the rows of `reaching`, those still left when the profile's largest columns are multiplied and only the others bounded; in the same array. */
  #reachingClosely(profile: Float64Array, scale: number, rows: Uint32Array, added: Float64Array, least: number): Uint32Array {
    const largest = largestColumns(profile);
    const rest = profile.slice();
    for (const column of largest) rest[column] = 0;
    const most = scale * positiveLength(rest, this.#isPositive);
    const part = this.#dotsOfColumns(profile, largest);
    const spans = this.#spans;
    const divisors = this.#divisors;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      if (added[row] + (scale * part[row]) / divisors[row] + most * spans[row] >= least) rows[count++] = row;
    }
    return rows.subarray(0, count);
  }

  /** Dot products of at least these rows, by the cheaper kernel, left in a scratch array that the next call overwrites. */
  dots(profile: Float64Array, rows: Uint32Array): Float64Array {
    const byRow = this.#rowCost(rows);
    // By column each dot is set to 0 at least.
    const isByRow = byRow <= this.#features.rows || byRow <= this.#columnCost(profile);
    return isByRow ? this.dotsByRow(profile, rows) : this.dotsByColumn(profile);
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
    return this.#dotsOfColumns(profile, profile.keys());
  }

  /** Products of every row with these columns of the profile alone, in their order, in the same scratch array. */
  #dotsOfColumns(profile: Float64Array, columns: Iterable<number>): Float64Array {
    const { rowOffsets: offsets, columnIndices: rows, values } = this.#byColumn;
    const dots = this.#dots.fill(0);
    for (const column of columns) {
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

/** Length of the part of a vector that is above 0, or of all of it. */
function positiveLength(vector: Float64Array, isPartial: boolean): number {
  let squares = 0;
  for (let j = 0; j < vector.length; j++) if (!isPartial || vector[j] > 0) squares += vector[j] * vector[j];
  return Math.sqrt(squares);
}

/** Where the profile is largest by absolute value. */
function largestColumns(profile: Float64Array): Uint32Array {
  const best = new TopK(LARGEST_COLUMNS);
  let threshold = 0;
  for (let j = 0; j < profile.length; j++) {
    const size = Math.abs(profile[j]);
    if (size === 0 || size < threshold) continue;
    best.offer(j, size);
    threshold = best.threshold;
  }
  return best.drain().indices;
}
