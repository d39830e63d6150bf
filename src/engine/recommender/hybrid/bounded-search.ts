import { rowNorms } from '../../linalg/csr.ts';
import { TopK } from '../../linalg/topk.ts';
import type { Profile, Scorer } from '../content/similarity-kernel.ts';

/** Rows that are scored first, beside two for each that is asked for. */
const SEEDS = 20;
/** So many of the profile's largest columns are multiplied exactly before rows are bounded again, then so many more. */
const COLUMN_GROUPS = [4, 12, 32, 96];
const MAX_COLUMNS = COLUMN_GROUPS.reduce((a, b) => a + b);
/** What a score that has to be reached is lowered by, for the rounding of sums. */
const ROUNDING = 1e-9;
/** Share of a sum of squares, that is left when all of them are taken away again. */
const SQUARES_ROUNDING = 1e-12;

/** Where the largest similarity that a row can have is more than so many times the largest costly part, similarity is computed first. */
const SIMILARITY_FIRST = 2;
/** Where it is less than so much of it, a closer bound of similarity leaves hardly any row out. */
const SIMILARITY_HELPS = 0.1;
/** The share of the rows from which bounding similarity more closely is worth more than the costly parts it saves. */
const SOME = 0.1;
/** The share of the rows from which all are read rather than some: what is skipped is read all the same, and slower than one after the other. */
const MANY = 0.3;
/** One row of so many says how many will be left. */
const SAMPLED = 16;

/** A part of every score that costs a product of vectors for each movie. */
export interface DeferredTerm {
  /** out[row] += the part of each of these rows. */
  add(rows: Uint32Array, out: Float64Array): void;
  /** A row's part is at most this times its length, by absolute value. */
  upperBound: number;
}

const NOTHING: DeferredTerm = { upperBound: 0, add() {} };

/** What is asked, and what is known of it. */
interface Search {
  profile: Profile;
  /** What similarity is divided by, beside a row's divisor. */
  norm: number;
  /** An entry a row. */
  baseScores: Float64Array;
  /** How many rows are wanted. */
  count: number;
}

/** Similarity can be at most `similarity` times a row's span, the costly part `costly` times its length. */
interface Bound {
  similarity: number;
  deferred: number;
}

/**
 * Finds the best rows of a sum of parts without computing all of it for all rows, in the manner of MaxScore (Turtle and Flood 1995) and of Fagin's threshold
 * algorithm (2001): what costs little is known of every row; the rows where that is most give a score that has to be reached; and what costs more is
 * computed only where it can reach it by the bounds of Cauchy and Schwarz. The same rows and scores, to the last bit, as with everything computed.
 */
export class BoundedSearch {
  readonly #scorer: Scorer;
  readonly #normalizers: Float64Array;
  readonly #survivors: Uint32Array;
  /** The quotient of each row's length and its divisor, rounded up. */
  readonly #relativeNorms: Float32Array;
  readonly #maxRelativeNorm: number;
  /** Whether no feature is negative: then only what is above 0 in a profile can add to a similarity. */
  readonly #isPositive: boolean;
  readonly #norms: Float32Array;
  readonly #maxNorm: number;

  /** `lengths` are those that costly parts are bounded with. */
  constructor(scorer: Scorer, lengths: Float32Array) {
    const { features, normalizers } = scorer;
    this.#scorer = scorer;
    this.#normalizers = normalizers;
    this.#survivors = new Uint32Array(features.rows);
    this.#relativeNorms = Float32Array.from(rowNorms(features), (norm, row) => (norm / normalizers[row]) * (1 + 1e-6));
    this.#maxRelativeNorm = largestOf(this.#relativeNorms);
    this.#isPositive = features.values.every((value) => value >= 0);
    this.#norms = lengths;
    this.#maxNorm = largestOf(lengths);
  }

