import type { ContentModel } from '../content/content-model.ts';
import type { RankedRows } from '../scorer.ts';
import { type GenreShares, genreShares, SMOOTHING } from './genre-shares.ts';

/**
 * Genre calibration (Steck, "Calibrated recommendations", RecSys 2018): brings the genres of a list to given shares. See genreShares and
 * genreDivergence, which is KL below.
 */
export class GenreCalibration {
  readonly #model: ContentModel;
  readonly #genreOf: Int32Array;
  #ofCatalog: GenreShares | undefined;

  constructor(model: ContentModel) {
    this.#model = model;
    this.#genreOf = new Int32Array(model.features.columns).fill(-1);
    model.genreColumns.forEach((column, genre) => {
      if (column >= 0) this.#genreOf[column] = genre;
    });
  }

  /** Genres of the catalog; each movie counts by its popularity. Computed once. */
  get ofCatalog(): GenreShares {
    const { features, popularity } = this.#model;
    this.#ofCatalog ??= this.sharesOf(
      Array.from({ length: features.rows }, (_, row) => row),
      popularity,
    );
    return this.#ofCatalog;
  }

  /** Genres of these movies. `weights` are 1 by default. */
  sharesOf(rows: ArrayLike<number>, weights?: ArrayLike<number>): GenreShares {
    return genreShares(rows, (row) => this.#genresOf(row), this.#model.genreColumns.length, weights);
  }

  /**
   * The first `limit` ranks of `ranked` in a calibrated order. The next movie is always the one with the largest
   *
   *   (score - lowest score) / (best score - lowest score) - weight × places × KL(target, list with this movie)
   *
   * with the places of the list, this one included. Equal values keep the order given. So each step maximises the sum of scores minus
   * weight × n × KL over the first n places. A longer list extends a shorter one. Cost: limit × movies × their genres.
   */
  order(target: GenreShares, { indices, scores }: RankedRows, limit: number, weight: number): number[] {
    const genres = Array.from(indices, (row) => this.#genresOf(row));
    const lowest = scores.length === 0 ? 0 : scores[scores.length - 1];
    const range = scores.length === 0 || scores[0] === lowest ? 1 : scores[0] - lowest;
    const counts = new Float64Array(target.length);
    const taken = new Uint8Array(indices.length);
    const order: number[] = [];
    let withGenres = 0;
    while (order.length < Math.min(limit, indices.length)) {
      const places = order.length + 1;
      const logs = (g: number, count: number, movies: number): number =>
        target[g] * Math.log(((1 - SMOOTHING) * count) / Math.max(movies, 1) + SMOOTHING * target[g]);
      // Of the divergence only the genres of the next movie change, so the rest is summed once.
      const withNext = Float64Array.from(counts, (count, g) => (target[g] > 0 ? logs(g, count, withGenres + 1) : 0));
      const baseWithNext = withNext.reduce((a, b) => a + b, 0);
      let base = 0;
      for (let g = 0; g < target.length; g++) if (target[g] > 0) base += logs(g, counts[g], withGenres);
      let choice = -1;
      let choiceValue = Number.NEGATIVE_INFINITY;
      for (let n = 0; n < indices.length; n++) {
        if (taken[n] === 1) continue;
        let agreement = genres[n].length === 0 ? base : baseWithNext;
        for (const g of genres[n]) if (target[g] > 0) agreement += logs(g, counts[g] + 1 / genres[n].length, withGenres + 1) - withNext[g];
        const value = (scores[n] - lowest) / range + weight * places * agreement;
        if (value > choiceValue) {
          choice = n;
          choiceValue = value;
        }
      }
      taken[choice] = 1;
      order.push(choice);
      for (const g of genres[choice]) counts[g] += 1 / genres[choice].length;
      if (genres[choice].length > 0) withGenres++;
    }
    return order;
  }

  #genresOf(row: number): number[] {
    const { rowOffsets, columnIndices } = this.#model.features;
    const genres: number[] = [];
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) {
      const genre = this.#genreOf[columnIndices[p]];
      if (genre >= 0) genres.push(genre);
    }
    return genres;
  }
}
