import type { TrainingSet } from '../../evaluation/split.ts';

/**
 * Number of likes of each movie, decayed with age:
 *
 *   n_j = Σ 2^(-age / half-life)
 *
 * over the likes of movie j. Age runs from the like to the latest like of the training data, in days. Without timestamps, or with an infinite
 * half-life, n_j is the plain number of likes. (Time decay as in Ji et al., "A Re-visit of the Popularity Baseline in Recommender Systems",
 * SIGIR 2020.)
 */
export function decayedLikes({ likes, now, movies }: TrainingSet, halfLifeDays: number): Float64Array {
  const counts = new Float64Array(movies);
  const { rows, times } = likes;
  const rate = Math.LN2 / (halfLifeDays * 86_400);
  for (let p = 0; p < rows.length; p++) counts[rows[p]] += times === undefined ? 1 : Math.exp(-rate * (now - times[p]));
  return counts;
}

/** The same ranking for everybody: movies by n_j. The engine's `popularityOf` of n_j without averages has the same order. */
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
