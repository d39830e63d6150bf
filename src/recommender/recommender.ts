import type { ArtifactSet } from '../artifacts/artifact-set.ts';
import type { BlendWeights } from '../features/taste-config.ts';
import { Bitset } from '../linalg/bitset.ts';
import { meanRow } from '../linalg/csr.ts';
import { TopK } from '../linalg/topk.ts';
import { weightsAt } from './blend.ts';
import { type TasteModel, tasteShares } from './taste-model.ts';
import { diversify } from './diversify.ts';
import { type Model, readModel } from './model.ts';
import { type ProfileShares, profileShares, type Taste, writeProfile } from './profile.ts';
import { type Contribution, contributionsTo, type Explained, type HybridParts } from './reasons.ts';
import { Scorer } from './scorer.ts';

export type Mode = 'FOR_YOU' | 'TRENDING' | 'DIVERSE';

export interface RankingRequest {
  taste: Taste;
  mode: Mode;
  /** What may be shown: all filters and exclusions applied. */
  candidates: Bitset;
  offset: number;
  limit: number;
}

export interface RankedMovie {
  /** MovieIndex. */
  index: number;
  score: number;
  /** They add up to the score; largest share first. */
  contributions: Contribution[];
}

export interface Ranking {
  /** How many movies could be shown. */
  total: number;
  movies: RankedMovie[];
}

interface ProfileDots {
  dots: Float64Array;
  /** Euclidean length of the profile. */
  length: number;
}

/** Ratings models and the weights of one request. */
interface Hybrid {
  model: TasteModel;
  weights: BlendWeights;
}

/**
 * Ranks the movies of one model: by content, and by what ratings say of the likes too when the model knows and there are likes. The parts of a hybrid
 * score are brought to content's scale (pipeline/training/learn-blend.ts), so that genres, dislikes and modes weigh as they do without ratings.
 * Synchronous, and it keeps scratch memory between calls: one call at a time, which is what one thread does.
 * Order: score, then lower index; the same request gives the same order to the last digit, so pages never repeat or skip.
 */
