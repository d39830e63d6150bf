import { indexArray } from '../../src/linalg/csr.ts';
import { TopK } from '../../src/linalg/topk.ts';
import { ItemItemModel } from '../../src/recommender/collaborative/item-item-model.ts';
import type { Likes } from '../evaluation/likes.ts';
import { interactionsOf, type ItemChoice } from './interactions.ts';

export interface ItemKnnParameters extends ItemChoice {
  /** k: neighbours kept of each movie. */
  neighbours: number;
}

/**
 * ItemKNN (Sarwar et al. 2001): w[i, j] = |A ∩ B| / √(|A| |B|), A and B being the users who like movie i and movie j, for the k movies j most
 * similar to i. The baseline that every other model has to beat.
 */
export function trainItemKnn(likes: Likes, movies: number, parameters: ItemKnnParameters): ItemItemModel {
  const { movies: rows, itemOffsets, items, likerOffsets, likers } = interactionsOf(likes, movies, parameters);
  const n = rows.length;
  const common = new Uint32Array(n);
  const rowOffsets = new Uint32Array(movies + 1);
  const columns: Uint32Array[] = [];
  const values: Float32Array[] = [];
  let entries = 0;
  for (let i = 0; i < n; i++) {
    common.fill(0);
    for (let p = likerOffsets[i]; p < likerOffsets[i + 1]; p++) {
      for (let q = itemOffsets[likers[p]]; q < itemOffsets[likers[p] + 1]; q++) common[items[q]]++;
    }
    const size = likerOffsets[i + 1] - likerOffsets[i];
    const best = new TopK(parameters.neighbours);
    for (let j = 0; j < n; j++) {
      if (common[j] > 0 && j !== i) best.offer(j, common[j] / Math.sqrt(size * (likerOffsets[j + 1] - likerOffsets[j])));
    }
    const { indices, scores } = best.drain();
    const order = Uint32Array.from(indices.keys()).sort((a, b) => indices[a] - indices[b]);
    columns.push(Uint32Array.from(order, (place) => rows[indices[place]]));
    values.push(Float32Array.from(order, (place) => scores[place]));
    rowOffsets[rows[i] + 1] = order.length;
    entries += order.length;
  }
  for (let row = 0; row < movies; row++) rowOffsets[row + 1] += rowOffsets[row];
  const columnIndices = indexArray(movies, entries);
  const weights = new Float32Array(entries);
  for (let i = 0; i < n; i++) {
    columnIndices.set(columns[i], rowOffsets[rows[i]]);
    weights.set(values[i], rowOffsets[rows[i]]);
  }
  return new ItemItemModel({ rows: movies, columns: movies, rowOffsets, columnIndices, values: weights });
}
