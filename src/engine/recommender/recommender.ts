import type { ModelRelease } from '../artifacts/model-release.ts';
import { Bitset } from '../linalg/bitset.ts';
import { meanRow } from '../linalg/csr.ts';
import { TopK } from '../linalg/topk.ts';
import { ItemSimilarity } from './collaborative/item-similarity.ts';
import { type Profile, profileOf, Scorer } from './content/similarity-kernel.ts';
import { type Contribution, contributionsTo, type HybridTerms, type ScoreInputs } from './contributions.ts';
import { combineScores, type GroupRankedMovie, type GroupRanking, type GroupRequest, type MemberShare, sharesOf } from './group.ts';
import { meanPopularity, weightsAt } from './hybrid/blend.ts';
import { BoundedSearch } from './hybrid/bounded-search.ts';
import { collaborativeTerms } from './hybrid/collaborative-terms.ts';
import type { BlendWeights } from './hybrid/hybrid-config.ts';
import type { HybridModel } from './hybrid/hybrid-model.ts';
import { type RecommenderModel, readRecommenderModel } from './model.ts';
import { contentWeight, type ProfileShares, profileShares, type UserProfile, writeProfile } from './profile.ts';
import { diversify } from './rerank/diversify.ts';

export type Mode = 'FOR_YOU' | 'TRENDING' | 'DIVERSE';

export interface RankingRequest {
  profile: UserProfile;
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
  norm: number;
}

/** What ratings say in one request, and what content's part about likes is multiplied by beside them. */
interface Hybrid {
  contentWeight: number;
  search: BoundedSearch;
  /** Scratch memory: good until the next call. */
  parts(rows: Uint32Array, popularityWeight: number): HybridTerms;
}

/**
 * Ranks the movies of one model: by content, and by what ratings say of the likes too when the model knows and there are likes. The parts of a hybrid
 * score are brought to content's scale (pipeline/training/learn-blend.ts), so that genres, dislikes and modes weigh as they do without ratings.
 * Synchronous, and it keeps scratch memory between calls: one call at a time, which is what one thread does.
 * Order: score, then lower index; the same request gives the same order to the last digit, so pages never repeat or skip.
 */
