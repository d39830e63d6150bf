import { type Csr, transpose } from '../../linalg/csr.ts';
import type { TopK } from '../../linalg/topk.ts';

/** Rows are fetched so many at a time. */
const BLOCK = 64;
/** Bytes. */
const CACHE_LINE = 64;
/** Time that an entry of a scattered row takes, over that of an entry of a column. */
const ROW_ENTRY = 2.5;

/** A vector of the feature columns, and where it is not 0, ascending. */
export interface Profile {
  values: Float64Array;
  columns: Uint32Array;
}

/** The profile of these values, which must not change while it is used. */
export function profileOf(values: Float64Array): Profile {
  let count = 0;
  for (let column = 0; column < values.length; column++) if (values[column] !== 0) count++;
  const columns = new Uint32Array(count);
  for (let column = 0, next = 0; next < count; column++) if (values[column] !== 0) columns[next++] = column;
  return { values, columns };
}

/**
 * Scores candidates against a dense profile: score = (row · profile) / (divisor × profile's length) + popularityWeight × popularity.
 * Two kernels give the same bits (they add the same products in the same order): over the rows of few candidates, or over the columns that
 * the profile has. Each is exact; the cheaper one is taken.
 */
export class Scorer {
  readonly features: Csr;
  /** What a row's product is divided by, beside the profile's length. */
  readonly normalizers: Float64Array;
  readonly #byColumn: Csr;
  readonly #popularity: Float32Array;
  readonly #dots: Float64Array;

  constructor(features: Csr, divisors: Float64Array, popularity: Float32Array) {
    this.features = features;
    this.#byColumn = transpose(features);
    this.normalizers = divisors;
    this.#popularity = popularity;
    this.#dots = new Float64Array(features.rows);
  }

  /**
   * Offers every row to `best`. `dots` are the rows' products with the profile and `length` is the profile's Euclidean length; with 0 there is
   * popularity alone. `added`, an entry a movie, comes on top.
   */
  offer(dots: Float64Array, length: number, rows: Uint32Array, popularityWeight: number, best: TopK, added?: Float64Array): void {
    const scale = length > 0 ? 1 / length : 0;
    const divisors = this.normalizers;
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
    const divisors = this.normalizers;
    const popularity = this.#popularity;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const similarity = scale === 0 ? 0 : (dots[row] * scale) / divisors[row];
      const content = similarity + popularityWeight * popularity[row];
      scores[n] = added === undefined ? content : content + added[row];
    }
  }

  /** Dot products of at least these rows, by the cheaper kernel, left in a scratch array that the next call overwrites. */
  dots(profile: Profile, rows: Uint32Array): Float64Array {
    const byRow = this.rowCost(rows.length);
    // By column each dot is set to 0 at least; where that alone costs more, columns need not be counted.
    const zeros = this.features.rows;
    const isByRow = byRow <= zeros || byRow <= zeros + this.columnCost(profile.columns);
    return isByRow ? this.dotsByRow(profile, rows) : this.dotsByColumn(profile);
  }

  /** Dot products of these rows alone, left in a scratch array that the next call overwrites. */
  dotsByRow({ values: profile }: Profile, rows: Uint32Array): Float64Array {
    const { rowOffsets, columnIndices, values } = this.features;
    const dots = this.#dots;
    for (let start = 0; start < rows.length; start += BLOCK) {
      const stop = Math.min(start + BLOCK, rows.length);
      // What is read ahead goes where the first product will be, else nothing would be read.
      dots[rows[start]] = touch(this.features, rows, start, stop);
      for (let n = start; n < stop; n++) {
        const row = rows[n];
        const end = rowOffsets[row + 1];
        let sum = 0;
        for (let p = rowOffsets[row]; p < end; p++) sum += values[p] * profile[columnIndices[p]];
        dots[row] = sum;
      }
    }
    return dots;
  }

  /** Dot products of every row with these columns, left in a scratch array that the next call overwrites. */
  dotsByColumn(profile: Profile): Float64Array {
    this.#dots.fill(0);
    return this.addColumns(profile);
  }

  /** Adds the products with more columns to what the last call left there. */
  addColumns({ values: profile, columns }: Profile): Float64Array {
    const { rowOffsets: offsets, columnIndices: rows, values } = this.#byColumn;
    const dots = this.#dots;
    for (let n = 0; n < columns.length; n++) {
      const weight = profile[columns[n]];
      const end = offsets[columns[n] + 1];
      for (let p = offsets[columns[n]]; p < end; p++) dots[rows[p]] += values[p] * weight;
    }
    return dots;
  }

  /** What it costs to multiply so many rows, in entries of a column. */
  rowCost(rows: number): number {
    return this.features.rows === 0 ? 0 : ((ROW_ENTRY * rows) / this.features.rows) * this.features.values.length;
  }

  /** What it costs to multiply these columns: their entries. */
  columnCost(columns: Uint32Array): number {
    const offsets = this.#byColumn.rowOffsets;
    let entries = 0;
    for (let n = 0; n < columns.length; n++) entries += offsets[columns[n] + 1] - offsets[columns[n]];
    return entries;
  }
}

/** Reads a little of each row, so that memory fetches many at a time: row after row, each would be waited for. Halves the time of scattered rows. */
function touch({ rowOffsets, columnIndices, values }: Csr, rows: Uint32Array, start: number, stop: number): number {
  let sum = 0;
  for (let n = start; n < stop; n++) {
    const end = rowOffsets[rows[n] + 1];
    for (let p = rowOffsets[rows[n]]; p < end; p += CACHE_LINE / values.BYTES_PER_ELEMENT) sum += values[p];
    for (let p = rowOffsets[rows[n]]; p < end; p += CACHE_LINE / columnIndices.BYTES_PER_ELEMENT) sum += columnIndices[p];
  }
  return sum;
}
