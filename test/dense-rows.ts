import { addRow, type Csr } from '../src/engine/linalg/csr.ts';

/** The rows of a sparse matrix as plain lists. */
export function toDense(matrix: Csr): number[][] {
  return Array.from({ length: matrix.rows }, (_, i) => {
    const row = new Float64Array(matrix.columns);
    addRow(matrix, i, 1, row);
    return [...row];
  });
}
