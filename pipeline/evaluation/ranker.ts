import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { TopK } from '../../src/engine/linalg/topk.ts';
import { NEUTRAL } from '../../src/engine/recommender/profile.ts';
import type { Recommender } from '../../src/engine/recommender/recommender.ts';

/** A model that can be measured: it ranks candidates for the likes of a user. */
export interface Ranker {
  /** The best `depth` rows of `candidates`, best first. `likes` are rows in any order. None of them is a candidate. */
  rank(likes: Uint32Array, candidates: Bitset, depth: number): ArrayLike<number>;
}

/** A model that scores every movie: it adds the scores to `out`, which has one entry per movie. */
export interface Scores {
  score(likes: Uint32Array, out: Float64Array): void;
}

/** Ranks by score, higher first, then lower row. A movie with score NaN is not ranked. */
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
      // The score excludes most movies, so it is checked before the candidates.
      if (out[row] < threshold || !candidates.has(row)) continue;
      best.offer(row, out[row]);
      threshold = best.threshold;
    }
    return best.drain().indices;
  }
}

/** The ranking of the server in mode FOR_YOU at a setting of `familiar`, computed by the server's own code. */
export class ServedRanker implements Ranker {
  readonly #recommender: Recommender;
  readonly #familiar: number;

  constructor(recommender: Recommender, familiar: number = NEUTRAL) {
    this.#recommender = recommender;
    this.#familiar = familiar;
  }

  rank(likes: Uint32Array, candidates: Bitset, depth: number): number[] {
    const profile = { liked: [...likes], disliked: [], genres: [], familiar: this.#familiar };
    const { movies } = this.#recommender.recommend({ profile, mode: 'FOR_YOU', candidates, offset: 0, limit: depth });
    return movies.map(({ index }) => index);
  }
}
