import { describe, expect, test } from 'vitest';
import { seeded } from '../../pipeline/random.ts';
import { type ByteDots, plainByteDots } from './byte-dots.ts';
import { wasmByteDots } from './byte-dots-wasm.ts';
import { type ByteMatrix, ByteRows, toBytes } from './byte-rows.ts';

const VALUES = 0;
const VECTOR = 60_000;
const ROWS = 64_000;
const OUT = 65_000;
const MEMORY = 131_072;

const forms: [string, (memory: WebAssembly.Memory) => ByteDots][] = [
  ['plain', (memory) => plainByteDots(memory.buffer)],
  ['WebAssembly', wasmByteDots],
];

describe.each(forms)('dots of bytes, %s', (_, make) => {
  test('of the rows that are named, in their order', () => {
    const memory = new WebAssembly.Memory({ initial: 2 });
    new Int8Array(memory.buffer).set([1, 2, -3], 0);
    new Int8Array(memory.buffer).set([-128, 127, 0], 16);
    new Int8Array(memory.buffer)[47] = 5;
    new Int16Array(memory.buffer, VECTOR, 16).set([32_767, -32_768, 100, ...new Array(12).fill(0), 7]);
    new Uint32Array(memory.buffer, ROWS, 4).set([2, 1, 0, 1]);
    make(memory)(4, 16, VALUES, VECTOR, ROWS, OUT);
    const second = -128 * 32_767 - 127 * 32_768;
    expect([...new Int32Array(memory.buffer, OUT, 4)]).toEqual([35, second, 32_767 - 2 * 32_768 - 300, second]);
  });
});

test.each([0, 4, 16, 32, 100])('both forms have the same sums of %i rows', (count) => {
  for (const stride of [16, 32, 96, 128, 512]) {
    const [plain, fast] = forms.map(([, make]) => {
      const memory = new WebAssembly.Memory({ initial: MEMORY / 65536 });
      const bytes = new Uint8Array(memory.buffer);
      const random = seeded(5);
      for (let p = 0; p < bytes.length; p++) bytes[p] = Math.floor(256 * random());
      new Uint32Array(memory.buffer, ROWS, count).forEach((_, n, rows) => {
        rows[n] = Math.floor((100 * random() * 512) / stride);
      });
      make(memory)(count, stride, VALUES, VECTOR, ROWS, OUT);
      return bytes.slice();
    });
    expect(Buffer.compare(fast, plain)).toBe(0);
  }
});

test('sums of the largest numbers fit at the most columns', () => {
  const rows = new ByteRows(toBytes(new Float32Array(512).fill(-1), 512));
  const out = new Float64Array(1);
  rows.addDots(new Float64Array(512).fill(3), Uint32Array.of(0), out);
  expect(out[0]).toBeCloseTo(-3 * 512, 3);
});

describe('a matrix in bytes', () => {
  const random = seeded(2);
  const matrix = Float32Array.from({ length: 9 * 20 }, (_, p) => (p < 20 ? 0 : (random() - 0.5) * 10 ** Math.floor(p / 40)));
  const rows = new ByteRows(toBytes(matrix, 20));

  test('has the numbers to 1/254 of the largest of their row, and nothing where there was nothing', () => {
    const line = new Float32Array(22);
    for (let row = 0; row < 9; row++) {
      rows.writeRow(row, line, 2);
      const original = matrix.subarray(20 * row, 20 * row + 20);
      const most = original.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 254;
      for (let j = 0; j < 20; j++) expect(Math.abs(line[j + 2] - original[j])).toBeLessThanOrEqual(most * 1.0001);
    }
    expect(rows.matrix.scales[0]).toBe(0);
  });

  test('is the same again when its numbers are rounded a second time', () => {
    const line = new Float32Array(20);
    rows.writeRow(5, line);
    expect(toBytes(line, 20).values).toEqual(rows.matrix.values.subarray(5 * 32, 6 * 32));
  });

  test('adds the products of the rows asked for to what is there, and of no others', () => {
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

  test('whose parts do not fit, or that has too many columns, is refused', () => {
    const part: ByteMatrix = { columns: 20, values: new Int8Array(32), scales: new Float32Array(2) };
    expect(() => new ByteRows(part)).toThrow('32 values and 2 scales do not fit 20 columns');
    expect(() => new ByteRows({ ...part, columns: 513 })).toThrow('513 columns, expected 1 to 512');
  });
});
