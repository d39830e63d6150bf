import type { TrainingSet } from '../../evaluation/split.ts';

/**
 * What is liked now is worth more than what was: each like counts 2^(-age / half-life), age from the latest like of the training set, both in days.
 * Without timestamps, or with an infinite half-life, these are plain counts. An entry a movie. (Time decay as in Ji et al., "A Re-visit of the
 * Popularity Baseline in Recommender Systems", SIGIR 2020.)
 */
export function decayedLikes({ likes, now, movies }: TrainingSet, halfLifeDays: number): Float64Array {
  const counts = new Float64Array(movies);
  const { rows, times } = likes;
  const rate = Math.LN2 / (halfLifeDays * 86_400);
  for (let p = 0; p < rows.length; p++) counts[rows[p]] += times === undefined ? 1 : Math.exp(-rate * (now - times[p]));
  return counts;
}

/** The same for everybody: a movie's score is its number of likes, decayed or not. */
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
