import { memoryOf, sharedMemory } from './shared-memory.ts';
import { wasmShortDots } from './short-dots-wasm.ts';

/** The stride of rows is a multiple of this; the kernel reads this many columns at a time. */
const LANES = 8;
/** The kernel computes this many rows at a time. */
const ROWS = 4;
export const MAX_SHORT_COLUMNS = 512;
const MAX_ELEMENT = 32_767;
/**
 * Largest norm of a scaled row or vector before it is rounded. Rounding adds at most √512 / 2 to a norm. By Cauchy and Schwarz no partial
 * sum of a dot product is larger than the product of the two norms, which so stays below 2^31.
 */
const MAX_NORM = 46_000;

/**
 * A matrix of 16-bit integers with one scale a row:
 *
 *   element (i, j) = scales[i] × values[i × stride + j],   j < columns
 *
 * `stride` is the next multiple of 8 from `columns` on; the values between are 0. The norm of a row of `values` is below √(2^31).
 */
export interface ShortMatrix {
  columns: number;
  values: Int16Array;
  scales: Float32Array;
}

/** Distance between the starts of two rows with this number of columns. */
export function strideOf(columns: number): number {
  return Math.ceil(columns / LANES) * LANES;
}

/**
 * Rounds a row-major matrix to 16 bits. The error of an element is at most 1/92,000 of the norm of its row, or 1/65,534 of the largest
 * element of its row if that is more. A row of zeros gets scale 0.
 */
export function toShorts(matrix: Float32Array, columns: number): ShortMatrix {
  const rows = matrix.length / columns;
  const stride = strideOf(columns);
  const values = new Int16Array(rows * stride);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const source = matrix.subarray(row * columns, (row + 1) * columns);
    scales[row] = scaleOf(source);
    roundInto(source, scales[row], values, row * stride);
  }
  return { columns, values, scales };
}

/** The divisor of a vector before it is rounded to 16 bits; 0 for a vector of zeros. */
function scaleOf(vector: Float32Array | Float64Array): number {
  let largest = 0;
  let squares = 0;
  for (let j = 0; j < vector.length; j++) {
    largest = Math.max(largest, Math.abs(vector[j]));
    squares += vector[j] * vector[j];
  }
  return Math.max(largest / MAX_ELEMENT, Math.sqrt(squares) / MAX_NORM);
}

function roundInto(vector: Float32Array | Float64Array, scale: number, out: Int16Array, at: number): void {
  if (scale === 0) return;
  for (let j = 0; j < vector.length; j++) out[at + j] = Math.max(-MAX_ELEMENT, Math.min(MAX_ELEMENT, Math.round(vector[j] / scale)));
}

/**
 * A matrix of 16-bit integers in WebAssembly memory, which threads may share, for dot products with vectors. Uses scratch memory of its
 * own: one call at a time.
 */
export class ShortRows {
  /** The matrix; its values are in WebAssembly memory. */
  readonly matrix: ShortMatrix;
  readonly rows: number;
  readonly #stride: number;
  readonly #kernels: ReturnType<typeof wasmShortDots>;
  readonly #vectors: readonly [Int16Array, Int16Array];
  readonly #rowList: Uint32Array;
  readonly #sums: readonly [Int32Array, Int32Array];

  /**
   * Copies the values unless they are in shared WebAssembly memory. Throws a RangeError when the matrix has too many columns or its parts do
   * not fit together.
   */
  constructor({ columns, values, scales }: ShortMatrix) {
    const stride = strideOf(columns);
    if (columns < 1 || columns > MAX_SHORT_COLUMNS) throw new RangeError(`${columns} columns, expected 1 to ${MAX_SHORT_COLUMNS}`);
    if (values.length !== scales.length * stride)
      throw new RangeError(`${values.length} values and ${scales.length} scales do not fit ${columns} columns`);
    this.rows = scales.length;
    this.#stride = stride;
    const inPlace = memoryOf(values.buffer);
    const memory = inPlace ?? sharedMemory(values.byteLength);
    const own = inPlace === undefined ? new Int16Array(memory.buffer, 0, values.length) : values;
    if (own !== values) own.set(values);
    this.matrix = { columns, values: own, scales };
    const paddedRows = Math.ceil(this.rows / ROWS) * ROWS;
    // Layout of the scratch memory: vectors, list of rows, sums. All begin at a multiple of 16 bytes.
    const list = 4 * stride;
    const sums = list + 4 * paddedRows;
    const scratch = new WebAssembly.Memory({ initial: Math.ceil((sums + 8 * paddedRows) / 65536) });
    this.#vectors = [new Int16Array(scratch.buffer, 0, stride), new Int16Array(scratch.buffer, 2 * stride, stride)];
    this.#rowList = new Uint32Array(scratch.buffer, list, paddedRows);
    this.#sums = [new Int32Array(scratch.buffer, sums, paddedRows), new Int32Array(scratch.buffer, sums + 4 * paddedRows, paddedRows)];
    this.#kernels = wasmShortDots(memory, scratch);
  }

