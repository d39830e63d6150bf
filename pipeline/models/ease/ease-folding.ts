import type { DenseKernels } from '../../../src/engine/linalg/dense.ts';
import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { factorInPlace } from '../../../src/engine/linalg/solve.ts';
import { elementAt, TILE, tileAt, tileLayout } from '../../../src/engine/linalg/tiles.ts';
import { ItemItemModel } from '../../../src/engine/recommender/collaborative/item-item-model.ts';
import { eachInteraction, type Interactions } from '../../data/interactions.ts';
import { type Likes, likeCounts } from '../../data/likes.ts';
import { sharedF32, sharedU32 } from '../../data/shared-arrays.ts';
import { sharedMemory } from '../parallel/shared-memory.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import { openWorkerPool } from '../parallel/worker-pool.ts';
import { type FoldPlaces, SIZE_CLASSES } from './ease-tasks.ts';
import type { EaseParameters } from './ease-trainer.ts';
import { largestWeights, toCatalogRows } from './ease-weights.ts';
import { weightsOfUsers } from './user-weights.ts';

/** What `trainEase` keeps of its end. */
export interface TrainedEase {
  /** The row of each item in this catalog; -1: a movie that is gone. */
  items: Int32Array;
  /** Tiles of P = (G + λI + δ diag G)⁻¹. */
  inverse: Float32Array;
  /** Scale of the weights of users. */
  scale: number;
}

/** Thrown when rounding leaves the change by the viewers without an inverse. */
export class IndefiniteChangeError extends Error {
  override readonly name = 'IndefiniteChangeError';
}

/** Share of the diagonal of D that is added to it, so that rounding leaves it positive definite. As large as the rounding. */
const RIDGE = 1e-6;

/**
 * EASE of a data set and of the users `viewers` together, from its inverse P for the data set alone, without inverting anew.
 *
 * The viewers change G + λI + δ diag G by a matrix that is zero outside of the m movies that they have an opinion of: D, m × m. With
 * D = V Vᵀ and P_S, the rows of P for these movies (Woodbury):
 *
 *   P' = P - ZᵀZ,  Z = R⁻ᵀ Vᵀ P_S,  RᵀR = I + Vᵀ P_SS V
 *
 * That is n² m / 2 multiplications, not n³. Movies that only viewers like become new items, with 1 / λ in P. Not more than `maxMovies`
 * items are trained; new items are left out beyond that, the least liked first.
 */
export async function foldIntoEase(
  { items: before, inverse, scale }: TrainedEase,
  viewers: Likes,
  movies: number,
  parameters: EaseParameters,
  run: TrainingRun,
): Promise<ItemItemModel> {
  const { regularization, dropout, neighbours, ratingWeights, userWeightExponent } = parameters;
  const items = withNewItems(before, viewers, movies, parameters);
  const itemOf = new Int32Array(movies).fill(-1);
  items.forEach((row, item) => {
    if (row >= 0) itemOf[row] = item;
  });
  const isTouched = new Uint8Array(items.length);
  eachInteraction(viewers, ratingWeights, itemOf, (_, item) => {
    isTouched[item] = 1;
  });
  const touched = Uint32Array.from(isTouched.keys()).filter((item) => isTouched[item] === 1);
  const n = items.length;
  const rank = touched.length;
  const threads = Math.max(run.threads, 1);
  const layout = tileLayout(n, threads);
  const stride = layout.side * TILE;
  const square = rank * rank;
  const places: FoldPlaces = {
    rank,
    stride,
    project: layout.end,
    columns: layout.end + square,
    change: layout.end + square + rank * stride,
  };
  const memory = sharedMemory(places.change + Math.max(rank * stride, 3 * square));
  const kernels = wasmKernels(memory);
  const { heap } = kernels;
  heap.set(inverse, layout.tiles);
  // From the first new item on the matrix is diagonal: 1 / λ for items, 1 for the rows that fill the last tile.
  for (let i = before.length; i < stride; i++) {
    const tile = i >> 6;
    heap[tileAt(layout, tile, tile) + (i & 63) * (TILE + 1)] = i < n ? 1 / regularization : 1;
  }
  const sizes = sharedU32(threads * SIZE_CLASSES);
  const assignment = { model: 'ease' as const, memory, layout, interactions: NO_INTERACTIONS, userWeights: sharedF32(0) };
  const pool = await openWorkerPool({ ...assignment, regularization, dropout, sizes }, run.threads);
  const task = run.progress.start({ label: 'EASE: folding in', total: 3, unit: 'steps' });
  try {
    if (rank > 0) {
      const change = changeOf(viewers, weightsOfUsers(viewers, userWeightExponent, scale), itemOf, touched, parameters);
      for (let s = 0; s < rank; s++)
        for (let j = 0; j < n; j++) heap[places.columns + s * stride + j] = heap[elementAt(layout, touched[s], j)];
      projection(kernels, places, change, touched);
      heap.fill(0, places.change, places.change + rank * stride);
      await betweenSteps(run, 0, {});
      task.update(1);
      await pool.run({ kind: 'project', ...places }, layout.side);
      await betweenSteps(run, 0, {});
      task.update(2);
      await pool.run({ kind: 'fold', ...places }, layout.side);
    }
    task.update(3);
    return ItemItemModel.ofRows(toCatalogRows(items, movies, await largestWeights(pool, layout, sizes, n * neighbours)));
  } finally {
    task.end();
    await pool.close();
  }
}