  /**
   * Offers to `best` every row that belongs there by the sum of its similarity to the profile (over `length`; with 0 there is none), its entry of `added` and
   * the costly part, which is added to the entries of the rows that are offered, and of others.
   */
  offerBest(profile: Profile, length: number, rows: Uint32Array, added: Float64Array, best: TopK, costly = NOTHING): void {
    const search = { profile, norm: length, baseScores: added, count: best.capacity };
    const similarity = length > 0 ? Math.sqrt(this.#squaredNorm(profile.values, profile.columns)) / length : 0;
    const bound = { similarity, deferred: costly.upperBound };
    const [mostSimilar, mostCostly] = [similarity * this.#maxRelativeNorm, costly.upperBound * this.#maxNorm];
    const isCostlyFirst = mostSimilar < SIMILARITY_FIRST * mostCostly;
    const similarityHelps = mostSimilar > SIMILARITY_HELPS * mostCostly;
    let least = this.#threshold(search, rows, costly);
    const isHopeless = !similarityHelps && this.#prune(added, sampleOf(rows), bound, least).length > (MANY * rows.length) / SAMPLED;
    let within = isHopeless ? rows : this.#prune(added, rows, bound, least);
    if (isCostlyFirst) {
      if (similarityHelps && within.length > SOME * rows.length) within = this.#pruneTightly(search, within, costly.upperBound, least);
      const isMany = within.length > MANY * rows.length;
      if (isMany) within = rows;
      costly.add(within, added);
      if (isMany) least = Math.max(least, this.#threshold(search, within));
      within = this.#prune(added, within, { similarity, deferred: 0 }, least);
    }
    within = this.#pruneTightly(search, within, isCostlyFirst ? 0 : costly.upperBound, least);
    const dots = this.#scorer.dots(profile, within);
    if (!isCostlyFirst) {
      within = this.#pruneWithDeferred(dots, search, within, { similarity: 0, deferred: costly.upperBound }, least);
      costly.add(within, added);
    }
    this.#scorer.offer(dots, length, within, 0, best, added);
  }

  /** A score that as many of the rows as are wanted have, a little lowered. Leaves `added` as it was. */
  #threshold({ profile, norm, baseScores, count }: Search, rows: Uint32Array, costly = NOTHING): number {
    const seeds = new TopK(Math.min(SEEDS + 2 * count, rows.length));
    let threshold = seeds.threshold;
    for (let n = 0; n < rows.length; n++) {
      const value = baseScores[rows[n]];
      if (value < threshold) continue;
      seeds.offer(rows[n], value);
      threshold = seeds.threshold;
    }
    const { indices, scores: before } = seeds.drain();
    costly.add(indices, baseScores);
    const best = new TopK(count);
    this.#scorer.offer(this.#scorer.dots(profile, indices), norm, indices, 0, best, baseScores);
    for (let n = 0; n < indices.length; n++) baseScores[indices[n]] = before[n];
    return best.threshold - ROUNDING;
  }

  /** The rows that can have `least` and more, in a scratch array that the next call overwrites; `rows` may be that array. */
  #prune(added: Float64Array, rows: Uint32Array, { similarity, deferred }: Bound, least: number): Uint32Array {
    const spans = this.#relativeNorms;
    const lengths = this.#norms;
    const within = this.#survivors;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      within[count] = row;
      // Without a branch, which half of the time would be taken where nobody thought.
      count += +(added[row] + similarity * spans[row] + deferred * lengths[row] >= least);
    }
    return within.subarray(0, count);
  }

  /** The same where some of the similarity is known, as products with the profile; what is not is bounded. */
  #pruneWithDeferred(
    dots: Float64Array,
    { baseScores, norm }: Search,
    rows: Uint32Array,
    { similarity, deferred }: Bound,
    least: number,
  ): Uint32Array {
    const scale = norm > 0 ? 1 / norm : 0;
    const divisors = this.#normalizers;
    const spans = this.#relativeNorms;
    const lengths = this.#norms;
    const within = this.#survivors;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const most = (scale * dots[row]) / divisors[row] + similarity * spans[row] + deferred * lengths[row];
      within[count] = row;
      count += +(baseScores[row] + most >= least);
    }
    return within.subarray(0, count);
  }

  /** The same with the profile's largest columns multiplied and only the others bounded, as long as that costs less than the rows that are left, and pays. */
  #pruneTightly(search: Search, rows: Uint32Array, costly: number, least: number): Uint32Array {
    if (search.norm === 0) return rows;
    const { values, columns } = search.profile;
    const scorer = this.#scorer;
    const largest = largestColumns(search.profile);
    const all = this.#squaredNorm(values, columns);
    let rest = all * (1 + SQUARES_ROUNDING);
    let within = rows;
    let done = 0;
    for (const size of COLUMN_GROUPS) {
      const group = { values, columns: largest.subarray(done, done + size) };
      const cost = scorer.columnCost(group.columns);
      if (group.columns.length === 0 || cost > scorer.rowCost(within.length)) break;
      const dots = done === 0 ? scorer.dotsByColumn(group) : scorer.addColumns(group);
      done += group.columns.length;
      rest = Math.max(rest - this.#squaredNorm(values, group.columns), all * SQUARES_ROUNDING);
      const before = within.length;
      within = this.#pruneWithDeferred(dots, search, within, { similarity: Math.sqrt(rest) / search.norm, deferred: costly }, least);
      if (scorer.rowCost(before - within.length) < cost) break;
    }
    return within;
  }

  /** The square of what the product of a row of length 1 with these columns of a profile is at most. */
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
  const sample = new Uint32Array(Math.floor(rows.length / SAMPLED));
  for (let n = 0; n < sample.length; n++) sample[n] = rows[n * SAMPLED];
  return sample;
}

/** Where the profile is largest by absolute value. */
function largestColumns({ values, columns }: Profile): Uint32Array {
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
