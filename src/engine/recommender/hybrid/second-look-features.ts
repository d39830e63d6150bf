import type { FoldedViewer } from '../collaborative/factor-model.ts';
import type { SimilarityVector } from '../collaborative/item-similarity.ts';
import { ContentTerm } from '../content/content-term.ts';
import type { UserProfile } from '../profile.ts';
import { contentWeight, likeNormalizer, meanPopularity } from './blend.ts';
import type { HybridWorkspace } from './hybrid-workspace.ts';
import { MOVIE_INPUTS } from './second-look.ts';

const INPUTS = MOVIE_INPUTS.length;
const [EASE, SPARSE_EASE, FACTORS, CO_LIKES, ITEM_SIMILARITY, CONTENT, AGE, POPULARITY] = MOVIE_INPUTS.keys();
/** Years that count as one unit of age. */
const AGE_UNIT = 20;

/**
 * Inputs of the second look for one viewer, who has likes. Of a movie j, with the weights q of the n likes:
 *
 * - the collaborative terms of the likes and their content similarity, each before its weight in the blend;
 * - age: Σ_i q_i (year_j - year_i) / (20 n), without likes and movies of unknown year;
 * - popularity among the likes of the ratings.
 *
 * All but the last are sums over the likes, so each like has an exact part of them. Uses scratch memory of the workspace.
 */
export class SecondLookFeatures {
  readonly #workspace: HybridWorkspace;
  readonly #years: Int16Array;
  readonly #likes: Uint32Array;
  readonly #likeWeights: readonly number[] | undefined;
  readonly #folded: FoldedViewer;
  readonly #similar: SimilarityVector;
  readonly #content: ContentTerm;
  readonly #scratch: Float64Array;
  /** Σ_i q_i / (20 n) over the likes of known year, and the same sum of q_i year_i. */
  readonly #datedWeight: number;
  readonly #weightedYears: number;
  /** In the order of VIEWER_INPUTS. */
  readonly viewer: readonly number[];

  /** `folded` and `similar` are those of the profile's likes. `scratch` has one entry a movie. */
  constructor(
    workspace: HybridWorkspace,
    { liked, likedWeights }: UserProfile,
    years: Int16Array,
    { folded, similar }: { folded: FoldedViewer; similar: SimilarityVector },
    scratch: Float64Array,
  ) {
    const { content, model } = workspace;
    this.#workspace = workspace;
    this.#years = years;
    this.#likes = Uint32Array.from(liked);
    this.#likeWeights = likedWeights;
    this.#folded = folded;
    this.#similar = similar;
    this.#content = new ContentTerm(content, { liked, likedWeights, disliked: [], genres: [] });
    this.#scratch = scratch;
    const dated = liked.map((like, n) => (years[like] === 0 ? 0 : this.#ageWeight(n)));
    this.#datedWeight = dated.reduce((a, b) => a + b, 0);
    this.#weightedYears = dated.reduce((sum, weight, n) => sum + weight * years[liked[n]], 0);
    const intraListSimilarity = Math.sqrt(contentWeight(content.model, liked, content.zeros));
    this.viewer = [Math.log1p(liked.length), meanPopularity(model.popularity, liked, likedWeights), intraListSimilarity];
  }

  /** The inputs of these movies, one row a movie. */
  of(rows: Uint32Array): Float64Array {
    const { content, model, itemSimilarity } = this.#workspace;
    const { ease, sparseProfileEase, coLikes, factors, popularity } = model;
    const inputs = new Float64Array(rows.length * INPUTS);
    const scratch = this.#scratch;
    const write = (input: number, weight: number, add: (out: Float64Array) => void): void => {
      add(scratch.fill(0));
      for (let n = 0; n < rows.length; n++) inputs[n * INPUTS + input] = weight * scratch[rows[n]];
    };
    const normalizer = likeNormalizer(this.#likes.length);
    write(EASE, normalizer, (out) => ease.score(this.#likes, out, 1, this.#likeWeights));
    write(SPARSE_EASE, normalizer, (out) => sparseProfileEase.score(this.#likes, out, 1, this.#likeWeights));
    write(FACTORS, 1, (out) => factors.addDots(this.#folded.vector, rows, out));
    if (coLikes !== undefined) write(CO_LIKES, 1 / this.#likes.length, (out) => coLikes.score(this.#likes, out, 1, this.#likeWeights));
    write(ITEM_SIMILARITY, 1 / this.#likes.length, (out) => itemSimilarity.add(this.#similar.vector, rows, out));
    const dots = this.#content.dots(rows);
    const { norm } = this.#content;
    const { normalizers } = content.model;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      inputs[n * INPUTS + CONTENT] = norm === 0 ? 0 : dots[row] / (norm * normalizers[row]);
      inputs[n * INPUTS + AGE] = this.#years[row] === 0 ? 0 : this.#datedWeight * this.#years[row] - this.#weightedYears;
      inputs[n * INPUTS + POPULARITY] = popularity[row];
    }
    return inputs;
  }

  /** What each like has of Σ_k slopes_k × input k of this movie. Only of movies that the last call of `of` had. */
  attributions(row: number, slopes: Float64Array): Float64Array {
    const { ease, sparseProfileEase, coLikes } = this.#workspace.model;
    const likes = this.#likes;
    const parts = new Float64Array(likes.length);
    const add = (input: number, weight: number, own: ArrayLike<number>): void => {
      for (let n = 0; n < parts.length; n++) parts[n] += slopes[input] * weight * own[n];
    };
    const normalizer = likeNormalizer(likes.length);
    add(EASE, normalizer, ease.attributions(likes, row, this.#likeWeights));
    add(SPARSE_EASE, normalizer, sparseProfileEase.attributions(likes, row, this.#likeWeights));
    add(FACTORS, 1, this.#folded.attributions(row));
    if (coLikes !== undefined) add(CO_LIKES, 1 / likes.length, coLikes.attributions(likes, row, this.#likeWeights));
    add(ITEM_SIMILARITY, 1 / likes.length, this.#similar.attributions(row));
    add(CONTENT, 1, this.#content.partsOf(row).liked);
    add(AGE, 1, this.#ages(row));
    return parts;
  }

  /** The part of each like in the age of this movie. */
  #ages(row: number): number[] {
    const years = this.#years;
    return Array.from(this.#likes, (like, n) => {
      if (years[like] === 0 || years[row] === 0) return 0;
      return this.#ageWeight(n) * (years[row] - years[like]);
    });
  }

  #ageWeight(n: number): number {
    return (this.#likeWeights?.[n] ?? 1) / (AGE_UNIT * this.#likes.length);
  }
}