/** The workers of a fold-in get the sums ready made. */
const NO_INTERACTIONS: Interactions = {
  users: 0,
  movies: sharedU32(0),
  itemOffsets: sharedU32(1),
  items: sharedU32(0),
  likerOffsets: sharedU32(1),
  likers: sharedU32(0),
  itemValues: sharedF32(0),
  likerValues: sharedF32(0),
};

/** The items and, behind them, the movies that only the viewers like: the most liked first, then by row. */
function withNewItems(before: Int32Array, viewers: Likes, movies: number, { minLikes, maxMovies }: EaseParameters): Int32Array {
  const counts = likeCounts(viewers, movies);
  for (const row of before) if (row >= 0) counts[row] = 0;
  const more = [...counts.keys()].filter((row) => counts[row] >= Math.max(minLikes, 1)).sort((a, b) => counts[b] - counts[a] || a - b);
  return Int32Array.from([...before, ...more.slice(0, Math.max(maxMovies - before.length, 0))]);
}

/** D: by what the viewers change the matrix, for the touched items. Row-major. */
function changeOf(
  viewers: Likes,
  weights: Float32Array,
  itemOf: Int32Array,
  touched: Uint32Array,
  { ratingWeights, dropout }: EaseParameters,
): Float64Array {
  const rank = touched.length;
  const placeOf = new Map([...touched].map((item, place) => [item, place]));
  const change = new Float64Array(rank * rank);
  const opinions: { place: number; value: number }[][] = Array.from({ length: viewers.users }, () => []);
  eachInteraction(viewers, ratingWeights, itemOf, (user, item, value) => opinions[user].push({ place: placeOf.get(item) ?? 0, value }));
  opinions.forEach((ofViewer, user) => {
    for (const a of ofViewer) for (const b of ofViewer) change[a.place * rank + b.place] += weights[user] * a.value * b.value;
  });
  for (let s = 0; s < rank; s++) change[s * (rank + 1)] *= 1 + dropout + RIDGE;
  return change;
}

/** Writes Hᵀ = V R⁻¹ to `project`, with scratch memory from `change` on. */
function projection(
  kernels: DenseKernels,
  { rank, stride, project, columns, change: scratch }: FoldPlaces,
  change: Float64Array,
  touched: Uint32Array,
): void {
  const { heap, gemmTn } = kernels;
  const square = rank * rank;
  const [root, product, inner] = [scratch, scratch + square, scratch + 2 * square];
  heap.set(change, product);
  factorInPlace(kernels, product, rank);
  // V is the transpose of the factor: D = UᵀU = V Vᵀ.
  heap.fill(0, root, root + square);
  for (let i = 0; i < rank; i++) for (let j = i; j < rank; j++) heap[root + j * rank + i] = heap[product + i * rank + j];
  for (let s = 0; s < rank; s++) for (let t = 0; t < rank; t++) heap[inner + s * rank + t] = heap[columns + s * stride + touched[t]];
  heap.fill(0, product, product + square);
  gemmTn(rank, rank, rank, 1, inner, rank, root, rank, product, rank, false);
  heap.fill(0, inner, inner + square);
  gemmTn(rank, rank, rank, 1, root, rank, product, rank, inner, rank, false);
  for (let s = 0; s < rank; s++) heap[inner + s * (rank + 1)] += 1;
  factorInPlace(kernels, inner, rank);
  if (Number.isNaN(heap[inner + square - 1])) throw new IndefiniteChangeError('the change by the library is not positive definite');
  const row = new Float64Array(rank);
  for (let s = 0; s < rank; s++) {
    row.set(heap.subarray(root + s * rank, root + (s + 1) * rank));
    for (let i = 0; i < rank; i++) {
      row[i] /= heap[inner + i * (rank + 1)];
      for (let j = i + 1; j < rank; j++) row[j] -= row[i] * heap[inner + i * rank + j];
    }
    heap.set(row, project + s * rank);
  }
}
