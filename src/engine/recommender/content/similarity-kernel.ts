import { type Csr, transpose } from '../../linalg/csr.ts';
import type { TopK } from '../../linalg/topk.ts';

/** Rows that `touch` reads ahead at a time. */
const BLOCK = 64;
const CACHE_LINE_BYTES = 64;
/** Measured time of an entry of a scattered row, relative to an entry of a column. */
const ROW_ENTRY_COST = 2.5;

/** A vector with one entry a feature column, and the columns where it is not 0, ascending. */
export interface SparseVector {
  values: Float64Array;
  columns: Uint32Array;
}

/** The sparse vector of these values. They are not copied and must not change while it is used. `columns` is where its columns are kept. */
export function toSparseVector(values: Float64Array, columns: Uint32Array = new Uint32Array(values.length)): SparseVector {
  let count = 0;
  // Branch-free: the condition is unpredictable.
  for (let column = 0; column < values.length; column++) {
    columns[count] = column;
    count += +(values[column] !== 0);
  }
  return { values, columns: columns.subarray(0, count) };
}

/**
 * Content scores of many rows against one profile vector:
 *
 *   score_j = (f_j · profile) / (normalizer_j × |profile|) + popularityWeight × popularity_j + base_j
 *
 * f_j is the feature row of movie j. Dot products come from one of two kernels, over the rows of few candidates or over the columns of the
 * profile. Both add the same products in the same order, so they give the same bits; the cheaper one is taken. Dot products are left in
 * scratch memory: one call at a time.
 */
export class SimilarityKernel {
  /** movies × feature columns. */
  readonly features: Csr;
  /** One entry a movie, never 0. */
  readonly normalizers: Float64Array;
  readonly #byColumn: Csr;
  readonly #popularity: Float32Array;
  readonly #dots: Float64Array;
  /** Holds the dot products, so that a kernel in WebAssembly can read them. */
  readonly dotsMemory: WebAssembly.Memory;

  /** `byColumn` is the transpose of `features`. */
  constructor(features: Csr, normalizers: Float64Array, popularity: Float32Array, byColumn = transpose(features)) {
    this.features = features;
    this.#byColumn = byColumn;
    this.normalizers = normalizers;
    this.#popularity = popularity;
    // A pass of a kernel may read three entries more.
    this.dotsMemory = new WebAssembly.Memory({ initial: Math.ceil((8 * (features.rows + 3)) / 65_536) });
    this.#dots = new Float64Array(this.dotsMemory.buffer, 0, features.rows);
  }

  /**
   * Offers every row with its score to `best`. `dots` has the dot product of each row with the profile vector, `norm` is the norm of that
   * vector; with a norm of 0 the similarity is 0. `baseScores` has one entry a movie; undefined adds nothing. `popularity` has
   * one entry a movie; that of the kernel when left out.
   */
  offer(
    dots: Float64Array,
    norm: number,
    rows: Uint32Array,
    popularityWeight: number,
    best: TopK,
    baseScores?: Float64Array,
    popularity = this.#popularity,
  ): void {
    const scale = norm > 0 ? 1 / norm : 0;
    const normalizers = this.normalizers;
    let threshold = best.threshold;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const similarity = scale === 0 ? 0 : (dots[row] * scale) / normalizers[row];
      const content = similarity + popularityWeight * popularity[row];
      const score = baseScores === undefined ? content : content + baseScores[row];
      if (score < threshold) continue;
      best.offer(row, score);
      threshold = best.threshold;
    }
  }

  /** Writes the score of rows[n] into scores[n]: the same numbers as `offer` gives, from the same arguments. */
  write(
    dots: Float64Array,
    norm: number,
    rows: Uint32Array,
    popularityWeight: number,
    scores: Float64Array,
    baseScores?: Float64Array,
    popularity = this.#popularity,
  ): void {
    const scale = norm > 0 ? 1 / norm : 0;
    const normalizers = this.normalizers;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const similarity = scale === 0 ? 0 : (dots[row] * scale) / normalizers[row];
      const content = similarity + popularityWeight * popularity[row];
      scores[n] = baseScores === undefined ? content : content + baseScores[row];
    }
  }

  /** Dot products of these rows, and possibly of others, by the cheaper kernel. The next call overwrites the result. */
  dots(profile: SparseVector, rows: Uint32Array): Float64Array {
    const byRow = this.rowCost(rows.length);
    // By column every dot product is set to 0 first. Where that alone costs more, the columns need not be counted.
    const zeros = this.features.rows;
    const isByRow = byRow <= zeros || byRow <= zeros + this.columnCost(profile.columns);
    return isByRow ? this.dotsByRow(profile, rows) : this.dotsByColumn(profile);
  }

  /** Dot products of these rows alone. The next call overwrites the result. */
  dotsByRow({ values: profile }: SparseVector, rows: Uint32Array): Float64Array {
    const { rowOffsets, columnIndices, values } = this.features;
    const dots = this.#dots;
    for (let start = 0; start < rows.length; start += BLOCK) {
      const stop = Math.min(start + BLOCK, rows.length);
      // The result of reading ahead must be stored, or the compiler drops the reads. The first dot product overwrites it.
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

  /** Dot products of every row over the columns of `profile`. The next call overwrites the result. */
  dotsByColumn(profile: SparseVector): Float64Array {
    this.#dots.fill(0);
    return this.addColumns(profile);
  }

  /** Adds the products with more columns to the result of the last call. */
  addColumns({ values: profile, columns }: SparseVector): Float64Array {
    const { rowOffsets: offsets, columnIndices: rows, values } = this.#byColumn;
    const dots = this.#dots;
    for (let n = 0; n < columns.length; n++) {
      const weight = profile[columns[n]];
      const end = offsets[columns[n] + 1];
      for (let p = offsets[columns[n]]; p < end; p++) dots[rows[p]] += values[p] * weight;
    }
    return dots;
  }

  /** Estimated cost of `dotsByRow` for this number of rows; the unit is one entry of a column. */
  rowCost(rows: number): number {
    return this.features.rows === 0 ? 0 : ((ROW_ENTRY_COST * rows) / this.features.rows) * this.features.values.length;
  }

  /** Cost of `addColumns` for these columns: the number of their entries. */
  columnCost(columns: Uint32Array): number {
    const offsets = this.#byColumn.rowOffsets;
    let entries = 0;
    for (let n = 0; n < columns.length; n++) entries += offsets[columns[n] + 1] - offsets[columns[n]];
    return entries;
  }
}

/**
 * Reads one number of each cache line of these rows, so that the processor fetches many rows at once. Row after row it would wait for each.
 * Halves the time of scattered rows.
 */
function touch({ rowOffsets, columnIndices, values }: Csr, rows: Uint32Array, start: number, stop: number): number {
  let sum = 0;
  for (let n = start; n < stop; n++) {
    const end = rowOffsets[rows[n] + 1];
    for (let p = rowOffsets[rows[n]]; p < end; p += CACHE_LINE_BYTES / values.BYTES_PER_ELEMENT) sum += values[p];
    for (let p = rowOffsets[rows[n]]; p < end; p += CACHE_LINE_BYTES / columnIndices.BYTES_PER_ELEMENT) sum += columnIndices[p];
  }
  return sum;
}
