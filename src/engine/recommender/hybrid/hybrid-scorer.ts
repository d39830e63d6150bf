import { TopK } from '../../linalg/topk.ts';
import { ContentTerm } from '../content/content-term.ts';
import { type Contribution, type ScoreParts, toContributions } from '../contributions.ts';
import type { UserProfile } from '../profile.ts';
import type { RankedRows, Scorer } from '../scorer.ts';
import { contentWeight, meanPopularity, weightsAt } from './blend.ts';
import type { DeferredTerm } from './bounded-search.ts';
import { type CollaborativeTerms, collaborativeTerms, ratedTerms } from './collaborative-terms.ts';
import type { HybridWorkspace } from './hybrid-workspace.ts';

/**
 * Scores movies by features and by ratings, for a viewer with at least one like:
 *
 *   score_j = similarity_j + likes_j + dislikes_j + rated_j + v × popularity_j + (q + t) × ratingsPopularity_j + boost_j
 *
 * - similarity_j: the term of ContentTerm with scale s = w_content × contentWeight(likes).
 * - likes_j, dislikes_j: the collaborative terms of the likes with sign 1, and of the dislikes with the negative configured weight.
 * - rated_j: the term of ratedTerms, of movies rated below a like.
 * - popularity_j: that of the content model, with v = s × forYou + trendingWeight. TRENDING adds the same as without ratings models.
 * - ratingsPopularity_j: that of the ratings models, with q = w_popularity × meanPopularity(likes) and t = w_tilt.
 * - boost_j: see OperatorInfluence.
 *
 * w_content, w_popularity and w_tilt are the blend's weights for this number of likes at the profile's `familiar`.
 *
 * Training brings the blend's weights to the scale of content scores (pipeline/training/blend-search.ts), so genres, dislikes and modes
 * have the same effect with and without ratings.
 */
export class HybridScorer implements Scorer {
  readonly workspace: HybridWorkspace;
  /** The terms of the likes. */
  readonly likedTerms: CollaborativeTerms;
  readonly #similarity: ContentTerm;
  readonly #popularityWeight: number;
  readonly #ratingsPopularityWeight: number;
  readonly #disliked: CollaborativeTerms | undefined;
  readonly #rated: ReturnType<typeof ratedTerms> | undefined;
  readonly #factorTerm: DeferredTerm;
  readonly #boosts: Float64Array | undefined;

  constructor(workspace: HybridWorkspace, profile: UserProfile, trendingWeight: number, boosts?: Float64Array) {
    const { content, model } = workspace;
    const { config } = content.model;
    const weights = weightsAt(model.blend, profile.liked.length, profile.familiar);
    const scale = weights.content * contentWeight(content.model, profile.liked, content.zeros);
    this.workspace = workspace;
    this.#boosts = boosts;
    this.#similarity = new ContentTerm(content, profile, scale);
    this.#popularityWeight = scale * config.popularity.forYou + trendingWeight;
    this.#ratingsPopularityWeight =
      weights.popularity * meanPopularity(model.popularity, profile.liked, profile.likedWeights) + weights.tilt;
    const { dislikes } = config.profile;
    const hasDislikes = profile.disliked.length > 0 && dislikes > 0;
    const { itemSimilarity } = workspace;
    const termsOf = (movies: readonly number[], sign: number, movieWeights?: readonly number[]): CollaborativeTerms =>
      collaborativeTerms(model, itemSimilarity, Uint32Array.from(movies), weights, sign, movieWeights);
    const liked = termsOf(profile.liked, 1, profile.likedWeights);
    const disliked = hasDislikes ? termsOf(profile.disliked, -dislikes) : undefined;
    const { rated = [], ratedWeights = [] } = profile;
    this.#rated = rated.length === 0 ? undefined : ratedTerms(model, Uint32Array.from(rated), weights, ratedWeights);
    this.likedTerms = liked;
    this.#disliked = disliked;
    // One vector for likes and dislikes: the movies' vectors are read once.
    const sum = (name: 'vector' | 'similarityVector'): Float64Array =>
      disliked === undefined ? liked[name] : liked[name].map((value, f) => value + disliked[name][f]);
    const vector = sum('vector');
    const similarityVector = sum('similarityVector');
    const { factors } = model;
    this.#factorTerm = {
      upperBound: factors.upperBound(vector),
      scaledUpperBound: factors.upperBound(similarityVector),
      add: (rows, out) => itemSimilarity.addWithFactors(vector, similarityVector, rows, out),
    };
  }

  get profile(): UserProfile {
    return this.#similarity.profile;
  }

  score(rows: Uint32Array, scores: Float64Array): void {
    const { kernel } = this.workspace.content;
    const baseScores = this.#writeBaseScores(rows);
    this.#factorTerm.add(rows, baseScores);
    const dots = this.#similarity.dots(rows);
    kernel.write(dots, this.#similarity.norm, rows, 0, scores, baseScores);
  }

  topK(rows: Uint32Array, k: number): RankedRows {
    const best = new TopK(Math.min(k, rows.length));
    this.#writeBaseScores(rows);
    const vector = this.#similarity.vector();
    this.workspace.search.offerBest(vector, this.#similarity.norm, rows, best, this.#factorTerm);
    return best.drain();
  }

  explain(row: number): Contribution[] {
    return toContributions(this.profile, this.partsOf(row));
  }

  /** The score of one movie by the facts of the profile, under the conditions of `explain`. */
  partsOf(row: number): ScoreParts {
    const { content, model, bounds } = this.workspace;
    const parts = this.#similarity.partsOf(row);
    parts.popularity = this.#popularityWeight * content.model.popularity[row] + this.#ratingsPopularityWeight * model.popularity[row];
    // Scores come from vectors of 16 bits, attributions from a solution in 32 bits. The like with the largest attribution gets the rest.
    parts.operatorRules = this.#boosts?.[row] ?? 0;
    let rest = bounds.baseScores[row] - parts.popularity - parts.operatorRules;
    let largest = 0;
    const liked = this.likedTerms.attributions(row);
    for (let n = 0; n < liked.length; n++) {
      parts.liked[n] += liked[n];
      rest -= liked[n];
      if (Math.abs(liked[n]) > Math.abs(liked[largest])) largest = n;
    }
    this.#disliked?.attributions(row).forEach((value, n) => {
      parts.disliked[n] += value;
      rest -= value;
    });
    this.#rated?.attributions(row).forEach((value, n) => {
      parts.rated[n] += value;
      rest -= value;
    });
    parts.liked[largest] += rest;
    return parts;
  }

  /** The terms of these rows that cost one multiplication a row or less: popularity and the item-item terms. */
  #writeBaseScores(rows: Uint32Array): Float64Array {
    const { bounds } = this.workspace;
    const { baseScores } = bounds;
    bounds.blend(rows, this.#ratingsPopularityWeight, this.#popularityWeight);
    const boosts = this.#boosts;
    if (boosts !== undefined) for (let n = 0; n < rows.length; n++) baseScores[rows[n]] += boosts[rows[n]];
    this.likedTerms.addWeights(baseScores);
    this.#disliked?.addWeights(baseScores);
    this.#rated?.addWeights(baseScores);
    return baseScores;
  }
}
