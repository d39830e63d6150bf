import { rowNorms } from '../../linalg/csr.ts';
import type { RowPasses } from '../../linalg/row-passes.ts';
import { wasmRowPasses } from '../../linalg/row-passes-wasm.ts';
import { TopK } from '../../linalg/topk.ts';
import type { SimilarityKernel } from '../content/similarity-kernel.ts';

/** From this share of the rows on, blending all rows and excluding the others costs less than going through lists. */
const OPEN_SHARE = 0.35;
/** From this share of the rows on, a pass over all of them costs less than one over a list. */
const DENSE_SHARE = 0.1;
/** A pass takes this many rows at a time. */
const LANES = 4;
/** A coefficient of a bound grows by this, which is more than rounding to 32 bits takes away from the sum. */
const ROUNDED_UP = 1 + 1e-6;
/** Rows that are looked through for the largest base scores before the threshold is raised; each time twice as many as before. */
const FIRST_CHUNK = 256;

/**
 * The similarity of a row is at most `similarity` times its relative norm. Its deferred term is at most `deferred` times its norm plus
 * `scaled` times its scaled norm.
 */
export interface Bound {
  similarity: number;
  deferred: number;
  scaled: number;
}

/** Dot products of rows with a profile or a part of it; one entry a row. */
export interface KnownDots {
  dots: Float64Array;
  /** This times a dot product, divided by the row's normalizer, is similarity. */
  scale: number;
  /** Whether dots has those of all rows, and not of the listed rows alone. */
  ofAllRows: boolean;
}

const NO_BOUND: Bound = { similarity: 0, deferred: 0, scaled: 0 };

/** Base scores and norms of all rows, in WebAssembly memory, and passes that find the rows whose upper bound reaches a threshold. */
export class RowBounds {
  /** One entry a row. */
  readonly baseScores: Float64Array;
  readonly maxRelativeNorm: number;
  readonly maxNorm: number;
  readonly maxScaledNorm: number;
  readonly #count: number;
  readonly #passes: RowPasses;
  /** Norm of each feature row divided by its normalizer, rounded up. */
  readonly #relativeNorms: Float32Array;
  readonly #norms: Float32Array;
  readonly #scaledNorms: Float32Array;
  /** 1 / normalizer of each row. */
  readonly #reciprocals: Float64Array;
  readonly #rows: Uint32Array;
  /** Whether the base scores of all rows but those of the search are -Infinity. */
  #othersExcluded = false;
  readonly #blended: readonly [Float32Array, Float32Array];

  /**
   * `norms` and `scaledNorms` have one entry a row and bound deferred terms, see DeferredTerm. `blended` are the columns that `blend`
   * adds.
   */
  constructor(
    kernel: SimilarityKernel,
    norms: Float32Array,
    scaledNorms: Float32Array,
    blended: readonly [Float32Array, Float32Array] = [norms, norms],
  ) {
    const { features, normalizers, dotsMemory } = kernel;
    // Columns begin at a multiple of 16 bytes.
    this.#count = Math.ceil(features.rows / LANES) * LANES;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(((2 * 8 + 6 * 4) * this.#count + 4 * LANES) / 65_536) });
    let next = 0;
    const place = (entryBytes: number): number => {
      next += entryBytes * this.#count;
      return next - entryBytes * this.#count;
    };
    const floats = (values: Float32Array): Float32Array => {
      const own = new Float32Array(memory.buffer, place(4), features.rows);
      own.set(values);
      return own;
    };
    this.baseScores = new Float64Array(memory.buffer, place(8), features.rows);
    // What fills the last pass never reaches a threshold.
    new Float64Array(memory.buffer, this.baseScores.byteOffset, this.#count).fill(Number.NEGATIVE_INFINITY, features.rows);
    this.#reciprocals = new Float64Array(memory.buffer, place(8), features.rows);
    normalizers.forEach((normalizer, row) => {
      this.#reciprocals[row] = 1 / normalizer;
    });
    this.#relativeNorms = floats(Float32Array.from(rowNorms(features), (norm, row) => (norm / normalizers[row]) * (1 + 1e-6)));
    this.#norms = floats(norms);
    this.#scaledNorms = floats(scaledNorms);
    this.#blended = [floats(blended[0]), floats(blended[1])];
    this.#rows = new Uint32Array(memory.buffer, place(4), features.rows);
    this.maxRelativeNorm = largestOf(this.#relativeNorms);
    this.maxNorm = largestOf(norms);
    this.maxScaledNorm = largestOf(scaledNorms);
    this.#passes = wasmRowPasses(memory, dotsMemory);
  }

  #isOpen(rows: Uint32Array): boolean {
    return rows.length > OPEN_SHARE * this.#count;
  }

  #isDense(rows: Uint32Array): boolean {
    return this.#othersExcluded && rows.length > DENSE_SHARE * this.#count;
  }

  /** Base score of each of these rows, and possibly of others: a × blended[0] + b × blended[1]. */
  blend(rows: Uint32Array, a: number, b: number): void {
    const { baseScores } = this;
    const [x, y] = this.#blended;
    if (this.#isOpen(rows)) {
      // Entries behind the last row stay as they are.
      const whole = baseScores.length - (baseScores.length % LANES);
      this.#passes.blend(whole, baseScores.byteOffset, x.byteOffset, y.byteOffset, a, b);
      for (let row = whole; row < baseScores.length; row++) baseScores[row] = a * x[row] + b * y[row];
    } else for (let n = 0; n < rows.length; n++) baseScores[rows[n]] = a * x[rows[n]] + b * y[rows[n]];
  }

