/** What ratings say of a viewer's likes: every model is additive over them, so each like has an exact share of every score. */
export interface LikeScorer {
  /** Rows of the catalogue. */
  readonly movies: number;
  /** out[j] += weight × score of movie j (one entry a movie) for somebody who likes these movies (MovieIndex, nothing twice). */
  score(likes: Uint32Array, out: Float64Array, weight?: number): void;
  /** The share of each like in movie j's score, in order of the likes; they add up to it. */
  attributions(likes: Uint32Array, movie: number): Float64Array;
}
