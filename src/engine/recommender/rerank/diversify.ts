import { addRow, clearRow, dotRow, rowNorm } from '../../linalg/csr.ts';
import type { ContentModel } from '../content/content-model.ts';
import type { RankedRows } from '../scorer.ts';

/**
 * The ranks of `ranked` in a diverse order, at least `limit` of them: the first `pool` movies re-ranked by maximal marginal relevance, then
 * the others as they were. `pool` and `relevance` are settings of the model.
 */
export function diverseOrder(model: ContentModel, ranked: RankedRows, limit: number): Uint32Array {
  const { pool, relevance } = model.config.diversity;
  const order = Uint32Array.from(ranked.indices, (_, rank) => rank);
  order.set(diversify(model, ranked.indices.subarray(0, pool), ranked.scores.subarray(0, pool), limit, relevance));
  return order;
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998). The next movie is always the one with the largest
 *
 *   relevance × score / best score - (1 - relevance) × largest cosine with a movie already taken
 *
 * Equal values keep the order given. A best score of 0 or less divides by 1 instead. A cosine below 0 counts as 0; so does that of a movie
 * without features.
 *
 * `rows` and `scores` are the pool, best first. Returns the first `limit` positions of the pool in their new order. A larger limit extends
 * the same order, so pages fit together. Cost: limit × pool dot products.
 */
export function diversify(model: ContentModel, rows: Uint32Array, scores: Float64Array, limit: number, relevance: number): number[] {
  const { features } = model;
  const bestScore = scores.length > 0 && scores[0] > 0 ? scores[0] : 1;
  const norms = Float64Array.from(rows, (row) => rowNorm(features, row) || 1);
  const maxCosine = new Float64Array(rows.length);
  const taken = new Uint8Array(rows.length);
  const dense = new Float64Array(features.columns);
  const order: number[] = [];
  while (order.length < Math.min(limit, rows.length)) {
    let choice = -1;
    let choiceValue = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < rows.length; n++) {
      if (taken[n] === 1) continue;
      const value = (relevance * scores[n]) / bestScore - (1 - relevance) * maxCosine[n];
      if (value > choiceValue) {
        choice = n;
        choiceValue = value;
      }
    }
    taken[choice] = 1;
    order.push(choice);
    addRow(features, rows[choice], 1, dense);
    for (let n = 0; n < rows.length; n++) {
      if (taken[n] === 1) continue;
      const cosine = dotRow(features, rows[n], dense) / (norms[n] * norms[choice]);
      if (cosine > maxCosine[n]) maxCosine[n] = cosine;
    }
    clearRow(features, rows[choice], dense);
  }
  return order;
}
