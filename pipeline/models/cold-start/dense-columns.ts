import { type Csr, indexArray, rowNorms } from '../../../src/engine/linalg/csr.ts';

/** Feature rows scaled to length 1, followed by the dense columns. */
export function withDense(features: Csr, dense: readonly Float64Array[]): Csr {
  const { rows, columns, rowOffsets, columnIndices, values } = features;
  const sizes = rowNorms(features);
  const length = values.length + rows * dense.length;
  const all = {
    rows,
    columns: columns + dense.length,
    rowOffsets: rowOffsets.map((offset, row) => offset + row * dense.length),
    columnIndices: indexArray(columns + dense.length, length),
    values: new Float32Array(length),
  };
  for (let row = 0, q = 0; row < rows; row++) {
    const size = sizes[row];
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++, q++) {
      all.columnIndices[q] = columnIndices[p];
      all.values[q] = size === 0 ? 0 : values[p] / size;
    }
    for (let c = 0; c < dense.length; c++, q++) {
      all.columnIndices[q] = columns + c;
      all.values[q] = dense[c][row];
    }
  }
  return all;
}