export class Recommender {
  readonly #model: RecommenderModel;
  readonly #scorer: Scorer;
  readonly #profile: Float64Array;
  readonly #scratch: Float64Array;
  readonly #baseScores: Float64Array;
  readonly #rows: Uint32Array;
  #search: BoundedSearch | undefined;
  #itemSimilarity: ItemSimilarity | undefined;
  #mean: Float64Array | undefined;
  #averageDots: ProfileDots | undefined;
  readonly #meanRow = (): Float64Array => {
    this.#mean ??= meanRow(this.#model.features);
    return this.#mean;
  };

  constructor(model: RecommenderModel) {
    this.#model = model;
    this.#scorer = new Scorer(model.features, model.normalizers, model.popularity);
    this.#profile = new Float64Array(model.features.columns);
    this.#scratch = new Float64Array(model.features.columns);
    this.#rows = new Uint32Array(model.features.rows);
    const { collaborative } = model;
    this.#baseScores = new Float64Array(collaborative === undefined ? 0 : model.features.rows);
    if (collaborative !== undefined) this.#searchOf(collaborative);
  }

  /** Reads and checks the model of a set; throws an ArtifactError when its parts do not fit together. */
  static fromRelease(release: ModelRelease): Recommender {
    return new Recommender(readRecommenderModel(release));
  }

  get movieCount(): number {
    return this.#model.features.rows;
  }

  /** Of the config that the model was trained with. */
  get modelName(): string {
    return this.#model.config.name;
  }

  /** 0 to 1, a row a movie. */
  get popularity(): Float32Array {
    return this.#model.popularity;
  }

  /** Whether ratings have a say. */
  get isHybrid(): boolean {
    return this.#model.collaborative !== undefined;
  }

  recommend({ profile, mode, candidates, offset, limit }: RankingRequest): Ranking {
    const { popularityWeight, hybrid } = this.#weighting(profile, mode);
    const { pool } = this.#model.config.diversity;
    const reach = mode === 'DIVERSE' ? Math.max(pool, offset + limit) : offset + limit;
    const { ranked, explained } = this.#rank(profile, popularityWeight, candidates, reach, hybrid);
    const order = mode === 'DIVERSE' ? this.#diverseOrder(ranked, offset + limit) : undefined;
    const movies: RankedMovie[] = [];
    for (let place = offset; place < Math.min(offset + limit, ranked.indices.length); place++) {
      const n = order === undefined ? place : order[place];
      movies.push(this.#explain(ranked.indices[n], ranked.scores[n], explained));
    }
    return { total: candidates.count(), movies };
  }

  /**
   * Ranks for several people at once. Every candidate is scored for every member, as FOR_YOU would; nothing is cut before the scores are
   * combined, so the order is exact. Same order rules as `recommend`.
   */
  recommendForGroup({ profiles, strategy, candidates, offset, limit }: GroupRequest): GroupRanking {
    const rows = candidates.toIndices();
    const combined = new Float64Array(rows.length);
    const scores = new Float64Array(rows.length);
    profiles.forEach((taste, member) => {
      this.#scoresFor(taste, rows, scores);
      combineScores(strategy, profiles.length, member === 0, scores, combined);
    });
    const best = new TopK(Math.min(offset + limit, rows.length));
    for (let n = 0; n < rows.length; n++) best.offer(rows[n], combined[n]);
    const ranked = best.drain();
    const shown = ranked.indices.subarray(offset);
    const perMember = profiles.map((taste) => this.#sharesOfMember(taste, shown));
    const movies = Array.from(shown, (index, n): GroupRankedMovie => {
      const members = perMember.map((ofMember) => ofMember[n]);
      const shares = sharesOf(
        strategy,
        members.map(({ score }) => score),
      );
      return { index, score: ranked.scores[offset + n], members: members.map((member, i) => ({ ...member, share: shares[i] })) };
    });
    return { total: rows.length, movies };
  }

  /** One movie as FOR_YOU scores it for this taste; nothing is asked of it. */
  scoreMovie(taste: UserProfile, index: number): RankedMovie {
    const [worth] = this.#sharesOfMember(taste, Uint32Array.of(index));
    return { index, ...worth };
  }

  /** The movies most like this one, best first: the ranking of somebody who likes it alone, with ratings their nearness by these. */
  similar(index: number, limit: number): RankedMovie[] {
    const candidates = Bitset.full(this.movieCount);
    candidates.delete(index);
    const taste: UserProfile = { liked: [index], disliked: [], genres: [] };
    const { collaborative, config } = this.#model;
    const popularityWeight = collaborative === undefined ? config.popularity.similar : collaborative.similar.popularity;
    const { ranked, explained } = this.#rank(
      taste,
      popularityWeight,
      candidates,
      limit,
      collaborative && this.#similarityTerms(index, collaborative),
    );
    return Array.from(ranked.indices, (row, n) => this.#explain(row, ranked.scores[n], explained));
  }

  /** What popularity weighs beside a taste, and whether ratings have a say: they have where something is liked. */
  #weighting(taste: UserProfile, mode: Mode): { popularityWeight: number; hybrid: Hybrid | undefined } {
    const { collaborative, config } = this.#model;
    const weights = config.popularity;
    if (collaborative !== undefined && taste.liked.length > 0) {
      const hybrid = this.#hybridTerms(taste, collaborative);
      // Content's part is what is served without ratings; TRENDING adds as much as it does there.
      const trending = mode === 'TRENDING' ? weights.trending - weights.forYou : 0;
      return { popularityWeight: hybrid.contentWeight * weights.forYou + trending, hybrid };
    }
    if (mode === 'TRENDING') return { popularityWeight: weights.trending, hybrid: undefined };
    const isAverage = profileShares(this.#model, taste).average > 0;
    return { popularityWeight: isAverage ? weights.withoutTaste : weights.forYou, hybrid: undefined };
  }

  /** Writes the score of each of these rows, in their order, as FOR_YOU has it. */
  #scoresFor(taste: UserProfile, rows: Uint32Array, scores: Float64Array): ScoreInputs {
    const { popularityWeight, hybrid } = this.#weighting(taste, 'FOR_YOU');
    const plain = profileShares(this.#model, taste);
    if (hybrid === undefined) {
      const { dots, norm } = this.#profileDots(taste, plain, rows);
      this.#scorer.write(dots, norm, rows, popularityWeight, scores);
      return { profile: taste, shares: plain, norm, popularityWeight, meanRow: this.#meanRow };
    }
    const shares = besideRatings(plain, hybrid);
    const parts = hybrid.parts(rows, popularityWeight);
    parts.deferred?.add(rows, parts.baseScores);
    const { profile, length } = this.#profileOf(taste, plain, shares);
    this.#scorer.write(this.#scorer.dots(profile, rows), length, rows, 0, scores, parts.baseScores);
    return { profile: taste, shares, norm: length, popularityWeight, meanRow: this.#meanRow, hybrid: parts };
  }

  /** The scores again, and what they are made of, for the few movies that are shown. */
  #sharesOfMember(taste: UserProfile, rows: Uint32Array): Omit<MemberShare, 'share'>[] {
    const scores = new Float64Array(rows.length);
    const explained = this.#scoresFor(taste, rows, scores);
    return Array.from(rows, (row, n) => ({
      score: scores[n],
      contributions: contributionsTo(this.#model, row, explained, this.#scratch),
    }));
  }

  #rank(
    taste: UserProfile,
    popularityWeight: number,
    candidates: Bitset,
    reach: number,
    hybrid: Hybrid | undefined,
  ): { ranked: { indices: Uint32Array; scores: Float64Array }; explained: ScoreInputs } {
    const plain = profileShares(this.#model, taste);
    const shares = hybrid === undefined ? plain : besideRatings(plain, hybrid);
    const rows = candidates.toIndices(this.#rows);
    const best = new TopK(Math.min(reach, rows.length));
    if (hybrid === undefined) {
      const { dots, norm } = this.#profileDots(taste, shares, rows);
      this.#scorer.offer(dots, norm, rows, popularityWeight, best);
      return { ranked: best.drain(), explained: { profile: taste, shares, norm, popularityWeight, meanRow: this.#meanRow } };
    }
    const parts = hybrid.parts(rows, popularityWeight);
    const { profile, length } = this.#profileOf(taste, plain, shares);
    hybrid.search.offerBest(profile, length, rows, parts.baseScores, best, parts.deferred);
    return {
      ranked: best.drain(),
      explained: { profile: taste, shares, norm: length, popularityWeight, meanRow: this.#meanRow, hybrid: parts },
    };
  }

  /** The blend for somebody with these likes: content counts for more the more alike they are, popularity the better known they are. */
  #hybridTerms(taste: UserProfile, model: HybridModel): Hybrid {
    const weights = weightsAt(model.blend, taste.liked.length);
    const popularity = weights.popularity * meanPopularity(model.popularity, taste.liked);
    return {
      contentWeight: weights.content * contentWeight(this.#model, taste.liked, this.#scratch),
      search: this.#searchOf(model),
      parts: (rows, popularityWeight) => this.#blendedParts(taste, model, { ...weights, popularity }, rows, popularityWeight),
    };
  }

  /** What ratings add to the score of each of these movies, and what popularity beside them adds. */
  #blendedParts(taste: UserProfile, model: HybridModel, weights: BlendWeights, rows: Uint32Array, popularityWeight: number): HybridTerms {
    const added = this.#baseScores;
    const { popularity } = model;
    const contentPopularity = this.popularity;
    for (let n = 0; n < rows.length; n++)
      added[rows[n]] = weights.popularity * popularity[rows[n]] + popularityWeight * contentPopularity[rows[n]];
    const liked = collaborativeTerms(model, Uint32Array.from(taste.liked), weights, 1);
    const { dislikes } = this.#model.config.profile;
    const hasDislikes = taste.disliked.length > 0 && dislikes > 0;
    const disliked = hasDislikes ? collaborativeTerms(model, Uint32Array.from(taste.disliked), weights, -dislikes) : undefined;
    liked.addWeights(added);
    disliked?.addWeights(added);
    // The vectors are read once for likes and dislikes together.
    const vector = disliked === undefined ? liked.vector : liked.vector.map((value, f) => value + disliked.vector[f]);
    const { factors } = model;
    const costly = {
      add: (among: Uint32Array, out: Float64Array) => factors.addDots(vector, among, out),
      upperBound: factors.upperBound(vector),
    };
    return { liked, disliked, popularity, popularityWeight: weights.popularity, baseScores: added, deferred: costly };
  }

  #similarityTerms(index: number, model: HybridModel): Hybrid {
    const { factors, content } = model.similar;
    this.#itemSimilarity ??= new ItemSimilarity(model, model.similar.damping);
    const nearness = this.#itemSimilarity;
    return {
      contentWeight: content,
      search: this.#searchOf(model),
      parts: (rows, popularityWeight) => {
        const added = this.#baseScores;
        nearness.write(index, factors, rows, added);
        for (let n = 0; n < rows.length; n++) added[rows[n]] += popularityWeight * this.popularity[rows[n]];
        const of = (row: number): Float64Array => Float64Array.of(added[row] - popularityWeight * this.popularity[row]);
        return { liked: { attributions: of }, disliked: undefined, popularity: model.popularity, popularityWeight: 0, baseScores: added };
      },
    };
  }

  #searchOf({ factors }: HybridModel): BoundedSearch {
    this.#search ??= new BoundedSearch(this.#scorer, factors.norms);
    return this.#search;
  }

  #profileDots(taste: UserProfile, shares: ProfileShares, rows: Uint32Array): ProfileDots {
    return shares.average > 0 && shares.disliked === 0 ? this.#average() : this.#dots(taste, shares, rows);
  }

  #dots(taste: UserProfile, shares: ProfileShares, rows: Uint32Array): ProfileDots {
    const { profile, length } = this.#profileOf(taste, shares, shares);
    return { dots: this.#scorer.dots(profile, rows), norm: length };
  }

  /** The profile of `shares`, in scratch memory, and the length of the one of `plain` shares, which is the measure of both. */
  #profileOf(taste: UserProfile, plain: ProfileShares, shares: ProfileShares): { profile: Profile; length: number } {
    const values = this.#profile.fill(0);
    const length = writeProfile(this.#model, taste, plain, this.#meanRow, values);
    if (shares !== plain) writeProfile(this.#model, taste, shares, this.#meanRow, values.fill(0));
    return { profile: profileOf(values), length };
  }

  /** The profile of who said nothing is dense and always the same: its dot products are computed once. */
  #average(): ProfileDots {
    if (this.#averageDots === undefined) {
      const everything = Bitset.full(this.movieCount).toIndices();
      const taste = { liked: [], disliked: [], genres: [] };
      const shares = profileShares(this.#model, taste);
      const { dots, norm } = this.#dots(taste, shares, everything);
      this.#averageDots = { dots: dots.slice(), norm };
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

  #explain(row: number, score: number, explained: ScoreInputs): RankedMovie {
    return { index: row, score, contributions: contributionsTo(this.#model, row, explained, this.#scratch) };
  }
}

/** Beside ratings, content has only the blend's part of the say about likes and dislikes. */
function besideRatings(plain: ProfileShares, { contentWeight }: Hybrid): ProfileShares {
  return { ...plain, liked: plain.liked * contentWeight, disliked: plain.disliked * contentWeight };
}
