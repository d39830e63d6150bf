import type { DenseKernels } from './dense.ts';

/** Rows of the factor that are computed at a time. The contributions of all rows before them are subtracted by one matrix product. */
const ROWS = 16;

/**
 * Cholesky factorization A = UᵀU in place: the symmetric n × n matrix at heap offset `matrix` becomes U. Only the upper part of A is read.
 * From the first row where A is not positive definite, the diagonal of U is NaN.
 */
export function factorInPlace({ factorRows, gemmTn }: DenseKernels, matrix: number, n: number): void {
  for (let first = 0; first < n; first += ROWS) {
    const last = Math.min(first + ROWS, n);
    const column = matrix + first;
    if (first > 0) gemmTn(last - first, n - first, first, -1, column, n, column, n, matrix + first * (n + 1), n, true);
    factorRows(matrix, n, first, last, n);
  }
}

/**
 * X = A⁻¹ X in place, for many right sides: X is n × columns, row-major, at heap offset `right`. The Cholesky factor U of A (A = UᵀU) is at
 * `factor`; its upper part is read and its lower part is overwritten by the transpose. Forward substitution with Uᵀ, then back substitution
 * with U.
 */
export function solveColumns({ heap, gemmTn }: DenseKernels, factor: number, n: number, right: number, columns: number): void {
  /** Subtracts the contributions of rows [from, to) of X from rows [first, last). */
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

/**
 * x = A⁻¹ x in place, for one right side in 64 bits. The Cholesky factor U of A (A = UᵀU, n × n, row-major) is at heap offset `factor`;
 * only its upper part is read. Forward substitution with Uᵀ, then back substitution with U.
 */
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
