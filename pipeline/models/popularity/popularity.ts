import type { TrainingSet } from '../../data/training-set.ts';

/**
 * Likes of each movie with time decay: a like counts 2^(-age / half-life), both in days. The age is counted from the latest like of
 * the training set. Without timestamps, or with an infinite half-life, the result is the plain counts.
 * (Ji et al., "A Re-visit of the Popularity Baseline in Recommender Systems", SIGIR 2020.)
 */
export function decayedLikes({ likes, now, movies }: TrainingSet, halfLifeDays: number): Float64Array {
  const counts = new Float64Array(movies);
  const { rows, times } = likes;
  const rate = Math.LN2 / (halfLifeDays * 86_400);
  for (let p = 0; p < rows.length; p++) counts[rows[p]] += times === undefined ? 1 : Math.exp(-rate * (now - times[p]));
  return counts;
}

/** Gives all users the same ranking: the score of a movie is its entry of `counts`. */
export class PopularityScorer {
  readonly movies: number;
  readonly #counts: Float64Array;

  constructor(counts: Float64Array) {
    this.#counts = counts;
    this.movies = counts.length;
  }

  score(_likes: Uint32Array, out: Float64Array): void {
    const counts = this.#counts;
    for (let row = 0; row < counts.length; row++) out[row] += counts[row];
  }
}
