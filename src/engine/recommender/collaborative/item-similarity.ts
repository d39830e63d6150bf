import type { CollaborativeModel } from './collaborative-model.ts';
import type { FactorModel } from './factor-model.ts';

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

  constructor({ factors, popularity }: Pick<CollaborativeModel, 'factors' | 'popularity'>, damping: number) {
    this.#factors = factors;
    const { norms } = factors;
    const c = damping * norms.reduce((largest, norm) => Math.max(largest, norm), 0);
    this.#scales = norms.map((norm, movie) => (c === 0 || popularity[movie] === 0 ? 0 : 1 / (norm + c)));
  }

  /** out[j] = weight × similarity of movie i and movie j, for each movie j of `rows`. One entry a movie of the catalog. */
  write(movie: number, weight: number, rows: Uint32Array, out: Float64Array): void {
    const vector = new Float32Array(this.#factors.foldIn.dimensions);
    this.#factors.writeVector(movie, vector);
    const scales = this.#scales;
    for (let n = 0; n < rows.length; n++) out[rows[n]] = 0;
    this.#factors.addDots(
      Float64Array.from(vector, (value) => weight * scales[movie] * value),
      rows,
      out,
    );
    for (let n = 0; n < rows.length; n++) out[rows[n]] *= scales[rows[n]];
  }
}
