import type { CollaborativeModel } from './collaborative-model.ts';
import type { FactorModel } from './factor-model.ts';
import type { LikeWeights } from './like-scorer.ts';

/** Similarity to some movies, as a vector. Valid as long as the model. */
export interface SimilarityVector {
  /** Movie j has the score scales[j] × y_j · vector. */
  vector: Float64Array;
  /** The part of each movie in the score of movie `j`, in the order of the movies. */
  attributions(j: number): Float64Array;
}

/**
 * Similarity of movies by their factor vectors y, the damped cosine
 *
 *   y_iᵀ y_j / ((|y_i| + c) (|y_j| + c)),   c = damping × max |y|
 *
 * A plain dot product favours movies that many like, since their vectors are long. A plain cosine trusts the short vectors of rarely liked
 * movies, which are mostly noise, as much as the others; damping moves those towards 0. A movie without likes has similarity 0 to every
 * movie: its vector was predicted from its features and votes, and features are a term of their own.
 */
export class ItemSimilarity {
  readonly #factors: FactorModel;
  /** 1 / (|y_j| + c), with the rounded-up norms of FactorModel; 0 for a movie without likes. */
  readonly #scales: Float32Array;
  #scaledNorms: Float32Array | undefined;

  constructor({ factors, popularity }: Pick<CollaborativeModel, 'factors' | 'popularity'>, damping: number) {
    this.#factors = factors;
    const { norms } = factors;
    const c = damping * norms.reduce((largest, norm) => Math.max(largest, norm), 0);
    this.#scales = norms.map((norm, movie) => (c === 0 || popularity[movie] === 0 ? 0 : 1 / (norm + c)));
  }

  /** |the part of movie j in a score| <= FactorModel.upperBound(vector) × this, below 1. Rounded up. */
  get scaledNorms(): Float32Array {
    this.#scaledNorms ??= this.#scales.map((scale, movie) => scale * this.#factors.norms[movie] * (1 + 1e-6));
    return this.#scaledNorms;
  }

  /** The sum of the similarities to these movies, as a vector. `weights` multiply its terms, in the order of the movies; 1 by default. */
  towards(movies: Uint32Array, weights?: LikeWeights): SimilarityVector {
    const { dimensions } = this.#factors.foldIn;
    const row = new Float32Array(dimensions);
    const vector = new Float64Array(dimensions);
    for (let n = 0; n < movies.length; n++) {
      this.#factors.writeVector(movies[n], row);
      const scale = (weights?.[n] ?? 1) * this.#scales[movies[n]];
      for (let f = 0; f < dimensions; f++) vector[f] += scale * row[f];
    }
    return {
      vector,
      attributions: (j) => {
        const own = new Float32Array(dimensions);
        this.#factors.writeVector(j, own);
        return Float64Array.from(movies, (movie, n) => {
          this.#factors.writeVector(movie, row);
          let dot = 0;
          for (let f = 0; f < dimensions; f++) dot += row[f] * own[f];
          return (weights?.[n] ?? 1) * this.#scales[movie] * this.#scales[j] * dot;
        });
      },
    };
  }

  /** out[j] += scales[j] × y_j · vector for each movie j of `rows`. One entry a movie of the catalog. */
  add(vector: Float64Array, rows: Uint32Array, out: Float64Array): void {
    this.#factors.addDots(vector, rows, out, this.#scales);
  }

  /** out[j] += y_j · factorVector + scales[j] × y_j · vector for each movie j of `rows`. One entry a movie of the catalog. */
  addWithFactors(factorVector: Float64Array, vector: Float64Array, rows: Uint32Array, out: Float64Array): void {
    this.#factors.addDotPairs(factorVector, vector, rows, out, this.#scales);
  }
}
