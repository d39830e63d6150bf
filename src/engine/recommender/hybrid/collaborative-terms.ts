import type { CollaborativeModel } from '../collaborative/collaborative-model.ts';
import type { BlendWeights } from './hybrid-config.ts';

/** Terms that a viewer's likes, or dislikes, add to the score of every movie in one request. */
export interface CollaborativeTerms {
  /** The factor term of movie j is its vector's dot product with this; weight and sign are included. */
  vector: Float64Array;
  /** out[j] += the item-item terms of movie j. One entry a movie of the catalog. */
  addWeights(out: Float64Array): void;
  /** The part that each of the viewer's movies has in all terms of movie j, in the order of the viewer's movies. */
  attributions(movie: number): Float64Array;
}

/**
 * The collaborative terms for a viewer's movies I. They add to the score of movie j
 *
 *   sign × Σ_{i in I} (w_ease B[i, j] + w_fewLikes B'[i, j] + w_factors y_jᵀ A⁻¹ y_i)
 *
 * with B the weights of `ease`, B' the weights of `sparseProfileEase`, y the movies' vectors and A the matrix of FactorModel. `sign` is 1
 * for likes and negative for dislikes. The factors are folded in here, once.
 */
export function collaborativeTerms(
  { ease, sparseProfileEase, factors }: CollaborativeModel,
  movies: Uint32Array,
  weights: BlendWeights,
  sign: number,
): CollaborativeTerms {
  const viewer = factors.fold(movies);
  return {
    vector: viewer.vector.map((value) => sign * weights.factors * value),
    addWeights(out) {
      if (weights.ease !== 0) ease.score(movies, out, sign * weights.ease);
      if (weights.fewLikes !== 0) sparseProfileEase.score(movies, out, sign * weights.fewLikes);
    },
    attributions(movie) {
      const fromFactors = viewer.attributions(movie);
      const fromEase = ease.attributions(movies, movie);
      const fromSparse = sparseProfileEase.attributions(movies, movie);
      return fromFactors.map(
        (value, n) => sign * (weights.factors * value + weights.ease * fromEase[n] + weights.fewLikes * fromSparse[n]),
      );
    },
  };
}
