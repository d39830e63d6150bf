import type { ItemItemModel } from './item-item-model.ts';
import type { LikeScorer, LikeWeights } from './like-scorer.ts';

/**
 * Conditional co-occurrence: how likely movie j is among what a viewer watches who likes movie i, with a prior from all viewers. For a
 * viewer with the likes I
 *
 *   score_j = Σ_{i in I} q_i P[i, j],   P[i, j] = weights[i, j] + prior_i × share_j
 *
 * q are the weights of the likes. `weights` holds the largest entries of the observed part. `prior` is the part of the prior for each liked
 * movie, near 1 where few viewers like it. `share` is the part that each movie has in all interactions. The prior is a product, so nothing
 * dense is stored.
 */
export class CoLikesModel implements LikeScorer {
  readonly weights: ItemItemModel;
  /** One entry a movie, 0 to 1. */
  readonly prior: Float32Array;
  /** One entry a movie. */
  readonly share: Float32Array;
  /** Movies with a share. In a catalog with many movies that nobody rated they are few. */
  readonly #known: Uint32Array;

  /** Throws a RangeError when the parts are of different sizes. */
  constructor(weights: ItemItemModel, prior: Float32Array, share: Float32Array) {
    if (prior.length !== weights.movies || share.length !== weights.movies)
      throw new RangeError(`${prior.length} and ${share.length} entries do not fit ${weights.movies} movies`);
    this.weights = weights;
    this.prior = prior;
    this.share = share;
    this.#known = Uint32Array.from(share.keys()).filter((movie) => share[movie] !== 0);
  }

  get movies(): number {
    return this.weights.movies;
  }

  score(likes: Uint32Array, out: Float64Array, weight = 1, likeWeights?: LikeWeights): void {
    this.weights.score(likes, out, weight, likeWeights);
    const { share } = this;
    const known = this.#known;
    const prior = weight * this.#priorOf(likes, likeWeights);
    if (prior === 0) return;
    for (let n = 0; n < known.length; n++) out[known[n]] += prior * share[known[n]];
  }

  attributions(likes: Uint32Array, movie: number, likeWeights?: LikeWeights): Float64Array {
    const attributions = this.weights.attributions(likes, movie, likeWeights);
    for (let n = 0; n < likes.length; n++) attributions[n] += (likeWeights?.[n] ?? 1) * this.prior[likes[n]] * this.share[movie];
    return attributions;
  }

  #priorOf(likes: Uint32Array, likeWeights: LikeWeights | undefined): number {
    let sum = 0;
    for (let n = 0; n < likes.length; n++) sum += (likeWeights?.[n] ?? 1) * this.prior[likes[n]];
    return sum;
  }
}
