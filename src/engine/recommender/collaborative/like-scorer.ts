/** One weight a like, in the order of the likes. */
export type LikeWeights = ArrayLike<number>;

/** A model that scores movies from a viewer's likes. Scores are sums over the likes, so each like has an exact part of every score. */
export interface LikeScorer {
  /** Number of movies of the catalog. */
  readonly movies: number;
  /**
   * out[j] += weight × score of movie j, one entry a movie, for a viewer with these likes (MovieIndex, none twice). `weight` is 1 by
   * default. `likeWeights` multiply the likes' terms of the sum, in the order of the likes; each is 1 by default.
   */
  score(likes: Uint32Array, out: Float64Array, weight?: number, likeWeights?: LikeWeights): void;
  /** The part of each like in the score of `movie`, in the order of the likes. The parts add up to the score. */
  attributions(likes: Uint32Array, movie: number, likeWeights?: LikeWeights): Float64Array;
}
