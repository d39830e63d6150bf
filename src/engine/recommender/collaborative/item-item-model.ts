import type { Csr } from '../../linalg/csr.ts';
import type { LikeScorer, LikeWeights } from './like-scorer.ts';

/**
 * A model with one weight for each pair of movies. For a viewer with the likes I
 *
 *   score_j = Σ_{i in I} q_i weights[i, j]
 *
 * q are the weights of the likes. `weights` is movies × movies; entries that are not stored are 0. ItemKNN and EASE have this form.
 */
export class ItemItemModel implements LikeScorer {
  readonly weights: Csr;

  /** Throws a RangeError when `weights` is not square. */
  constructor(weights: Csr) {
    if (weights.rows !== weights.columns)
      throw new RangeError(`${weights.rows} rows and ${weights.columns} columns of weights, expected as many`);
    this.weights = weights;
  }

  get movies(): number {
    return this.weights.rows;
  }

  score(likes: Uint32Array, out: Float64Array, weight = 1, likeWeights?: LikeWeights): void {
    const { rowOffsets, columnIndices, values } = this.weights;
    for (let n = 0; n < likes.length; n++) {
      const end = rowOffsets[likes[n] + 1];
      const ofLike = likeWeights === undefined ? weight : weight * likeWeights[n];
      for (let p = rowOffsets[likes[n]]; p < end; p++) out[columnIndices[p]] += ofLike * values[p];
    }
  }

  attributions(likes: Uint32Array, movie: number, likeWeights?: LikeWeights): Float64Array {
    const attributions = new Float64Array(likes.length);
    for (let n = 0; n < likes.length; n++) attributions[n] = (likeWeights?.[n] ?? 1) * this.#weight(likes[n], movie);
    return attributions;
  }

  #weight(row: number, column: number): number {
    const { rowOffsets, columnIndices, values } = this.weights;
    let low = rowOffsets[row];
    let high = rowOffsets[row + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (columnIndices[middle] < column) low = middle + 1;
      else high = middle;
    }
    return low < rowOffsets[row + 1] && columnIndices[low] === column ? values[low] : 0;
  }
}
