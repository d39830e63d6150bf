import { addRow, dotRow, rowNorms } from '../../linalg/csr.ts';
import type { ContentModel } from '../content/content-model.ts';

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): repeatedly takes the movie with the largest
 * λ × score / best score - (1 - λ) × the largest cosine with a movie already taken. Ties keep the order given.
 *
 * `rows` and `scores` are the pool, best first. Returns the first `limit` positions of the pool in their new order; a longer limit extends the
 * same order, so pages fit together. Cost: limit × pool dot products.
 */
export function diversify(model: ContentModel, rows: Uint32Array, scores: Float64Array, limit: number, relevance: number): number[] {
  const { features } = model;
  const best = scores.length > 0 && scores[0] > 0 ? scores[0] : 1;
  const lengths = poolNorms(model, rows);
  const nearest = new Float64Array(rows.length);
  const taken = new Uint8Array(rows.length);
  const scratch = new Float64Array(features.columns);
  const order: number[] = [];
  while (order.length < Math.min(limit, rows.length)) {
    let choice = -1;
    let choiceValue = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < rows.length; n++) {
      if (taken[n] === 1) continue;
      const value = (relevance * scores[n]) / best - (1 - relevance) * nearest[n];
      if (value > choiceValue) {
        choice = n;
        choiceValue = value;
      }
    }
    taken[choice] = 1;
    order.push(choice);
    addRow(features, rows[choice], 1, scratch);
    for (let n = 0; n < rows.length; n++) {
      if (taken[n] === 1) continue;
      const cosine = dotRow(features, rows[n], scratch) / (lengths[n] * lengths[choice]);
      if (cosine > nearest[n]) nearest[n] = cosine;
    }
    const { columnIndices, rowOffsets } = features;
    for (let p = rowOffsets[rows[choice]]; p < rowOffsets[rows[choice] + 1]; p++) scratch[columnIndices[p]] = 0;
  }
  return order;
}

function poolNorms(model: ContentModel, rows: Uint32Array): Float64Array {
  const { rowOffsets, columnIndices, values, columns } = model.features;
  return Float64Array.from(rows, (row) => {
    const [start, end] = [rowOffsets[row], rowOffsets[row + 1]];
    const one = {
      rows: 1,
      columns,
      rowOffsets: Uint32Array.of(0, end - start),
      columnIndices: columnIndices.subarray(start, end),
      values: values.subarray(start, end),
    };
    return rowNorms(one)[0] || 1;
  });
}
