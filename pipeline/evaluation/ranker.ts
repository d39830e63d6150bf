import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { TopK } from '../../src/engine/linalg/topk.ts';
import type { Recommender } from '../../src/engine/recommender/recommender.ts';

/** Anything that can be measured: told a viewer's likes, it ranks what it may show. */
export interface Ranker {
  /** The first `depth` movies (rows) of `candidates`, best first. `likes` are rows, the order says nothing; none of them is a candidate. */
  rank(likes: Uint32Array, candidates: Bitset, depth: number): ArrayLike<number>;
}

/** A model that gives each movie a score: adds it to `out`, which has an entry a movie. */
export interface Scores {
  score(likes: Uint32Array, out: Float64Array): void;
}

/** Ranks by score, higher first, then lower row; what has no score (NaN) is not ranked. */
export class ScoreRanker implements Ranker {
  readonly #scores: Scores;
  readonly #out: Float64Array;

  constructor(scores: Scores, movies: number) {
    this.#scores = scores;
    this.#out = new Float64Array(movies);
  }

  rank(likes: Uint32Array, candidates: Bitset, depth: number): Uint32Array {
    const out = this.#out.fill(0);
    this.#scores.score(likes, out);
    const best = new TopK(depth);
    let threshold = best.threshold;
    for (let row = 0; row < out.length; row++) {
      // Most movies are out by their score: whether they may be shown is asked of the others.
      if (out[row] < threshold || !candidates.has(row)) continue;
      best.offer(row, out[row]);
      threshold = best.threshold;
    }
    return best.drain().indices;
  }
}

/** The ranking that the server gives, in mode FOR_YOU, by the code that the server runs. */
export class ServedRanker implements Ranker {
  readonly #recommender: Recommender;

  constructor(recommender: Recommender) {
    this.#recommender = recommender;
  }

  rank(likes: Uint32Array, candidates: Bitset, depth: number): number[] {
    const taste = { liked: [...likes], disliked: [], genres: [] };
    const { movies } = this.#recommender.recommend({ profile: taste, mode: 'FOR_YOU', candidates, offset: 0, limit: depth });
    return movies.map(({ index }) => index);
  }
}
