import { type Csr, indexArray } from '../linalg/csr.ts';
import type { LabelBlockConfig } from './feature-config.ts';

export interface LabelBlock {
  /** In code-unit order; label j is column j. */
  labels: string[];
  matrix: Csr;
}

/**
 * Multi-hot encoding of labels (genres, keywords, people), one row a movie and one column for each label that at least
 * `minDocumentFrequency` movies have. The value of label r of a movie, from 0, is
 *
 *   idf / (1 + rankDecay × r)
 *
 * with idf = ln((1 + movies) / (1 + df)) + 1, or 1 without `idf`. df is the number of movies with the label. With `normalize` each row is
 * scaled to norm 1; a movie without labels is an empty row. A label that a movie repeats counts once.
 */
export function encodeLabels(labelsOfMovies: readonly (readonly string[])[], config: LabelBlockConfig): LabelBlock {
  const frequency = new Map<string, number>();
  const distinct = labelsOfMovies.map((labels) => [...new Set(labels)]);
  for (const labels of distinct) for (const label of labels) frequency.set(label, (frequency.get(label) ?? 0) + 1);
  const labels = [...frequency.keys()].filter((label) => (frequency.get(label) ?? 0) >= config.minDocumentFrequency).sort();
  const columnOf = new Map(labels.map((label, column) => [label, column]));
  const weights = labels.map((label) => (config.idf ? Math.log((1 + distinct.length) / (1 + (frequency.get(label) ?? 0))) + 1 : 1));

  const rows = distinct.map((movie) => {
    const row: [column: number, value: number][] = [];
    movie.forEach((label, rank) => {
      const column = columnOf.get(label);
      if (column !== undefined) row.push([column, weights[column] / (1 + config.rankDecay * rank)]);
    });
    const norm = config.normalize ? Math.hypot(...row.map(([, value]) => value)) : 1;
    return row.sort((a, b) => a[0] - b[0]).map(([column, value]): [number, number] => [column, value / norm]);
  });
  return { labels, matrix: toCsr(rows, labels.length) };
}

/** A matrix in CSR form from rows of (column, value) pairs. Columns must ascend within a row. */
export function toCsr(rows: readonly (readonly (readonly [column: number, value: number])[])[], columns: number): Csr {
  const rowOffsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    rowOffsets[i + 1] = rowOffsets[i] + row.length;
  });
  const columnIndices = indexArray(columns, rowOffsets[rows.length]);
  const values = new Float32Array(rowOffsets[rows.length]);
  let next = 0;
  for (const row of rows) {
    for (const [column, value] of row) {
      columnIndices[next] = column;
      values[next++] = value;
    }
  }
  return { rows: rows.length, columns, rowOffsets, columnIndices, values };
}
