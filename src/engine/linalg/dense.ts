/**
 * Dense kernels over one heap of 32-bit floats. Matrices are row-major: element (i, j) of matrix `a` is at heap[a + i × lda + j]; `a` and
 * `lda` count floats. Two implementations give the same bits: `scalarKernels`, which is the specification, and `wasmKernels`
 * (dense-wasm.ts). Every product and every sum is rounded to 32 bits, in the order of the loops below. There is no fused multiply-add.
 */
export interface DenseKernels {
  readonly heap: Float32Array;
  /**
   * C += α AᵀB, with A k × m, B k × n and C m × n. For each element the products are summed from 0 in the order of the k rows, then the sum
   * times α is added. With `upper`, C is square and only elements with j >= i are needed: row i is computed from column i - i mod 8 on, the
   * rest is left as it was. C must not overlap A or B.
   */
  gemmTn(
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    c: number,
    ldc: number,
    upper: boolean,
  ): void;
  /**
   * Rows [first, last) of the Cholesky factor U (A = UᵀU, U upper triangular, n × n), in place of those rows of A. The contributions of the
   * rows before `first` must have been subtracted from them. Elements left of the diagonal are neither read nor written. From the first row
   * where A is not positive definite, the diagonal of U is NaN.
   */
  factorRows(u: number, ldu: number, first: number, last: number, n: number): void;
  /**
   * out[i] = Σ_j a[i, j] x[j] for i < rows, j < d. The order of summation, part of the result:
   *
   *   1. The first d - d mod 16 products go to sixteen partial sums s, by j mod 16.
   *   2. t_l = (s_l + s_(l+4)) + (s_(l+8) + s_(l+12)) for l < 4; the sum is (t_0 + t_1) + (t_2 + t_3).
   *   3. The last d mod 16 products are added in order.
   */
  rowDots(rows: number, d: number, a: number, lda: number, x: number, out: number): void;
}

/** The specification of the kernels, in plain loops. */
export function scalarKernels(heap: Float32Array): DenseKernels {
  const round = Math.fround;
  return {
    heap,
    gemmTn(m, n, k, alpha, a, lda, b, ldb, c, ldc, upper) {
      const scale = round(alpha);
      for (let i = 0; i < m; i++) {
        for (let j = upper ? i & ~7 : 0; j < n; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) sum = round(sum + round(heap[a + p * lda + i] * heap[b + p * ldb + j]));
          heap[c + i * ldc + j] += round(scale * sum);
        }
      }
    },
    factorRows(u, ldu, first, last, n) {
      for (let i = first; i < last; i++) {
        const row = u + i * ldu;
        for (let j = i; j < n; j++) {
          let sum = heap[row + j];
          for (let p = first; p < i; p++) sum = round(sum - round(heap[u + p * ldu + i] * heap[u + p * ldu + j]));
          heap[row + j] = sum;
        }
        const pivot = round(Math.sqrt(heap[row + i]));
        const inverse = round(1 / pivot);
        heap[row + i] = pivot;
        for (let j = i + 1; j < n; j++) heap[row + j] *= inverse;
      }
    },
    rowDots(rows, d, a, lda, x, out) {
      const whole = d & ~15;
      const sums = new Float32Array(16);
      for (let i = 0; i < rows; i++) {
        const row = a + i * lda;
        sums.fill(0);
        for (let j = 0; j < whole; j++) sums[j & 15] += round(heap[row + j] * heap[x + j]);
        for (let l = 0; l < 4; l++) sums[l] = round(sums[l] + sums[l + 4]) + round(sums[l + 8] + sums[l + 12]);
        let sum = round(round(sums[0] + sums[1]) + round(sums[2] + sums[3]));
        for (let j = whole; j < d; j++) sum = round(sum + round(heap[row + j] * heap[x + j]));
        heap[out + i] = sum;
      }
    },
  };
}
