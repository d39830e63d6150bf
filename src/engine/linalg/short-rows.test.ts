import { describe, expect, test } from 'vitest';
import { seeded } from '../../../pipeline/data/random.ts';
import { registered, sharedMemory } from './shared-memory.ts';
import { plainShortDots, type ShortDots } from './short-dots.ts';
import { wasmShortDots } from './short-dots-wasm.ts';
import { type ShortMatrix, ShortRows, toShorts } from './short-rows.ts';

const VALUES = 0;
const VECTOR = 60_000;
const ROWS = 64_000;
const OUT = 65_000;
const MEMORY = 131_072;

const forms: [string, (memory: WebAssembly.Memory) => ShortDots][] = [
  ['plain', (memory) => plainShortDots(memory.buffer)],
  ['WebAssembly', (memory) => wasmShortDots(memory, memory).shortDots],
];

describe.each(forms)('dots of 16-bit numbers, %s', (_, make) => {
  test('of the listed rows, in their order', () => {
    const memory = new WebAssembly.Memory({ initial: 2 });
    const numbers = new Int16Array(memory.buffer);
    numbers.set([1, 2, -3], 0);
    numbers.set([-32_768, 127, 0], 16);
    numbers[47] = 5;
    numbers.set([32_767, -32_768, 100, ...new Array(12).fill(0), 7], VECTOR / 2);
    new Uint32Array(memory.buffer, ROWS, 4).set([2, 1, 0, 1]);
    make(memory)(4, 16, VALUES, VECTOR, ROWS, OUT);
    const second = -32_768 * 32_767 - 127 * 32_768;
    expect([...new Int32Array(memory.buffer, OUT, 4)]).toEqual([35, second, 32_767 - 2 * 32_768 - 300, second]);
  });
});

test.each([0, 4, 16, 32, 100])('both implementations give the same sums of %i rows', (count) => {
  for (const stride of [8, 16, 24, 64, 128]) {
    const [plain, fast] = forms.map(([, make]) => {
      const memory = new WebAssembly.Memory({ initial: MEMORY / 65536 });
      const random = seeded(5);
      // Small enough that no sum reaches 2^31.
      const numbers = new Int16Array(memory.buffer);
      for (let p = 0; p < numbers.length; p++) numbers[p] = Math.floor(8000 * (random() - 0.5));
      new Uint32Array(memory.buffer, ROWS, count).forEach((_, n, rows) => {
        rows[n] = Math.floor((200 * random() * 128) / stride);
      });
      make(memory)(count, stride, VALUES, VECTOR, ROWS, OUT);
      return new Uint8Array(memory.buffer).slice();
    });
    expect(Buffer.compare(fast, plain)).toBe(0);
  }
});

test.each([1, 2, 64, 512])('sums of the largest numbers fit, with %i columns', (columns) => {
  const rows = new ShortRows(toShorts(new Float32Array(columns).fill(-1), columns));
  const out = new Float64Array(1);
  rows.addDots(new Float64Array(columns).fill(3), Uint32Array.of(0), out);
  expect(out[0] / columns).toBeCloseTo(-3, 2);
});

test('values in shared memory are used in place, also in another thread', () => {
  const { columns, values, scales } = toShorts(Float32Array.of(1, 2, 3, 4), 2);
  const memory = sharedMemory(64 + values.byteLength);
  const own = new Int16Array(memory.buffer, 64, values.length);
  own.set(values);
  const here = new ShortRows({ columns, values: own, scales });
  expect(here.matrix.values).toBe(own);
  const passed = registered(structuredClone(memory));
  const there = new ShortRows({ columns, values: new Int16Array(passed.buffer, 64, values.length), scales });
  for (const rows of [here, there]) {
    const out = new Float64Array(2);
    rows.addDots(Float64Array.of(1, 10), Uint32Array.of(0, 1), out);
    expect([...out].map(Math.round)).toEqual([21, 43]);
  }
  own.fill(0);
  const out = new Float64Array(2);
  there.addDots(Float64Array.of(1, 10), Uint32Array.of(0, 1), out);
  expect([...out]).toEqual([0, 0]);
});

