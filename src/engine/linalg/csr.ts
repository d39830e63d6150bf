/**
 * Compressed sparse rows: row i has the entries p in [rowOffsets[i], rowOffsets[i + 1]), each `values[p]` in column
 * `columnIndices[p]`; columns ascend within a row.
 */
export interface Csr {
  rows: number;
  columns: number;
  rowOffsets: Uint32Array;
  columnIndices: Uint16Array | Uint32Array;
  values: Float32Array;
}

/** An array for `length` indices below `count`, of the narrowest type that holds them. */
export function indexArray(count: number, length: number): Uint16Array | Uint32Array {
  return count <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
}

/**
 * Describes what is wrong with the layout: lengths that do not fit, offsets that fall, columns out of range or not ascending. Undefined
 * when it is valid. Linear in the entries.
 */
export function csrProblem(matrix: Csr): string | undefined {
  const { rows, columns, rowOffsets, columnIndices, values } = matrix;
  if (rowOffsets.length !== rows + 1) return `${rowOffsets.length} row offsets, expected ${rows + 1}`;
  if (columnIndices.length !== values.length) return `${columnIndices.length} column indices but ${values.length} values`;
  if (rowOffsets[0] !== 0 || rowOffsets[rows] !== values.length) return `row offsets must run from 0 to ${values.length}`;
  for (let i = 0; i < rows; i++) {
    const end = rowOffsets[i + 1];
    if (end < rowOffsets[i]) return `row offsets fall at row ${i}`;
    let before = -1;
    for (let p = rowOffsets[i]; p < end; p++) {
      const column = columnIndices[p];
      if (column <= before || column >= columns) return `row ${i} has column ${column} after ${before}, of ${columns} columns`;
      before = column;
    }
  }
  return undefined;
}

/** The transpose, by counting sort: linear in rows, columns and entries. */
export function transpose(matrix: Csr): Csr {
  const { rows, columns, rowOffsets, columnIndices, values } = matrix;
  const offsets = new Uint32Array(columns + 1);
  for (let p = 0; p < columnIndices.length; p++) offsets[columnIndices[p] + 1]++;
  for (let j = 0; j < columns; j++) offsets[j + 1] += offsets[j];
  const next = offsets.slice(0, columns);
  const indices = indexArray(rows, values.length);
  const transposed = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) {
    const end = rowOffsets[i + 1];
    for (let p = rowOffsets[i]; p < end; p++) {
      const q = next[columnIndices[p]]++;
      indices[q] = i;
      transposed[q] = values[p];
    }
  }
  return { rows: columns, columns: rows, rowOffsets: offsets, columnIndices: indices, values: transposed };
}

/** Euclidean norm of each row. */
export function rowNorms(matrix: Csr): Float64Array {
  const norms = new Float64Array(matrix.rows);
  for (let i = 0; i < norms.length; i++) norms[i] = rowNorm(matrix, i);
  return norms;
}

/** Euclidean norm of row i. */
export function rowNorm({ rowOffsets, values }: Csr, row: number): number {
  const end = rowOffsets[row + 1];
  let sum = 0;
  for (let p = rowOffsets[row]; p < end; p++) sum += values[p] * values[p];
  return Math.sqrt(sum);
}

/** dense += scale × row i. `dense` has one entry a column. */
export function addRow(matrix: Csr, row: number, scale: number, dense: Float64Array): void {
  const { columnIndices, values } = matrix;
  const end = matrix.rowOffsets[row + 1];
  for (let p = matrix.rowOffsets[row]; p < end; p++) dense[columnIndices[p]] += scale * values[p];
}

/** Sets the entries of `dense` to 0 in the columns of row i: undoes addRow on a vector of zeros, without touching the other columns. */
export function clearRow({ rowOffsets, columnIndices }: Csr, row: number, dense: Float64Array): void {
  const end = rowOffsets[row + 1];
  for (let p = rowOffsets[row]; p < end; p++) dense[columnIndices[p]] = 0;
}

/** Dot product of row i with a dense vector, one entry a column. */
export function dotRow(matrix: Csr, row: number, dense: Float64Array): number {
  const { columnIndices, values } = matrix;
  const end = matrix.rowOffsets[row + 1];
  let sum = 0;
  for (let p = matrix.rowOffsets[row]; p < end; p++) sum += values[p] * dense[columnIndices[p]];
  return sum;
}

/** Mean of all rows as a dense vector. NaN without rows. */
export function meanRow(matrix: Csr): Float64Array {
  const mean = new Float64Array(matrix.columns);
  const { columnIndices, values } = matrix;
  for (let p = 0; p < values.length; p++) mean[columnIndices[p]] += values[p];
  for (let j = 0; j < mean.length; j++) mean[j] /= matrix.rows;
  return mean;
}
