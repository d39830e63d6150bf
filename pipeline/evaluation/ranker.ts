import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { TopK } from '../../src/engine/linalg/topk.ts';
import { NEUTRAL } from '../../src/engine/recommender/profile.ts';
import { recencyWeights } from '../../src/engine/recommender/recency.ts';
import type { Mode, Recommender } from '../../src/engine/recommender/recommender.ts';

/** A model that can be measured: it ranks candidates for the likes of a user. */
export interface Ranker {
  /**
   * The best `depth` rows of `candidates`, best first. `likes` are rows in any order. None of them is a candidate. `times` says when each
   * was liked.
   */
  rank(likes: Uint32Array, candidates: Bitset, depth: number, times?: Uint32Array): ArrayLike<number>;
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

/** The ranking of the server in a mode at a setting of `familiar`, computed by the server's own code. */
export class ServedRanker implements Ranker {
  readonly #recommender: Recommender;
  readonly #familiar: number;
  readonly #mode: Mode;

  constructor(recommender: Recommender, familiar: number = NEUTRAL, mode: Mode = 'FOR_YOU') {
    this.#recommender = recommender;
    this.#familiar = familiar;
    this.#mode = mode;
  }

  rank(likes: Uint32Array, candidates: Bitset, depth: number, times?: Uint32Array): number[] {
    const likedWeights = times && recencyWeights([...times]);
    const profile = { liked: [...likes], likedWeights, disliked: [], genres: [], familiar: this.#familiar };
    const { movies } = this.#recommender.recommend({ profile, mode: this.#mode, candidates, offset: 0, limit: depth });
    return movies.map(({ index }) => index);
  }
}