export class Recommender {
  readonly #model: Model;
  readonly #scorer: Scorer;
  readonly #profile: Float64Array;
  readonly #scratch: Float64Array;
  readonly #added: Float64Array;
  #mean: Float64Array | undefined;
  #averageDots: ProfileDots | undefined;
  readonly #meanRow = (): Float64Array => {
    this.#mean ??= meanRow(this.#model.features);
    return this.#mean;
  };

  constructor(model: Model) {
    this.#model = model;
    this.#scorer = new Scorer(model.features, model.divisors, model.popularity);
    this.#profile = new Float64Array(model.features.columns);
    this.#scratch = new Float64Array(model.features.columns);
    this.#added = new Float64Array(model.taste === undefined ? 0 : model.features.rows);
  }

  /** Reads and checks the model of a set; throws an ArtifactError when its parts do not fit together. */
  static fromSet(set: ArtifactSet): Recommender {
    return new Recommender(readModel(set));
  }

  get movieCount(): number {
    return this.#model.features.rows;
  }

  /** 0 to 1, a row a movie. */
  get popularity(): Float32Array {
    return this.#model.popularity;
  }

  /** Whether ratings have a say. */
  get isHybrid(): boolean {
    return this.#model.taste !== undefined;
  }

  recommend({ taste, mode, candidates, offset, limit }: RankingRequest): Ranking {
    const { taste: model, config } = this.#model;
    const weights = config.popularity;
    const hybrid = model && taste.liked.length > 0 ? { model, weights: weightsAt(model.blend, taste.liked.length) } : undefined;
    const usual = hybrid !== undefined ? 0 : profileShares(this.#model, taste).average > 0 ? weights.withoutTaste : weights.forYou;
    const trending = hybrid === undefined ? weights.trending : weights.trending - weights.forYou;
    const { pool } = config.diversity;
    const reach = mode === 'DIVERSE' ? Math.max(pool, offset + limit) : offset + limit;
    const { ranked, explained } = this.#rank(taste, mode === 'TRENDING' ? trending : usual, candidates, reach, hybrid);
    const order = mode === 'DIVERSE' ? this.#diverseOrder(ranked, offset + limit) : undefined;
    const movies: RankedMovie[] = [];
    for (let place = offset; place < Math.min(offset + limit, ranked.indices.length); place++) {
      const n = order === undefined ? place : order[place];
      movies.push(this.#explain(ranked.indices[n], ranked.scores[n], explained));
    }
    return { total: candidates.count(), movies };
  }

  /** The movies most like this one, best first: the ranking of somebody who likes it alone. */
  similar(index: number, limit: number): RankedMovie[] {
    const candidates = Bitset.full(this.movieCount);
    candidates.delete(index);
    const taste: Taste = { liked: [index], disliked: [], genres: [] };
    const { taste: model, config } = this.#model;
    const hybrid = model && { model, weights: model.similar };
    const { ranked, explained } = this.#rank(taste, hybrid === undefined ? config.popularity.similar : 0, candidates, limit, hybrid);
    return Array.from(ranked.indices, (row, n) => this.#explain(row, ranked.scores[n], explained));
  }

  #rank(
    taste: Taste,
    popularityWeight: number,
    candidates: Bitset,
    reach: number,
    hybrid: Hybrid | undefined,
  ): { ranked: { indices: Uint32Array; scores: Float64Array }; explained: Explained } {
    const plain = profileShares(this.#model, taste);
    const shares = hybrid === undefined ? plain : { ...plain, liked: plain.liked * hybrid.weights.content };
    const rows = candidates.toIndices();
    const best = new TopK(Math.min(reach, rows.length));
    if (hybrid === undefined) {
      const isAverage = shares.average > 0 && shares.disliked === 0;
      const { dots, length } = isAverage ? this.#average() : this.#dots(taste, shares, rows);
      this.#scorer.offer(dots, length, rows, popularityWeight, best);
      return { ranked: best.drain(), explained: { taste, shares, length, popularityWeight, meanRow: this.#meanRow } };
    }
    const parts = this.#hybridParts(taste, hybrid);
    const length = this.#writeProfile(taste, plain, shares);
    const within = this.#scorer.within(this.#profile, length, rows, popularityWeight, best.capacity, parts.added);
    this.#scorer.offer(this.#scorer.dots(this.#profile, within), length, within, popularityWeight, best, parts.added);
    return { ranked: best.drain(), explained: { taste, shares, length, popularityWeight, meanRow: this.#meanRow, hybrid: parts } };
  }

  /** What ratings add to every movie's score. */
  #hybridParts(taste: Taste, { model, weights }: Hybrid): HybridParts {
    const added = this.#added;
    const { popularity } = model;
    for (let row = 0; row < added.length; row++) added[row] = weights.popularity * popularity[row];
    const liked = tasteShares(model, Uint32Array.from(taste.liked), weights, 1);
    const { dislikes } = this.#model.config.profile;
    const hasDislikes = taste.disliked.length > 0 && dislikes > 0;
    const disliked = hasDislikes ? tasteShares(model, Uint32Array.from(taste.disliked), weights, -dislikes) : undefined;
    // One pass over the vectors for likes and dislikes together.
    model.factors.addDots(disliked === undefined ? liked.vector : liked.vector.map((value, f) => value + disliked.vector[f]), added);
    liked.addWeights(added);
    disliked?.addWeights(added);
    return { liked, disliked, popularity, popularityWeight: weights.popularity, added };
  }

  #dots(taste: Taste, shares: ProfileShares, rows: Uint32Array): ProfileDots {
    const length = this.#writeProfile(taste, shares, shares);
    return { dots: this.#scorer.dots(this.#profile, rows), length };
  }

  /** Writes the profile of `shares` and returns the length of the one of `plain` shares, which is the measure of both. */
  #writeProfile(taste: Taste, plain: ProfileShares, shares: ProfileShares): number {
    const profile = this.#profile.fill(0);
    const length = writeProfile(this.#model, taste, plain, this.#meanRow, profile);
    if (shares !== plain) writeProfile(this.#model, taste, shares, this.#meanRow, profile.fill(0));
    return length;
  }

  /** The profile of who said nothing is dense and always the same: its dot products are computed once. */
  #average(): ProfileDots {
    if (this.#averageDots === undefined) {
      const everything = Bitset.full(this.movieCount).toIndices();
      const taste = { liked: [], disliked: [], genres: [] };
      const shares = profileShares(this.#model, taste);
      const { dots, length } = this.#dots(taste, shares, everything);
      this.#averageDots = { dots: dots.slice(), length };
    }
    return this.#averageDots;
  }

  /** The `pool` best re-ranked, then the rest as they were. */
  #diverseOrder(ranked: { indices: Uint32Array; scores: Float64Array }, reach: number): Uint32Array {
    const { pool, relevance } = this.#model.config.diversity;
    const order = Uint32Array.from(ranked.indices, (_, n) => n);
    order.set(diversify(this.#model, ranked.indices.subarray(0, pool), ranked.scores.subarray(0, pool), reach, relevance));
    return order;
  }

  #explain(row: number, score: number, explained: Explained): RankedMovie {
    return { index: row, score, contributions: contributionsTo(this.#model, row, explained, this.#scratch) };
  }
}
