import type { ByteDots } from './byte-dots.ts';
import { wasmByteDots } from './byte-dots-wasm.ts';

/** Rows are kept at a multiple of so many numbers, filled up with 0. */
export const BYTE_STRIDE = 16;
/** With more columns a sum of products of 8 and 16 bits may not fit into 32. */
export const MOST_BYTE_COLUMNS = 512;
const LARGEST_BYTE = 127;
const LARGEST_SHORT = 32_767;
/** Rows that the kernel does at a time. */
const LANES = 4;

/**
 * A matrix of 8-bit whole numbers with a scale a row: element (i, j) is scales[i] × values[i × stride + j], j < columns. What lies from `columns` to
 * `stride`, the next multiple of 16, is 0.
 */
export interface ByteMatrix {
  columns: number;
  values: Int8Array;
  scales: Float32Array;
}

export function strideOf(columns: number): number {
  return Math.ceil(columns / BYTE_STRIDE) * BYTE_STRIDE;
}

/** A row-major matrix, rounded: no element moves by more than 1/254 of the largest one of its row. */
export function toBytes(matrix: Float32Array, columns: number): ByteMatrix {
  const rows = matrix.length / columns;
  const stride = strideOf(columns);
  const values = new Int8Array(rows * stride);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    let largest = 0;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, Math.abs(matrix[from + j]));
    scales[row] = largest / LARGEST_BYTE;
    const scale = scales[row];
    if (scale === 0) continue;
    for (let j = 0; j < columns; j++)
      values[row * stride + j] = Math.max(-LARGEST_BYTE, Math.min(LARGEST_BYTE, Math.round(matrix[from + j] / scale)));
  }
  return { columns, values, scales };
}

/** A byte matrix in WebAssembly memory, to be multiplied with vectors; one call at a time. */
export class ByteRows {
  /** As views on that memory. */
  readonly matrix: ByteMatrix;
  readonly rows: number;
  readonly #stride: number;
  readonly #dots: ByteDots;
  readonly #vector: Int16Array;
  readonly #rowList: Uint32Array;
  readonly #sums: Int32Array;

  /** Throws a RangeError when there are too many columns or the parts do not fit together. */
  constructor({ columns, values, scales }: ByteMatrix) {
    const stride = strideOf(columns);
    if (columns < 1 || columns > MOST_BYTE_COLUMNS) throw new RangeError(`${columns} columns, expected 1 to ${MOST_BYTE_COLUMNS}`);
    if (values.length !== scales.length * stride)
      throw new RangeError(`${values.length} values and ${scales.length} scales do not fit ${columns} columns`);
    this.rows = scales.length;
    this.#stride = stride;
    const places = Math.ceil(this.rows / LANES) * LANES;
    // From the start of the memory: values, vector, list of rows, sums, scales; each begins at a multiple of 16.
    const vector = values.length;
    const list = vector + 2 * stride;
    const sums = list + 4 * places;
    const end = sums + 4 * places;
    const memory = new WebAssembly.Memory({ initial: Math.ceil((end + 4 * this.rows) / 65536) });
    this.#vector = new Int16Array(memory.buffer, vector, stride);
    this.#rowList = new Uint32Array(memory.buffer, list, places);
    this.#sums = new Int32Array(memory.buffer, sums, places);
    const kept = {
      columns,
      values: new Int8Array(memory.buffer, 0, values.length),
      scales: new Float32Array(memory.buffer, end, this.rows),
    };
    kept.values.set(values);
    kept.scales.set(scales);
    this.matrix = kept;
    this.#dots = wasmByteDots(memory);
  }

  /** Element j of row i -> out[at + j], in 32 bits. */
  writeRow(row: number, out: Float32Array, at = 0): void {
    const { columns, values, scales } = this.matrix;
    const from = row * this.#stride;
    const scale = scales[row];
    for (let j = 0; j < columns; j++) out[at + j] = scale * values[from + j];
  }

  /**
   * out[row] += row · vector for each of these rows (none more than `rows` of them), `out` having an entry a row of the matrix. The vector is rounded to 16 bits: no element moves by
   * more than 1/65,534 of the largest one. With that vector the products are exact, and the same on every machine.
   */
  addDots(vector: Float64Array, rows: Uint32Array, out: Float64Array): void {
    let largest = 0;
    for (let j = 0; j < vector.length; j++) largest = Math.max(largest, Math.abs(vector[j]));
    if (largest === 0) return;
    const scale = largest / LARGEST_SHORT;
    for (let j = 0; j < vector.length; j++) this.#vector[j] = Math.round(vector[j] / scale);
    const places = Math.ceil(rows.length / LANES) * LANES;
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
