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

/**
 * X = A⁻¹ X, X being n × columns, row-major at `right`, with the Cholesky factor U of A (A = UᵀU) at `factor`: forward with Uᵀ, then back with U. Of U the
 * upper part alone is read; it is mirrored to the lower one on the way.
 */
export function solveColumns({ heap, gemmTn }: DenseKernels, factor: number, n: number, right: number, columns: number): void {
  /** Rows [first, last) of X less what the rows [from, to) of X contribute by the factor. */
  const subtract = (first: number, last: number, from: number, to: number): void => {
    if (from >= to) return;
    const [a, b, c] = [factor + from * n + first, right + from * columns, right + first * columns];
    gemmTn(last - first, columns, to - from, -1, a, n, b, columns, c, columns, false);
  };
  const divide = (i: number): void => {
    const pivot = heap[factor + i * (n + 1)];
    for (let p = right + i * columns; p < right + (i + 1) * columns; p++) heap[p] /= pivot;
  };
  for (let first = 0; first < n; first += ROWS) {
    const last = Math.min(first + ROWS, n);
    subtract(first, last, 0, first);
    for (let i = first; i < last; i++) {
      subtract(i, i + 1, first, i);
      divide(i);
    }
  }
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) heap[factor + j * n + i] = heap[factor + i * n + j];
  for (let last = n; last > 0; last -= ROWS) {
    const first = Math.max(last - ROWS, 0);
    subtract(first, last, last, n);
    for (let i = last - 1; i >= first; i--) {
      subtract(i, i + 1, i + 1, last);
      divide(i);
    }
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
