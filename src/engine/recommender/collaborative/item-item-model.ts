import { type Csr, indexArray } from '../../linalg/csr.ts';
import type { LikeScorer, LikeWeights } from './like-scorer.ts';

/**
 * A model with one weight for each pair of movies. For a viewer with the likes I
 *
 *   score_j = Σ_{i in I} q_i weights[i, j]
 *
 * q are the weights of the likes. Entries that are not stored are 0. ItemKNN and EASE have this form.
 *
 * Few movies of a large catalog have any weight. Those are the items, numbered from 0, and `weights` is items × items: with up to 65,536
 * of them a column index takes two bytes.
 */
export class ItemItemModel implements LikeScorer {
  /** Number of movies of the catalog. */
  readonly movies: number;
  /** MovieIndex of each item, ascending. */
  readonly items: Uint32Array;
  readonly weights: Csr;
  /** The item of each movie; -1: none. */
  readonly #itemOf: Int32Array;

  /** Throws a RangeError when `weights` is not items × items. */
  constructor(movies: number, items: Uint32Array, weights: Csr) {
    if (weights.rows !== items.length || weights.columns !== items.length)
      throw new RangeError(`${weights.rows} rows and ${weights.columns} columns of weights, expected ${items.length} of both`);
    this.movies = movies;
    this.items = items;
    this.weights = weights;
    this.#itemOf = new Int32Array(movies).fill(-1);
    for (let item = 0; item < items.length; item++) this.#itemOf[items[item]] = item;
  }

  /** The model of weights between all movies. Throws a RangeError when `weights` is not square. */
  static ofRows({ rows, columns, rowOffsets, columnIndices, values }: Csr): ItemItemModel {
    if (rows !== columns) throw new RangeError(`${rows} rows and ${columns} columns of weights, expected as many`);
    const itemOf = new Int32Array(rows).fill(-1);
    for (let row = 0; row < rows; row++) if (rowOffsets[row + 1] > rowOffsets[row]) itemOf[row] = 0;
    for (let p = 0; p < columnIndices.length; p++) itemOf[columnIndices[p]] = 0;
    const items = Uint32Array.from(itemOf.keys()).filter((row) => itemOf[row] === 0);
    const offsets = new Uint32Array(items.length + 1);
    items.forEach((row, item) => {
      itemOf[row] = item;
      offsets[item + 1] = rowOffsets[row + 1];
    });
    const indices = indexArray(items.length, columnIndices.length);
    for (let p = 0; p < indices.length; p++) indices[p] = itemOf[columnIndices[p]];
    return new ItemItemModel(rows, items, {
      rows: items.length,
      columns: items.length,
      rowOffsets: offsets,
      columnIndices: indices,
      values,
    });
  }

  /** The weights between all movies of the catalog. */
  toRows(): Csr {
    const { movies, items, weights } = this;
    const rowOffsets = new Uint32Array(movies + 1);
    for (let item = 0, row = 0; row < movies; row++) {
      if (items[item] === row) item++;
      rowOffsets[row + 1] = weights.rowOffsets[item];
    }
    const columnIndices = indexArray(movies, weights.columnIndices.length);
    for (let p = 0; p < columnIndices.length; p++) columnIndices[p] = items[weights.columnIndices[p]];
    return { rows: movies, columns: movies, rowOffsets, columnIndices, values: weights.values };
  }

  score(likes: Uint32Array, out: Float64Array, weight = 1, likeWeights?: LikeWeights): void {
    const { items } = this;
    const { rowOffsets, columnIndices, values } = this.weights;
    for (let n = 0; n < likes.length; n++) {
      const item = this.#itemOf[likes[n]];
      if (item < 0) continue;
      const end = rowOffsets[item + 1];
      const ofLike = likeWeights === undefined ? weight : weight * likeWeights[n];
      for (let p = rowOffsets[item]; p < end; p++) out[items[columnIndices[p]]] += ofLike * values[p];
    }
  }

  attributions(likes: Uint32Array, movie: number, likeWeights?: LikeWeights): Float64Array {
    const attributions = new Float64Array(likes.length);
    const column = this.#itemOf[movie];
    if (column < 0) return attributions;
    for (let n = 0; n < likes.length; n++) attributions[n] = (likeWeights?.[n] ?? 1) * this.#weight(this.#itemOf[likes[n]], column);
    return attributions;
  }

  #weight(row: number, column: number): number {
    if (row < 0) return 0;
    const { rowOffsets, columnIndices, values } = this.weights;
    let low = rowOffsets[row];
    let high = rowOffsets[row + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (columnIndices[middle] < column) low = middle + 1;
      else high = middle;
    }
    return low < rowOffsets[row + 1] && columnIndices[low] === column ? values[low] : 0;
  }
}
