import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDense } from '../../../test/dense-rows.ts';
import { type Csr, csrProblem, dotRow, indexArray, meanRow, rowNorms, transpose } from './csr.ts';

/** [[1, 0, 2], [0, 0, 0], [0, 3, 4]] */
const small: Csr = {
  rows: 3,
  columns: 3,
  rowOffsets: Uint32Array.of(0, 2, 2, 4),
  columnIndices: Uint16Array.of(0, 2, 1, 2),
  values: Float32Array.of(1, 2, 3, 4),
};

function fromDense(dense: readonly (readonly number[])[], columns: number): Csr {
  const entries = dense.map((row) => row.flatMap((value, j) => (value === 0 ? [] : [{ j, value }])));
  const rowOffsets = new Uint32Array(dense.length + 1);
  entries.forEach((row, i) => {
    rowOffsets[i + 1] = rowOffsets[i] + row.length;
  });
  const flat = entries.flat();
  return {
    rows: dense.length,
    columns,
    rowOffsets,
    columnIndices: Uint16Array.from(flat, ({ j }) => j),
    values: Float32Array.from(flat, ({ value }) => value),
  };
}

describe('compressed sparse rows', () => {
  test('columns have 16 bits up to 65,536 of them, and 32 bits beyond', () => {
    expect(indexArray(65_536, 2)).toEqual(new Uint16Array(2));
    expect(indexArray(65_537, 2)).toEqual(new Uint32Array(2));
  });

  test('norms, dot products, row sums and the mean are those of the dense matrix', () => {
    expect([...rowNorms(small)]).toEqual([Math.sqrt(5), 0, 5]);
    expect(dotRow(small, 2, Float64Array.of(10, 100, 1000))).toBe(4300);
    expect([...meanRow(small)]).toEqual([1 / 3, 1, 2]);
    expect(toDense(small)).toEqual([
      [1, 0, 2],
      [0, 0, 0],
      [0, 3, 4],
    ]);
  });

  test('the transpose has rows and columns exchanged, and transposing twice gives the matrix back', () => {
    const dense = fc
      .integer({ min: 1, max: 8 })
      .chain((columns) =>
        fc.array(fc.array(fc.constantFrom(0, 0, 0, 1, -2.5), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }),
      );
    fc.assert(
      fc.property(dense, (rows) => {
        const matrix = fromDense(rows, rows[0].length);
        const transposed = transpose(matrix);
        expect(csrProblem(transposed)).toBeUndefined();
        expect(toDense(transposed)).toEqual(rows[0].map((_, j) => rows.map((row) => row[j])));
        expect(transpose(transposed)).toEqual(matrix);
      }),
    );
  });

  test.each([
    ['row offsets, expected 4', { rowOffsets: Uint32Array.of(0, 2, 4) }],
    ['row offsets must run from 0 to 4', { rowOffsets: Uint32Array.of(0, 2, 2, 3) }],
    ['row offsets fall at row 1', { rowOffsets: Uint32Array.of(0, 2, 1, 4) }],
    ['row 0 has column 2 after 2', { columnIndices: Uint16Array.of(2, 2, 1, 2) }],
    ['row 2 has column 3 after 1, of 3 columns', { columnIndices: Uint16Array.of(0, 2, 1, 3) }],
    ['4 column indices but 3 values', { values: Float32Array.of(1, 2, 3) }],
  ])('a broken layout is described: %s', (message, broken) => {
    expect(csrProblem({ ...small, ...broken })).toContain(message);
  });
});
