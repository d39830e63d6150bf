/** Arguments of `RowPasses.reaching`. */
type Reaching = [
  from: number,
  count: number,
  threshold: number,
  base: number,
  x: number,
  y: number,
  z: number,
  a: number,
  b: number,
  c: number,
  rows: number,
];

/**
 * Passes over columns of numbers, one entry a row. Arguments that name a column are byte offsets in one memory: `base`, `scales` and `out`
 * of `blend` hold f64, the others f32; `rows` holds u32. `dots` holds f64 in a memory of its own. `count` and `from` are multiples of 4.
 * Two implementations give the same rows: `plainRowPasses`, which is the specification, and `wasmRowPasses` (row-passes-wasm.ts).
 */
export interface RowPasses {
  /** out[j] = a × x[j] + b × y[j] for each row below `count`. */
  blend(count: number, out: number, x: number, y: number, a: number, b: number): void;
  /**
   * Writes the rows from `from` to below `count` to `rows`, ascending, whose upper bound is at least `threshold`:
   *
   *   upper bound = base[j] + (a × x[j] + b × y[j] + c × z[j])
   *
   * The sum in brackets is rounded to 32 bits at each step. Returns the byte offset behind the last row written. Three more entries behind
   * it may be overwritten.
   */
  reaching(...pass: Reaching): number;
  /** As `reaching`, with dots[j] × scale × scales[j] added to the upper bound. */
  reachingWithDots(...pass: [...Reaching, dots: number, scale: number, scales: number]): number;
}

/** The specification of the passes, in plain loops. */
export function plainRowPasses(columns: ArrayBuffer, ofDots: ArrayBuffer): RowPasses {
  const memory = new DataView(columns);
  const dotsMemory = new DataView(ofDots);
  const f32 = (at: number, row: number): number => memory.getFloat32(at + 4 * row, true);
  const f64 = (at: number, row: number): number => memory.getFloat64(at + 8 * row, true);
  const round = Math.fround;
  const passes: RowPasses = {
    blend(count, out, x, y, a, b) {
      for (let row = 0; row < count; row++) memory.setFloat64(out + 8 * row, a * f32(x, row) + b * f32(y, row), true);
    },
    reaching: (...pass) => passes.reachingWithDots(...pass, 0, 0, pass[3]),
    reachingWithDots(from, count, threshold, base, x, y, z, a, b, c, rows, dots, scale, scales) {
      let end = rows;
      for (let row = from; row < count; row++) {
        const ofNorms = round(round(round(a) * f32(x, row)) + round(round(b) * f32(y, row)));
        const bound = f64(base, row) + round(ofNorms + round(round(c) * f32(z, row)));
        const similarity = scale === 0 ? 0 : dotsMemory.getFloat64(dots + 8 * row, true) * scale * f64(scales, row);
        if (!(bound + similarity >= threshold)) continue;
        memory.setUint32(end, row, true);
        end += 4;
      }
      return end;
    },
  };
  return passes;
}
