import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { indexArray } from '../../src/engine/linalg/csr.ts';
import { ItemItemModel } from '../../src/engine/recommender/collaborative/item-item-model.ts';

const MAX_UNKNOWN_SHARE = 0.01;

/** Where the movies of one catalog are in another. Both are in ascending order of movieId, so the order of rows stays. */
export class RowMap {
  /** The former row of each row; -1: a movie that was not there. */
  readonly before: Int32Array;
  /** The row of each former row; -1: a movie that is gone. */
  readonly after: Int32Array;

  constructor(before: Int32Array, after: Int32Array) {
    const rowOf = new Map([...after].map((movieId, row) => [movieId, row]));
    this.after = Int32Array.from(before, (movieId) => rowOf.get(movieId) ?? -1);
    this.before = new Int32Array(after.length).fill(-1);
    this.after.forEach((row, old) => {
      if (row >= 0) this.before[row] = old;
    });
  }

  /** False when movies with more than MAX_UNKNOWN_SHARE of the ratings were not there: models must then be trained again. */
  knowsRatings(movies: readonly CatalogRow[]): boolean {
    let ratings = 0;
    let unknown = 0;
    movies.forEach(({ ratingCount }, row) => {
      ratings += ratingCount;
      if (this.before[row] < 0) unknown += ratingCount;
    });
    return unknown <= MAX_UNKNOWN_SHARE * ratings;
  }

  movedNumbers(numbers: Float32Array): Float32Array {
    return Float32Array.from(this.before, (old) => (old < 0 ? 0 : numbers[old]));
  }

  moved(model: ItemItemModel): ItemItemModel {
    const weights = model.toRows();
    const rows = this.before.length;
    const rowOffsets = new Uint32Array(rows + 1);
    const columnIndices = indexArray(rows, weights.values.length);
    const values = new Float32Array(weights.values.length);
    let q = 0;
    for (let row = 0; row < rows; row++) {
      const old = this.before[row];
      const [start, end] = old < 0 ? [0, 0] : [weights.rowOffsets[old], weights.rowOffsets[old + 1]];
      for (let p = start; p < end; p++) {
        const column = this.after[weights.columnIndices[p]];
        if (column < 0) continue;
        columnIndices[q] = column;
        values[q++] = weights.values[p];
      }
      rowOffsets[row + 1] = q;
    }
    return ItemItemModel.ofRows({ rows, columns: rows, rowOffsets, columnIndices: columnIndices.slice(0, q), values: values.slice(0, q) });
  }
}
