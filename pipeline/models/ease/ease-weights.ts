import { type Csr, indexArray } from '../../../src/engine/linalg/csr.ts';
import type { TileLayout } from '../../../src/engine/linalg/tiles.ts';
import { sharedF32, sharedU32 } from '../../data/shared-arrays.ts';
import type { WorkerPool } from '../parallel/worker-pool.ts';
import { type KeptWeights, SIZE_CLASSES } from './ease-tasks.ts';

/** At most `count` of the largest weights: all weights of the highest size classes that fit. */
export async function largestWeights(pool: WorkerPool, { n, side }: TileLayout, sizes: Uint32Array, count: number): Promise<KeptWeights> {
  await pool.run({ kind: 'sizes' }, side);
  let from = SIZE_CLASSES;
  let kept = 0;
  // Class 0 holds weights that are almost 0.
  for (let size = SIZE_CLASSES / 2 - 1; size > 0; size--) {
    for (let at = size; at < sizes.length; at += SIZE_CLASSES) kept += sizes[at];
    if (kept > count) break;
    from = size;
  }
  const none: KeptWeights = { from, offsets: sharedU32(n + 1), columns: sharedU32(0), values: new Float32Array(0) };
  await pool.run({ kind: 'count', ...none }, side);
  const { offsets } = none;
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i];
  const weights: KeptWeights = {
    from,
    offsets,
    columns: sharedU32(offsets[n]),
    values: sharedF32(offsets[n]),
  };
  await pool.run({ kind: 'keep', ...weights }, side);
  return weights;
}

/**
 * Renumbers rows and columns from items to rows of the catalog: item n is row `rows[n]`, in any order. Items of row -1 are left out.
 */
export function toCatalogRows(rows: ArrayLike<number>, movies: number, { offsets, columns, values }: KeptWeights): Csr {
  const rowOffsets = new Uint32Array(movies + 1);
  const itemOf = new Int32Array(movies).fill(-1);
  for (let item = 0; item < rows.length; item++) if (rows[item] >= 0) itemOf[rows[item]] = item;
  for (let row = 0; row < movies; row++) {
    const item = itemOf[row];
    let count = 0;
    if (item >= 0) for (let p = offsets[item]; p < offsets[item + 1]; p++) if (rows[columns[p]] >= 0) count++;
    rowOffsets[row + 1] = rowOffsets[row] + count;
  }
  const columnIndices = indexArray(movies, rowOffsets[movies]);
  const sorted = new Float32Array(rowOffsets[movies]);
  for (let row = 0, q = 0; row < movies; row++) {
    const item = itemOf[row];
    if (item < 0) continue;
    const places = Uint32Array.from({ length: offsets[item + 1] - offsets[item] }, (_, n) => offsets[item] + n).filter(
      (p) => rows[columns[p]] >= 0,
    );
    if (places.some((p, n) => n > 0 && rows[columns[p]] < rows[columns[places[n - 1]]]))
      places.sort((a, b) => rows[columns[a]] - rows[columns[b]]);
    for (const p of places) {
      columnIndices[q] = rows[columns[p]];
      sorted[q++] = values[p];
    }
  }
  return { rows: movies, columns: movies, rowOffsets, columnIndices, values: sorted };
}