describe('a matrix of 16-bit numbers', () => {
  const random = seeded(2);
  const matrix = Float32Array.from({ length: 9 * 20 }, (_, p) => (p < 20 ? 0 : (random() - 0.5) * 10 ** Math.floor(p / 40)));
  const rows = new ShortRows(toShorts(matrix, 20));

  test('has the numbers to 1/92,000 of the norm of their row, and zeros for a row of zeros', () => {
    const line = new Float32Array(22);
    for (let row = 0; row < 9; row++) {
      rows.writeRow(row, line, 2);
      const original = matrix.subarray(20 * row, 20 * row + 20);
      const most = Math.hypot(...original) / 92_000;
      for (let j = 0; j < 20; j++) expect(Math.abs(line[j + 2] - original[j])).toBeLessThanOrEqual(most * 1.0001);
    }
    expect(rows.matrix.scales[0]).toBe(0);
  });

  test('adds the dot products of the listed rows to the entries of out, and of no others', () => {
    const vector = Float64Array.from({ length: 20 }, () => random() - 0.5);
    const out = new Float64Array(9).fill(1);
    rows.addDots(vector, Uint32Array.of(0, 3, 4, 7, 8), out);
    const line = new Float32Array(20);
    for (let row = 0; row < 9; row++) {
      rows.writeRow(row, line);
      const size = line.reduce((sum, value, j) => sum + Math.abs(value * vector[j]), 0);
      const expected = 1 + ([1, 2, 5, 6].includes(row) ? 0 : line.reduce((sum, value, j) => sum + value * vector[j], 0));
      expect(Math.abs(out[row] - expected)).toBeLessThanOrEqual(1e-4 * size);
    }
    rows.addDots(new Float64Array(20), Uint32Array.of(3), out);
    expect(out[1]).toBe(1);
  });

  test('adds pairs of dot products: the same bits as one after the other', () => {
    const factors = Float32Array.from({ length: 9 }, () => random());
    const numbers = () => Float64Array.from({ length: 20 }, () => random() - 0.5);
    for (const [vector, second] of [
      [numbers(), numbers()],
      [numbers(), new Float64Array(20)],
      [new Float64Array(20), numbers()],
    ]) {
      for (const list of [[], [8], [0, 3, 4, 7, 8], [8, 7, 6, 5, 4, 3, 2, 1, 0]]) {
        const [one, both] = [new Float64Array(9).fill(1), new Float64Array(9).fill(1)];
        rows.addDots(vector, Uint32Array.from(list), one);
        rows.addDots(second, Uint32Array.from(list), one, factors);
        rows.addDotPairs(vector, second, Uint32Array.from(list), both, factors);
        expect(both).toEqual(one);
      }
    }
  });

  test('bounds its dot products by norms, even for a vector in the direction of the row', () => {
    const line = new Float32Array(20);
    for (let trial = 0; trial < 500; trial++) {
      const row = 1 + (trial % 8);
      rows.writeRow(row, line);
      const vector = Float64Array.from(line, (value) => value * (1 + 1e-5 * (random() - 0.5)));
      const out = new Float64Array(9);
      rows.addDots(vector, Uint32Array.of(row), out);
      expect(out[row]).toBeLessThanOrEqual(rows.upperBound(vector) * rows.norms()[row]);
      expect(out[row]).toBeGreaterThan(0.999 * rows.upperBound(vector) * rows.norms()[row]);
    }
    expect(rows.norms()[0]).toBe(0);
  });

  test('with parts that do not fit, or with too many columns, is refused', () => {
    const part: ShortMatrix = { columns: 20, values: new Int16Array(32), scales: new Float32Array(2) };
    expect(() => new ShortRows(part)).toThrow('32 values and 2 scales do not fit 20 columns');
    expect(() => new ShortRows({ ...part, columns: 513 })).toThrow('513 columns, expected 1 to 512');
  });
});