  /** Writes element j of the row to out[at + j], in 32 bits. */
  writeRow(row: number, out: Float32Array, at = 0): void {
    const { columns, values, scales } = this.matrix;
    const from = row * this.#stride;
    const scale = scales[row];
    for (let j = 0; j < columns; j++) out[at + j] = scale * values[from + j];
  }

  /** Euclidean norm of each row, rounded up. */
  norms(): Float32Array {
    const { values, scales } = this.matrix;
    const stride = this.#stride;
    return scales.map((scale, row) => {
      let squares = 0;
      for (let p = row * stride; p < (row + 1) * stride; p++) squares += values[p] * values[p];
      return scale * Math.sqrt(squares) * (1 + 1e-6);
    });
  }

  /**
   * |addDots for row i| <= upperBound(vector) × norms()[i]: the norm of the vector, plus the most that rounding can add to it.
   */
  upperBound(vector: Float64Array): number {
    return (Math.hypot(...vector) + (scaleOf(vector) * Math.sqrt(vector.length)) / 2) * (1 + 1e-6);
  }

  /**
   * out[row] += row · vector for each of these rows, at most as many as the matrix has. `out` has one entry a row of the matrix. The vector
   * is rounded as rows are. The sums of the rounded numbers are exact, so results are the same on every machine. `factors` multiplies each
   * result, with one entry a row of the matrix.
   */
  addDots(vector: Float64Array, rows: Uint32Array, out: Float64Array, factors?: Float32Array): void {
    const scale = this.#round(vector, 0);
    if (scale === 0) return;
    const { length } = this.#listed(rows);
    const list = this.#rowList.byteOffset;
    const [sums] = this.#sums;
    const { values, scales } = this.matrix;
    this.#kernels.shortDots(length, this.#stride, values.byteOffset, this.#vectors[0].byteOffset, list, sums.byteOffset);
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const dot = scale * scales[row] * sums[n];
      out[row] += factors === undefined ? dot : factors[row] * dot;
    }
  }

  /** The same numbers as addDots(vector, rows, out) and then addDots(second, rows, out, factors) give, each row read once. */
  addDotPairs(vector: Float64Array, second: Float64Array, rows: Uint32Array, out: Float64Array, factors: Float32Array): void {
    const scale = this.#round(vector, 0);
    const secondScale = this.#round(second, 1);
    if (scale === 0 || secondScale === 0) {
      this.addDots(vector, rows, out);
      this.addDots(second, rows, out, factors);
      return;
    }
    const { length } = this.#listed(rows);
    const [ofFirst, ofSecond] = this.#vectors;
    const [sums, secondSums] = this.#sums;
    const { values, scales } = this.matrix;
    this.#kernels.shortDotPairs(
      length,
      this.#stride,
      values.byteOffset,
      ofFirst.byteOffset,
      this.#rowList.byteOffset,
      sums.byteOffset,
      ofSecond.byteOffset,
      secondSums.byteOffset,
    );
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const ofRow = scales[row];
      out[row] = out[row] + scale * ofRow * sums[n] + factors[row] * (secondScale * ofRow * secondSums[n]);
    }
  }

  /** Rounds a vector into the scratch memory. Returns its scale. */
  #round(vector: Float64Array, place: 0 | 1): number {
    const scale = scaleOf(vector);
    roundInto(vector, scale, this.#vectors[place], 0);
    return scale;
  }

  /** The rows in the scratch memory, filled up to a number that the kernel takes. */
  #listed(rows: Uint32Array): Uint32Array {
    const length = Math.ceil(rows.length / ROWS) * ROWS;
    this.#rowList.set(rows);
    this.#rowList.fill(0, rows.length, length);
    return this.#rowList.subarray(0, length);
  }
}
