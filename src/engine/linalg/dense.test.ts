import { describe, expect, test } from 'vitest';
import { seeded } from '../../../pipeline/data/random.ts';
import { type DenseKernels, scalarKernels } from './dense.ts';
import { wasmKernels } from './dense-wasm.ts';

const LENGTHS = [0, 1, 3, 4, 5, 15, 16, 17, 31, 100];
const FLOATS = 1 << 16;

const forms: [string, () => DenseKernels][] = [
  ['scalar', () => scalarKernels(new Float32Array(FLOATS))],
  ['WebAssembly', () => wasmKernels(new WebAssembly.Memory({ initial: 4 }))],
  ['WebAssembly on shared memory', () => wasmKernels(new WebAssembly.Memory({ initial: 4, maximum: 4, shared: true }))],
];

function fill(heap: Float32Array): void {
  const random = seeded(11);
  for (let p = 0; p < heap.length; p++) heap[p] = random() - 0.5;
}

/** The heap of every implementation after `run`; all start with the same numbers. */
function heapsAfter(run: (kernels: DenseKernels) => void): Float32Array[] {
  return forms.map(([, make]) => {
    const kernels = make();
    fill(kernels.heap);
    run(kernels);
    return kernels.heap.slice();
  });
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0;
}

const A = 3;
const B = 20_000;
const C = 40_001;

describe.each(forms)('dense kernels, %s', (_, make) => {
  test('AᵀB is added α times', () => {
    const { heap, gemmTn } = make();
    heap.set([1, 2, 3, 4, 5, 6], 0);
    heap.set([10, 20, 30, 40], 8);
    heap.set([1, 1, 1, 1, 1, 1], 16);
    // A = [[1, 2, 3], [4, 5, 6]], B = [[10, 20], [30, 40]]: AᵀB = [[130, 180], [170, 240], [210, 300]].
    gemmTn(3, 2, 2, 0.5, 0, 3, 8, 2, 16, 2, false);
    expect([...heap.subarray(16, 22)]).toEqual([66, 91, 86, 121, 106, 151]);
  });

  test('the Cholesky factor of a matrix whose factor is known', () => {
    const { heap, factorRows } = make();
    heap.set([4, 12, -16, 99, 37, -43, 99, 99, 98], 0);
    factorRows(0, 3, 0, 3, 3);
    expect([...heap.subarray(0, 9)]).toEqual([2, 6, -8, 99, 1, 5, 99, 99, 3]);
  });

  test('a matrix that is not positive definite gives NaN', () => {
    const { heap, factorRows } = make();
    heap.set([1, 2, 0, 1], 0);
    factorRows(0, 2, 0, 2, 2);
    expect(heap[3]).toBeNaN();
  });

  test('row dots', () => {
    const { heap, rowDots } = make();
    heap.set([1, 2, 3, 4, 5, -1, 0, 0, 0, 1], 0);
    heap.set([1, 10, 100, 1000, 10_000], 16);
    rowDots(2, 5, 0, 5, 16, 32);
    expect([...heap.subarray(32, 34)]).toEqual([54_321, 9_999]);
  });
});

describe('the WebAssembly kernels give the bits of the plain ones', () => {
  test.each(LENGTHS)('AᵀB with %i as one of the three sizes', (length) => {
    for (const other of LENGTHS) {
      for (const upper of [false, true]) {
        const sizes: [number, number, number][] = upper
          ? [[length, length, other]]
          : [
              [length, other, 5],
              [17, length, other],
            ];
        for (const [m, n, k] of sizes) {
          const [plain, ...fast] = heapsAfter(({ gemmTn }) => gemmTn(m, n, k, -0.75, A, m + 1, B, n, C, n + 2, upper));
          for (const heap of fast) expect(sameBits(heap, plain)).toBe(true);
        }
      }
    }
  });

  test.each(LENGTHS)('the Cholesky rows of a matrix of %i', (n) => {
    const [plain, ...fast] = heapsAfter(({ heap, factorRows }) => {
      for (let i = 0; i < n; i++) heap[A + i * (n + 1) + i] += n;
      factorRows(A, n + 1, 0, n >> 1, n);
      factorRows(A, n + 1, n >> 1, n, n);
    });
    for (const heap of fast) expect(sameBits(heap, plain)).toBe(true);
  });

  test.each(LENGTHS)('dots of rows of %i', (length) => {
    for (const rows of LENGTHS) {
      const [plain, ...fast] = heapsAfter(({ rowDots }) => rowDots(rows, length, A, length + 2, B, C));
      for (const heap of fast) expect(sameBits(heap, plain)).toBe(true);
    }
  });
});
