/**
 * Dot products of rows of 16-bit integers with a vector of 16-bit integers:
 *
 *   out[n] = Σ_{j < stride} values[rows[n] × stride + j] × vector[j],   n < count
 *
 * The arguments are byte offsets in one memory: `values` and `vector` of i16, `rows` of u32, `out` of i32. `count` is a multiple of 4,
 * `stride` of 8. Sums have 32 bits: no partial sum may reach 2^31, and no product may be of two -32,768. Two implementations give the same
 * integers: `plainShortDots`, which is the specification, and `wasmShortDots` (short-dots-wasm.ts).
 */
export type ShortDots = (count: number, stride: number, values: number, vector: number, rows: number, out: number) => void;

/** The same with two vectors: the sums with the one begin at `out`, those with the other at `secondOut`. The rows are read once. */
export type ShortDotPairs = (
  count: number,
  stride: number,
  values: number,
  vector: number,
  rows: number,
  out: number,
  secondVector: number,
  secondOut: number,
) => void;

/** The specification of the kernel, in plain loops. */
export function plainShortDots(buffer: ArrayBuffer): ShortDots {
  const memory = new DataView(buffer);
  return (count, stride, values, vector, rows, out) => {
    for (let n = 0; n < count; n++) {
      const row = values + 2 * memory.getUint32(rows + 4 * n, true) * stride;
      let sum = 0;
      for (let j = 0; j < stride; j++) sum += memory.getInt16(row + 2 * j, true) * memory.getInt16(vector + 2 * j, true);
      memory.setInt32(out + 4 * n, sum, true);
    }
  };
}
