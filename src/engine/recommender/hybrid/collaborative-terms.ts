import type { CollaborativeModel } from '../collaborative/collaborative-model.ts';
import type { FoldedViewer } from '../collaborative/factor-model.ts';
import type { ItemSimilarity, SimilarityVector } from '../collaborative/item-similarity.ts';
import type { LikeScorer, LikeWeights } from '../collaborative/like-scorer.ts';
import type { BlendWeights } from './hybrid-config.ts';

/** Terms that a viewer's likes, or dislikes, add to the score of every movie in one request. */
export interface CollaborativeTerms {
  /** The factor term of movie j is its vector's dot product with this; weight and sign are included. */
  vector: Float64Array;
  /** The item-similarity term of movie j is its vector's dot product with this, scaled by ItemSimilarity; weight and sign are included. */
  similarityVector: Float64Array;
  /** The viewer's movies folded in, and the sum of their similarities, both without weight and sign. */
  folded: FoldedViewer;
  similar: SimilarityVector;
  /** out[j] += the item-item terms of movie j. One entry a movie of the catalog. */
  addWeights(out: Float64Array): void;
  /** The part that each of the viewer's movies has in all terms of movie j, in the order of the viewer's movies. */
  attributions(movie: number): Float64Array;
}

/**
 * The collaborative terms for a viewer's movies I. They add to the score of movie j
 *
 *   sign × Σ_{i in I} q_i (w_ease B[i, j] + w_fewLikes B'[i, j] + w_coLikes P[i, j] + w_factors y_jᵀ A⁻¹ y_i + w_itemSimilarity S[i, j])
 *
 * B are the weights of `ease`, B' those of `sparseProfileEase` and P the probabilities of `coLikes`. y are the movies' vectors. A is the
 * matrix of FactorModel and S the damped cosine of ItemSimilarity. q are the `movieWeights`, 1 by default. `sign` is 1 for likes, and
 * negative for dislikes. The factors are folded in here, once.
 */
export function collaborativeTerms(
  model: CollaborativeModel,
  similarity: ItemSimilarity,
  movies: Uint32Array,
  weights: BlendWeights,
  sign: number,
  movieWeights?: LikeWeights,
): CollaborativeTerms {
  const viewer = model.factors.fold(movies, movieWeights);
  const similar = similarity.towards(movies, movieWeights);
  const sums = weightedSums(model, weights);
  return {
    folded: viewer,
    similar,
    vector: viewer.vector.map((value) => sign * weights.factors * value),
    similarityVector: similar.vector.map((value) => sign * weights.itemSimilarity * value),
    addWeights(out) {
      for (const { scorer, weight } of sums) scorer.score(movies, out, sign * weight, movieWeights);
    },
    attributions(movie) {
      const parts = viewer.attributions(movie).map((value) => sign * weights.factors * value);
      const add = (own: Float64Array, weight: number): void => {
        for (let n = 0; n < parts.length; n++) parts[n] += sign * weight * own[n];
      };
      if (weights.itemSimilarity !== 0) add(similar.attributions(movie), weights.itemSimilarity);
      for (const { scorer, weight } of sums) add(scorer.attributions(movies, movie, movieWeights), weight);
      return parts;
    },
  };
}

/**
 * Terms of the movies R that a viewer rated below a like. They add to the score of movie j
 *
 *   Σ_{i in R} q_i (w_ease B[i, j] + w_fewLikes B'[i, j])
 *
 * Both EASE models were trained with such ratings as weak evidence. Only their terms gain for certain (docs/research/evaluation.md).
 */
export function ratedTerms(
  { ease, sparseProfileEase }: CollaborativeModel,
  movies: Uint32Array,
  weights: BlendWeights,
  movieWeights: LikeWeights,
): Pick<CollaborativeTerms, 'addWeights' | 'attributions'> {
  return {
    addWeights(out) {
      ease.score(movies, out, weights.ease, movieWeights);
      sparseProfileEase.score(movies, out, weights.fewLikes, movieWeights);
    },
    attributions(movie) {
      const parts = ease.attributions(movies, movie, movieWeights);
      const ofSparse = sparseProfileEase.attributions(movies, movie, movieWeights);
      return parts.map((part, n) => weights.ease * part + weights.fewLikes * ofSparse[n]);
    },
  };
}

/** The item-item models that have a weight. */
function weightedSums(model: CollaborativeModel, weights: BlendWeights): { scorer: LikeScorer; weight: number }[] {
  const all = [
    { scorer: model.ease, weight: weights.ease },
    { scorer: model.sparseProfileEase, weight: weights.fewLikes },
    { scorer: model.coLikes, weight: weights.coLikes },
  ];
  return all.flatMap(({ scorer, weight }) => (scorer === undefined || weight === 0 ? [] : [{ scorer, weight }]));
}
