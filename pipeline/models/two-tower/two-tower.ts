import type { LikeWeights } from '../../../src/engine/recommender/collaborative/like-scorer.ts';

/** A trained two-tower model, see trainTwoTower. */
export interface TwoTowerParameters {
  dimensions: number;
  /** movies × (dimensions + 1), row-major: the vector of each movie and its bias, from features and, where there is one, the learned vector. */
  items: Float32Array;
  /** dimensions × dimensions, row-major: the user tower's matrix M. */
  user: Float32Array;
}

/**
 * Scores movies for the likes I of a user:
 *
 *   u       = M × Σ_{i in I} q_i v_i / |I|
 *   score_j = u · v_j + b_j
 *
 * v are the vectors of the movies and b their biases. q are the weights of the likes, 1 by default.
 */
export class TwoTower {
  readonly #parameters: TwoTowerParameters;

  constructor(parameters: TwoTowerParameters) {
    this.#parameters = parameters;
  }

  /** Adds the score of every movie to `out`. */
  score(likes: Uint32Array, out: Float64Array, likeWeights?: LikeWeights): void {
    const { dimensions: d, items } = this.#parameters;
    const user = this.userVector(likes, likeWeights);
    for (let j = 0, p = 0; j < out.length; j++, p += d + 1) {
      let sum = items[p + d];
      for (let f = 0; f < d; f++) sum += user[f] * items[p + f];
      out[j] += sum;
    }
  }

  /** u, one entry a dimension; zeros without likes. */
  userVector(likes: Uint32Array, likeWeights?: LikeWeights): Float64Array {
    const { dimensions: d, items, user: matrix } = this.#parameters;
    const mean = new Float64Array(d);
    likes.forEach((like, n) => {
      const weight = (likeWeights?.[n] ?? 1) / likes.length;
      for (let f = 0, p = like * (d + 1); f < d; f++, p++) mean[f] += weight * items[p];
    });
    return Float64Array.from(mean, (_, f) => {
      let sum = 0;
      for (let g = 0; g < d; g++) sum += matrix[f * d + g] * mean[g];
      return sum;
    });
  }
}
