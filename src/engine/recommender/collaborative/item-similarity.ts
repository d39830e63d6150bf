import type { CollaborativeModel } from './collaborative-model.ts';
import type { FactorModel } from './factor-model.ts';

/**
 * How near movies are to each other by their vectors y: the damped cosine y_iᵀy_j / ((|y_i| + c) (|y_j| + c)), c being a share of the longest vector.
 * A plain product goes by how much a movie is liked at all, since the vectors of what many like are long; a plain cosine takes the short vectors of what
 * few like, which are hardly more than noise, for as sure as the others. Damped, these are near to nothing. A movie that nobody likes is near to none: its vector
 * was predicted from its content, which has its own say, and from how well known it is, which is no likeness.
 */
export class ItemSimilarity {
  readonly #factors: FactorModel;
  /** 1 / (|y_j| + c) of each movie that somebody likes, its length being that of `lengths`, a millionth more; 0 of the others. */
  readonly #scales: Float32Array;

  constructor({ factors, popularity }: CollaborativeModel, damping: number) {
    this.#factors = factors;
    const { norms: lengths } = factors;
    const added = damping * lengths.reduce((longest, length) => Math.max(longest, length), 0);
    this.#scales = lengths.map((length, movie) => (added === 0 || popularity[movie] === 0 ? 0 : 1 / (length + added)));
  }

  /** out[j] = weight × nearness of movies i and j, for each movie j of `rows`. */
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
