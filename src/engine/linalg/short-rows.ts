import type { ShortDots } from './short-dots.ts';
import { wasmShortDots } from './short-dots-wasm.ts';

/** Rows are kept at a multiple of so many numbers, filled up with 0. */
const LANES = 8;
/** Rows that the kernel does at a time. */
const ROWS = 4;
export const MAX_SHORT_COLUMNS = 512;
const LARGEST = 32_767;
/**
 * Of the length of a row or vector before it is rounded, which adds no more than √512 / 2: the product of two lengths, which no part of a sum of products
 * passes (Cauchy and Schwarz), stays below 2^31.
 */
const LONGEST = 46_000;

/**
 * A matrix of 16-bit whole numbers with a scale a row: element (i, j) is scales[i] × values[i × stride + j], j < columns. What lies from `columns` to
 * `stride`, the next multiple of 8, is 0. Rows are no longer than √(2^31).
 */
export interface ShortMatrix {
  columns: number;
  values: Int16Array;
  scales: Float32Array;
}

export function strideOf(columns: number): number {
  return Math.ceil(columns / LANES) * LANES;
}

/** A row-major matrix, rounded: no element moves by more than 1/92,000 of its row's length (or 1/65,534 of its largest element, if that is more). */
export function toShorts(matrix: Float32Array, columns: number): ShortMatrix {
  const rows = matrix.length / columns;
  const stride = strideOf(columns);
  const values = new Int16Array(rows * stride);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const line = matrix.subarray(row * columns, (row + 1) * columns);
    scales[row] = scaleOf(line);
    roundInto(line, scales[row], values, row * stride);
  }
  return { columns, values, scales };
}

/** What a vector is divided by to be rounded to 16 bits. */
function scaleOf(vector: Float32Array | Float64Array): number {
  let largest = 0;
  let squares = 0;
  for (let j = 0; j < vector.length; j++) {
    largest = Math.max(largest, Math.abs(vector[j]));
    squares += vector[j] * vector[j];
  }
  return Math.max(largest / LARGEST, Math.sqrt(squares) / LONGEST);
}

function roundInto(vector: Float32Array | Float64Array, scale: number, out: Int16Array, at: number): void {
  if (scale === 0) return;
  for (let j = 0; j < vector.length; j++) out[at + j] = Math.max(-LARGEST, Math.min(LARGEST, Math.round(vector[j] / scale)));
}

/** A matrix of 16-bit numbers in WebAssembly memory, to be multiplied with vectors; one call at a time. */
export class ShortRows {
  /** As views on that memory. */
  readonly matrix: ShortMatrix;
  readonly rows: number;
  readonly #stride: number;
  readonly #dots: ShortDots;
  readonly #vector: Int16Array;
  readonly #rowList: Uint32Array;
  readonly #sums: Int32Array;

  /** Throws a RangeError when there are too many columns or the parts do not fit together. */
  constructor({ columns, values, scales }: ShortMatrix) {
    const stride = strideOf(columns);
    if (columns < 1 || columns > MAX_SHORT_COLUMNS) throw new RangeError(`${columns} columns, expected 1 to ${MAX_SHORT_COLUMNS}`);
    if (values.length !== scales.length * stride)
      throw new RangeError(`${values.length} values and ${scales.length} scales do not fit ${columns} columns`);
    this.rows = scales.length;
    this.#stride = stride;
    const places = Math.ceil(this.rows / ROWS) * ROWS;
    // From the start of the memory: values, vector, list of rows, sums, scales; each begins at a multiple of 16.
    const vector = 2 * values.length;
    const list = vector + 2 * stride;
    const sums = list + 4 * places;
    const end = sums + 4 * places;
    const memory = new WebAssembly.Memory({ initial: Math.ceil((end + 4 * this.rows) / 65536) });
    this.#vector = new Int16Array(memory.buffer, vector, stride);
    this.#rowList = new Uint32Array(memory.buffer, list, places);
    this.#sums = new Int32Array(memory.buffer, sums, places);
    const kept = {
      columns,
      values: new Int16Array(memory.buffer, 0, values.length),
      scales: new Float32Array(memory.buffer, end, this.rows),
    };
    kept.values.set(values);
    kept.scales.set(scales);
    this.matrix = kept;
    this.#dots = wasmShortDots(memory);
  }

  /** Element j of row i -> out[at + j], in 32 bits. */
  writeRow(row: number, out: Float32Array, at = 0): void {
    const { columns, values, scales } = this.matrix;
    const from = row * this.#stride;
    const scale = scales[row];
    for (let j = 0; j < columns; j++) out[at + j] = scale * values[from + j];
  }

  /** Euclidean length of each row, no less than it is. */
  lengths(): Float32Array {
    const { values, scales } = this.matrix;
    const stride = this.#stride;
    return scales.map((scale, row) => {
      let squares = 0;
      for (let p = row * stride; p < (row + 1) * stride; p++) squares += values[p] * values[p];
      return scale * Math.sqrt(squares) * (1 + 1e-6);
    });
  }

  /** What `addDots` adds to a row for this vector is at most this times the row's length: the length of the vector, with what rounding can add to it. */
  mostOf(vector: Float64Array): number {
    return (Math.hypot(...vector) + (scaleOf(vector) * Math.sqrt(vector.length)) / 2) * (1 + 1e-6);
  }

  /**
   * out[row] += row · vector for each of these rows (none more than `rows` of them), `out` having an entry a row of the matrix. The vector is rounded
   * as rows are; with that vector the products are exact, and the same on every machine.
   */
  addDots(vector: Float64Array, rows: Uint32Array, out: Float64Array): void {
    const scale = scaleOf(vector);
    if (scale === 0) return;
    roundInto(vector, scale, this.#vector, 0);
    const places = Math.ceil(rows.length / ROWS) * ROWS;
    const list = this.#rowList;
    list.set(rows);
    list.fill(0, rows.length, places);
    this.#dots(places, this.#stride, 0, this.#vector.byteOffset, list.byteOffset, this.#sums.byteOffset);
    const sums = this.#sums;
    const { scales } = this.matrix;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      out[row] += scale * scales[row] * sums[n];
    }
  }
}
