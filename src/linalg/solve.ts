import type { DenseKernels } from './dense.ts';

/** Rows of the factor that are made at a time; what the rows before them contribute is subtracted by one product. */
const ROWS = 16;

/** The Cholesky factor U (A = UᵀU) of the symmetric n × n matrix at `matrix`, in its place; only its upper part is read. NaN where it is not positive definite. */
export function factorInPlace({ factorRows, gemmTn }: DenseKernels, matrix: number, n: number): void {
  for (let first = 0; first < n; first += ROWS) {
    const last = Math.min(first + ROWS, n);
    const column = matrix + first;
    if (first > 0) gemmTn(last - first, n - first, first, -1, column, n, column, n, matrix + first * (n + 1), n, true);
    factorRows(matrix, n, first, last, n);
  }
}

/** x = A⁻¹ x, with the Cholesky factor U of A (A = UᵀU) at `factor`: forward with Uᵀ, then back with U. n × n, row-major, upper part alone is read. */
export function solveFactored(heap: Float32Array, factor: number, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = factor + i * n;
    const value = x[i] / heap[row + i];
    x[i] = value;
    for (let j = i + 1; j < n; j++) x[j] -= value * heap[row + j];
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = factor + i * n;
    let value = x[i];
    for (let j = i + 1; j < n; j++) value -= heap[row + j] * x[j];
    x[i] = value / heap[row + i];
  }
}
