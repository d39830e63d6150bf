/**
 * Dot products of rows of 16-bit numbers with a vector of such, over one memory; offsets are of bytes. There are two implementations of the
 * same sums, which are whole numbers: `plainShortDots`, which is the specification, and `wasmShortDots` (short-dots-wasm.ts).
 * out[n] = Σ_j values[rows[n] × stride + j] × vector[j], for n < count; `values` and `vector` are i16, `rows` u32, `out` i32. `count` is a multiple
 * of 4, `stride` of 8. Sums are of 32 bits: no part of one may pass 2^31, nor may two numbers that are multiplied both be -32,768.
 */
export type ShortDots = (count: number, stride: number, values: number, vector: number, rows: number, out: number) => void;

/** The plain form. */
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
