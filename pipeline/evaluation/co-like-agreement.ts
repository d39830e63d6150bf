import { Bitset } from '../../src/engine/linalg/bitset.ts';
import type { Recommender } from '../../src/engine/recommender/recommender.ts';
import { type Likes, likeCounts } from '../data/likes.ts';
import { type CoLiked, coLikes } from './co-likes.ts';
import { meanOf, ndcgAt } from './metrics.ts';

export interface CoLikeAgreement {
  /** Movies asked about. */
  queries: number;
  /** nDCG@10 of `similar` over the whole catalogue, as served. */
  open: number;
  /** nDCG@10 among the movies that enough users rated, popularity left out: what content alone is worth. Undefined where it was not asked. */
  content: number | undefined;
}

/** Which half of the query movies: weights are chosen on one and judged on the other. */
export type QueryHalf = 'tuning' | 'held-out';

/** Movies with at least so many likes are asked about; their co-likes are known well enough to be a truth. */
const QUERY_LIKES = 40;
/** Movies with at least so many likes can be answers of the content measure. */
const ANSWER_LIKES = 20;
const GAINS_KEPT = 50;
const DEPTH = 10;

/**
 * How well "movies like this one" agrees with what people who like it like as well. For each query movie the gain of another movie is
 * their shrunk item cosine (see co-likes.ts), the 50 highest; the measure is the mean nDCG@10. Query movies are split in two by a hash of their id:
 * the config's weights were chosen on `tuning`, figures that are reported come from `held-out`.
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

  /** `withoutPopularity` is the same model of content with every popularity weight 0. */
  measure(recommender: Recommender, withoutPopularity?: Recommender): CoLikeAgreement {
    const open = this.#queries.map(({ movie, gains }) => {
      const rows = recommender.similar(movie, DEPTH).map(({ index }) => index);
      return ndcgAt(DEPTH, rows, gains);
    });
    const content = withoutPopularity && this.#contentAlone(withoutPopularity);
    return { queries: this.#queries.length, open: meanOf(open), content };
  }

  #contentAlone(recommender: Recommender): number {
    const figures = this.#queries.map(({ movie, gains }) => {
      const candidates = this.#answers.clone();
      candidates.delete(movie);
      const taste = { liked: [movie], disliked: [], genres: [] };
      const { movies } = recommender.recommend({ profile: taste, mode: 'FOR_YOU', candidates, offset: 0, limit: DEPTH });
      return ndcgAt(
        DEPTH,
        movies.map(({ index }) => index),
        gains,
      );
    });
    return meanOf(figures);
  }
}

/** One bit of Knuth's multiplicative hash: an even split that has nothing to do with age or popularity. */
function hashBit(movieId: number): number {
  return (Math.imul(movieId, 2654435761) >>> 16) & 1;
}
