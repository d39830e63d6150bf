import { indexArray, transpose } from '../../src/engine/linalg/csr.ts';
import { TopK } from '../../src/engine/linalg/topk.ts';
import { ItemItemModel } from '../../src/engine/recommender/collaborative/item-item-model.ts';
import { type ItemChoice, interactionsOf } from '../data/interactions.ts';
import type { Likes } from '../data/likes.ts';

export interface ItemKnnParameters extends ItemChoice {
  /** k: the number of neighbours that contribute to the score of a movie. */
  neighbours: number;
}

/**
 * ItemKNN (Sarwar et al. 2001): w[i, j] = |A ∩ B| / √(|A| |B|) for the k movies i that are most similar to the scored movie j.
 * A and B are the sets of users that like i and j. A movie is not its own neighbour. A baseline for the other models.
 */
export function trainItemKnn(likes: Likes, movies: number, parameters: ItemKnnParameters): ItemItemModel {
  const { movies: rows, itemOffsets, items, likerOffsets, likers } = interactionsOf(likes, movies, parameters);
  const common = new Uint32Array(rows.length);
  const rowOffsets = new Uint32Array(movies + 1);
  const neighbours: Uint32Array[] = [];
  const similarities: Float32Array[] = [];
  let entries = 0;
  for (let j = 0; j < rows.length; j++) {
    common.fill(0);
    for (let p = likerOffsets[j]; p < likerOffsets[j + 1]; p++) {
      for (let q = itemOffsets[likers[p]]; q < itemOffsets[likers[p] + 1]; q++) common[items[q]]++;
    }
    const size = likerOffsets[j + 1] - likerOffsets[j];
    const best = new TopK(parameters.neighbours);
    for (let i = 0; i < rows.length; i++) {
      if (common[i] > 0 && i !== j) best.offer(i, common[i] / Math.sqrt(size * (likerOffsets[i + 1] - likerOffsets[i])));
    }
    const { indices, scores } = best.drain();
    const order = Uint32Array.from(indices.keys()).sort((a, b) => indices[a] - indices[b]);
    neighbours.push(Uint32Array.from(order, (place) => rows[indices[place]]));
    similarities.push(Float32Array.from(order, (place) => scores[place]));
    rowOffsets[rows[j] + 1] = order.length;
    entries += order.length;
  }
  for (let row = 0; row < movies; row++) rowOffsets[row + 1] += rowOffsets[row];
  const columnIndices = indexArray(movies, entries);
  const values = new Float32Array(entries);
  for (let j = 0; j < rows.length; j++) {
    columnIndices.set(neighbours[j], rowOffsets[rows[j]]);
    values.set(similarities[j], rowOffsets[rows[j]]);
  }
  // Here a row holds the neighbours of a scored movie. The model needs one row per liked movie, so the matrix is transposed.
  return ItemItemModel.ofRows(transpose({ rows: movies, columns: movies, rowOffsets, columnIndices, values }));
}
