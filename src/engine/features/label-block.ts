import { type Csr, indexArray } from '../linalg/csr.ts';
import type { LabelBlockConfig } from './feature-config.ts';

export interface LabelBlock {
  /** In code-unit order; label j is column j. */
  labels: string[];
  matrix: Csr;
}

/**
 * Multi-hot encoding of labels (genres, keywords, people): a column for each label that at least `minDocumentFrequency` movies have; its value
 * is 1, times its idf and its rank decay where the config says so, the row scaled to length 1 with `normalize`.
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
    const length = config.normalize ? Math.hypot(...row.map(([, value]) => value)) : 1;
    return row.sort((a, b) => a[0] - b[0]).map(([column, value]): [number, number] => [column, value / length]);
  });
  return { labels, matrix: toCsr(rows, labels.length) };
}

/** Rows of (column, value) pairs, columns ascending -> CSR. */
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
