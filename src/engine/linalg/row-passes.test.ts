import { expect, test } from 'vitest';
import { seeded } from '../../../pipeline/data/random.ts';
import { plainRowPasses, type RowPasses } from './row-passes.ts';
import { wasmRowPasses } from './row-passes-wasm.ts';

const COUNT = 400;
/** Byte offsets of the columns. */
const [BASE, SCALES, X, Y, Z, ROWS] = [0, 3200, 6400, 8000, 9600, 11_200];
const DOTS = 64;

const forms: [string, (columns: WebAssembly.Memory, dots: WebAssembly.Memory) => RowPasses][] = [
  ['plain', (columns, dots) => plainRowPasses(columns.buffer, dots.buffer)],
  ['WebAssembly', wasmRowPasses],
];

function memories(seed: number): [WebAssembly.Memory, WebAssembly.Memory] {
  const random = seeded(seed);
  const columns = new WebAssembly.Memory({ initial: 1 });
  const dots = new WebAssembly.Memory({ initial: 1 });
  const fill = (numbers: Float32Array | Float64Array): void => {
    for (let n = 0; n < numbers.length; n++) numbers[n] = 2 * random() - 1;
  };
  fill(new Float64Array(columns.buffer, BASE, COUNT));
  fill(new Float64Array(columns.buffer, SCALES, COUNT));
  for (const at of [X, Y, Z]) fill(new Float32Array(columns.buffer, at, COUNT));
  fill(new Float64Array(dots.buffer, DOTS, COUNT));
  return [columns, dots];
}

test.each(forms)('passes of a few rows, %s', (_, make) => {
  const columns = new WebAssembly.Memory({ initial: 1 });
  const dots = new WebAssembly.Memory({ initial: 1 });
  const passes = make(columns, dots);
  new Float32Array(columns.buffer, X).set([1, 2, 3, 4]);
  new Float32Array(columns.buffer, Y).set([0, 1, 0, 0.5]);
  passes.blend(4, BASE, X, Y, 2, 10);
  expect([...new Float64Array(columns.buffer, BASE, 4)]).toEqual([2, 14, 6, 13]);
  const found = (end: number): number[] => [...new Uint32Array(columns.buffer, ROWS, (end - ROWS) / 4)];
  expect(found(passes.reaching(0, 4, 13, BASE, X, Y, Z, 0, 0, 0, ROWS))).toEqual([1, 3]);
  expect(found(passes.reaching(0, 4, 13, BASE, X, Y, Z, 3, -20, 0, ROWS))).toEqual([2, 3]);
  expect(found(passes.reaching(0, 4, Number.POSITIVE_INFINITY, BASE, X, Y, Z, 1, 1, 1, ROWS))).toEqual([]);
  expect(found(passes.reaching(0, 4, Number.NEGATIVE_INFINITY, BASE, X, Y, Z, 1, 1, 1, ROWS))).toEqual([0, 1, 2, 3]);
  expect(found(passes.reaching(4, 4, 0, BASE, X, Y, Z, 1, 1, 1, ROWS))).toEqual([]);
  new Float64Array(dots.buffer, DOTS).set([11, -1, 0, 0]);
  new Float64Array(columns.buffer, SCALES, 4).set([0.5, 1, 1, 1]);
  expect(found(passes.reachingWithDots(0, 4, 13, BASE, X, Y, Z, 0, 0, 0, ROWS, DOTS, 2, SCALES))).toEqual([0, 3]);
});

test('both implementations give the same rows and numbers', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const [plain, fast] = forms.map(([, make]) => {
      const [columns, dots] = memories(seed);
      const random = seeded(seed);
      const passes = make(columns, dots);
      const ends = [0, 4, 200].flatMap((from) => {
        const [threshold, a, b, c, scale] = [2 * random() - 1, random(), random(), random(), random()];
        const shared = [from, COUNT, threshold, BASE, X, Y, Z, a, b, c] as const;
        const first = passes.reaching(...shared, ROWS);
        return [first, passes.reachingWithDots(...shared, ROWS, DOTS, scale, SCALES)];
      });
      const rows = [...new Uint32Array(columns.buffer, ROWS, (ends[5] - ROWS) / 4)];
      passes.blend(COUNT, BASE, X, Y, random(), random());
      return { ends, rows, blended: [...new Float64Array(columns.buffer, BASE, COUNT)] };
    });
    expect(fast).toEqual(plain);
    expect(plain.rows.length).toBeGreaterThan(0);
  }
});
