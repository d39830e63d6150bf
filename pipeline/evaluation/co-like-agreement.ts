import { Bitset } from '../../src/engine/linalg/bitset.ts';
import type { Recommender } from '../../src/engine/recommender/recommender.ts';
import { type Likes, likeCounts } from '../data/likes.ts';
import { meanOf } from '../data/mean.ts';
import { type CoLiked, coLikes } from './co-likes.ts';
import { ndcgAt } from './metrics.ts';

export interface CoLikeAgreement {
  /** Number of query movies. */
  queries: number;
  /** nDCG@10 of `similar` over the whole catalog, as served. */
  open: number;
  /** nDCG@10 among movies with enough likes, without popularity: the quality of content alone. Undefined when not measured. */
  content: number | undefined;
}

/** Half of the query movies: weights are chosen on `tuning`, reported figures come from `held-out`. */
export type QueryHalf = 'tuning' | 'held-out';

/** Movies with at least this many likes are query movies: their co-likes are reliable. */
const QUERY_LIKES = 40;
/** Movies with at least this many likes are candidates of the content measure. */
const ANSWER_LIKES = 20;
const GAINS_KEPT = 50;
const DEPTH = 10;

/**
 * Agreement of "movies like this one" with movies that the same users like. The gain of a movie for a query movie is their shrunk item
 * cosine (co-likes.ts); the 50 highest gains count. The measure is the mean nDCG@10. A hash of the movie id divides the query movies
 * into two halves: the weights of the config were chosen on `tuning`, reported figures come from `held-out`.
 */
export class CoLikeTruth {
  readonly #queries: CoLiked[];
  readonly #answers: Bitset;

  constructor(likes: Likes, movieIds: readonly number[], half: QueryHalf) {
    const counts = likeCounts(likes, movieIds.length);
    this.#answers = Bitset.of(
      movieIds.length,
      counts.keys().filter((row) => counts[row] >= ANSWER_LIKES),
    );
    const parity = half === 'tuning' ? 0 : 1;
    this.#queries = coLikes(likes, movieIds.length, QUERY_LIKES, GAINS_KEPT).filter(({ movie }) => hashBit(movieIds[movie]) === parity);
  }

  /** `withoutPopularity` is the same content model with all popularity weights 0. */
  measure(recommender: Recommender, withoutPopularity?: Recommender): CoLikeAgreement {
    const open = this.#queries.map(({ movie, gains }) => {
      const rows = recommender.similar(movie, DEPTH).map(({ index }) => index);
      return ndcgAt(DEPTH, rows, gains);
    });
    const content = withoutPopularity && this.#contentOnly(withoutPopularity);
    return { queries: this.#queries.length, open: meanOf(open), content };
  }

  #contentOnly(recommender: Recommender): number {
    const figures = this.#queries.map(({ movie, gains }) => {
      const candidates = this.#answers.clone();
      candidates.delete(movie);
      const profile = { liked: [movie], disliked: [], genres: [] };
      const { movies } = recommender.recommend({ profile, mode: 'FOR_YOU', candidates, offset: 0, limit: DEPTH });
      return ndcgAt(
        DEPTH,
        movies.map(({ index }) => index),
        gains,
      );
    });
    return meanOf(figures);
  }
}

/** One bit of Knuth's multiplicative hash: an even split that does not depend on age or popularity. */
function hashBit(movieId: number): number {
  return (Math.imul(movieId, 2654435761) >>> 16) & 1;
}