  /**
   * Begins a search among `rows`, which ascend, with the base scores as they are now. When they are many, every other row gets a base score
   * that no bound lifts to a threshold, so that passes may go over all rows.
   */
  begin(rows: Uint32Array): void {
    this.#othersExcluded = this.#isOpen(rows);
    if (this.#othersExcluded) this.#excludeOthers(rows);
  }

  #excludeOthers(rows: Uint32Array): void {
    const { baseScores } = this;
    const exclude = (from: number, to: number): void => {
      for (let row = from; row < to; row++) baseScores[row] = Number.NEGATIVE_INFINITY;
    };
    // Halves a part of the list until it has no gap: few gaps are found in few steps.
    const excludeGaps = (first: number, last: number): void => {
      if (rows[last] - rows[first] === last - first) return;
      if (last - first === 1) exclude(rows[first] + 1, rows[last]);
      else {
        const middle = (first + last) >>> 1;
        excludeGaps(first, middle);
        excludeGaps(middle, last);
      }
    };
    exclude(0, rows[0]);
    exclude(rows[rows.length - 1] + 1, baseScores.length);
    excludeGaps(0, rows.length - 1);
  }

  /** The rows of `rows` with the largest upper bounds, see `reaching`: by default those with the largest base scores. */
  largest(rows: Uint32Array, count: number, bound = NO_BOUND, partial?: KnownDots): Uint32Array {
    const best = new TopK(Math.min(count, rows.length));
    const { baseScores } = this;
    const { similarity, deferred, scaled } = bound;
    const relativeNorms = this.#relativeNorms;
    const norms = this.#norms;
    const scaledNorms = this.#scaledNorms;
    const reciprocals = this.#reciprocals;
    const { dots, scale } = partial ?? { dots: reciprocals, scale: 0 };
    const offer = (some: Uint32Array): void => {
      let threshold = best.threshold;
      for (let n = 0; n < some.length; n++) {
        const row = some[n];
        const ofNorms = bound === NO_BOUND ? 0 : similarity * relativeNorms[row] + deferred * norms[row] + scaled * scaledNorms[row];
        const value = baseScores[row] + ofNorms + scale * dots[row] * reciprocals[row];
        if (value < threshold) continue;
        best.offer(row, value);
        threshold = best.threshold;
      }
    };
    if (!this.#isDense(rows) || partial?.ofAllRows === false) offer(rows);
    else {
      for (let from = 0, size = FIRST_CHUNK; from < this.#count; from += size, size *= 2)
        offer(this.#dense(bound, best.threshold, partial, from, Math.min(from + size, this.#count)));
    }
    return best.drain().indices;
  }

  /**
   * The rows of `rows` whose upper bound reaches the threshold, in scratch memory that the next call overwrites. `rows` may be that memory:
   *
   *   upper bound = baseScores_j + similarity × relativeNorm_j + deferred × norm_j + scaled × scaledNorm_j + scale × dots_j / normalizer_j
   *
   * Of many rows the pass goes over all rows. Then the result may have rows that were pruned before.
   */
  reaching(rows: Uint32Array, bound: Bound, threshold: number, partial?: KnownDots): Uint32Array {
    const isDense = this.#isDense(rows) && partial?.ofAllRows !== false;
    return isDense ? this.#dense(bound, threshold, partial) : this.#listed(rows, bound, threshold, partial);
  }

  #dense({ similarity, deferred, scaled }: Bound, threshold: number, partial?: KnownDots, from = 0, to = this.#count): Uint32Array {
    const rows = this.#rows.byteOffset;
    // A column without a weight is not read: the first column takes its place.
    const offset = (column: Float32Array, weight: number): number => (weight === 0 ? this.#relativeNorms : column).byteOffset;
    const shared = [
      from,
      to,
      threshold,
      this.baseScores.byteOffset,
      this.#relativeNorms.byteOffset,
      offset(this.#norms, deferred),
      offset(this.#scaledNorms, scaled),
      similarity * ROUNDED_UP,
      deferred * ROUNDED_UP,
      scaled * ROUNDED_UP,
      rows,
    ] as const;
    const end =
      partial === undefined
        ? this.#passes.reaching(...shared)
        : this.#passes.reachingWithDots(...shared, partial.dots.byteOffset, partial.scale, this.#reciprocals.byteOffset);
    return this.#rows.subarray(0, (end - rows) / 4);
  }

  #listed(rows: Uint32Array, { similarity, deferred, scaled }: Bound, threshold: number, partial?: KnownDots): Uint32Array {
    const { baseScores } = this;
    const relativeNorms = this.#relativeNorms;
    const norms = this.#norms;
    const scaledNorms = this.#scaledNorms;
    const reciprocals = this.#reciprocals;
    const { dots, scale } = partial ?? { dots: reciprocals, scale: 0 };
    const reached = this.#rows;
    let count = 0;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      reached[count] = row;
      // Branch-free: the condition is unpredictable.
      const ofNorms = similarity * relativeNorms[row] + deferred * norms[row] + scaled * scaledNorms[row];
      count += +(baseScores[row] + ofNorms + scale * dots[row] * reciprocals[row] >= threshold);
    }
    return reached.subarray(0, count);
  }
}

function largestOf(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
