import { expect, test } from 'vitest';
import { seeded } from '../../../pipeline/data/random.ts';
import { wasmKernels } from './dense-wasm.ts';
import { factorInPlace, solveColumns, solveFactored } from './solve.ts';

test.each([
  [4, 1],
  [16, 7],
  [20, 8],
  [20, 17],
  [100, 64],
])('%i unknowns for %i right sides have the solution of each side alone, which solves the equations', (n, columns) => {
  const random = seeded(n);
  const kernels = wasmKernels(new WebAssembly.Memory({ initial: 4 }));
  const { heap } = kernels;
  const root = Array.from({ length: n }, () => Float64Array.from({ length: n }, () => random() - 0.5));
  const matrix = root.map((a, i) => root.map((b, j) => a.reduce((sum, value, p) => sum + value * b[p], i === j ? n / 4 : 0)));
  matrix.forEach((row, i) => {
    heap.set(row, i * n);
  });
  factorInPlace(kernels, 0, n);
  const right = Array.from({ length: columns }, () => Float64Array.from({ length: n }, () => random() - 0.5));
  const at = n * n;
  right.forEach((column, c) => {
    column.forEach((value, i) => {
      heap[at + i * columns + c] = value;
    });
  });
  const alone = right.map((column) => {
    const x = column.slice();
    solveFactored(heap, 0, n, x);
    return x;
  });
  solveColumns(kernels, 0, n, at, columns);
  right.forEach((column, c) => {
    const x = Float64Array.from({ length: n }, (_, i) => heap[at + i * columns + c]);
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(alone[c][i], 4);
      expect(matrix[i].reduce((sum, a, j) => sum + a * x[j], 0)).toBeCloseTo(column[i], 4);
    });
  });
});
