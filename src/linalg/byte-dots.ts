/**
 * Dot products of rows of bytes with a vector of 16-bit numbers, over one memory; offsets are of bytes. There are two implementations of the
 * same sums, which are whole numbers: `plainByteDots`, which is the specification, and `wasmByteDots` (byte-dots-wasm.ts).
 * out[n] = Σ_j values[rows[n] × stride + j] × vector[j], for n < count; `rows` are u32, `vector` i16, `out` i32. `count` is a multiple of 4, `stride` of 16.
 */
export type ByteDots = (count: number, stride: number, values: number, vector: number, rows: number, out: number) => void;

/** The plain form. */
export function plainByteDots(buffer: ArrayBuffer): ByteDots {
  const memory = new DataView(buffer);
  return (count, stride, values, vector, rows, out) => {
    for (let n = 0; n < count; n++) {
      const row = values + memory.getUint32(rows + 4 * n, true) * stride;
      let sum = 0;
      for (let j = 0; j < stride; j++) sum += memory.getInt8(row + j) * memory.getInt16(vector + 2 * j, true);
      memory.setInt32(out + 4 * n, sum, true);
    }
  };
}
