import { type Csr, indexArray } from '../../src/linalg/csr.ts';
import { wasmKernels } from '../../src/linalg/dense-wasm.ts';
import { inversionSteps, invertTiles, type TileLayout, tileLayout } from '../../src/linalg/tiles.ts';
import { ItemItemModel } from '../../src/recommender/collaborative/item-item-model.ts';
import type { Likes } from '../evaluation/likes.ts';
import { type Crew, openCrew } from './crew.ts';
import { type KeptWeights, SIZE_CLASSES } from './ease-tasks.ts';
import { type ItemChoice, interactionsOf } from './interactions.ts';
import { sharedMemory, sharedU32 } from './shared-memory.ts';
import { betweenSteps, type TrainingRun } from './training-run.ts';

export interface EaseParameters extends ItemChoice {
  /** λ, in users. */
  regularization: number;
  /** Weights kept, a movie on average: the largest by size of the whole matrix. A row for every movie would cost well-known ones more than it gives others. */
  neighbours: number;
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"): the weights B that minimise ‖X - XB‖² + λ‖B‖² with an empty diagonal,
 * X being users × movies, 1 where liked. P = (XᵀX + λI)⁻¹, B[i, j] = -P[i, j] / P[j, j]. Of the whole of B the largest are kept.
 * 2 n² bytes of memory for n movies, in 32-bit floats, n³ multiplications. The same bits with any number of threads.
 */
export async function trainEase(likes: Likes, movies: number, parameters: EaseParameters, run: TrainingRun): Promise<ItemItemModel> {
  const interactions = interactionsOf(likes, movies, parameters);
  const n = interactions.movies.length;
  const layout = tileLayout(n, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const kernels = wasmKernels(memory);
  const sizes = sharedU32(Math.max(run.threads, 1) * SIZE_CLASSES);
  const { regularization, neighbours } = parameters;
  const state = { matrix: kernels.heap.subarray(0, layout.line) };
  const done = (await run.checkpoint?.restore(state)) ?? 0;
  const task = run.progress.start({ label: 'EASE', total: inversionSteps(layout), unit: 'steps', startAt: Math.max(done - 1, 0) });
  const crew = await openCrew({ model: 'ease', memory, layout, interactions, regularization, sizes }, run.threads);
  try {
    if (done === 0) await crew.run({ kind: 'gram' }, layout.side);
    const afterStep = async (step: number) => {
      task.update(step);
      await betweenSteps(run, step + 1, state);
    };
    // Step 1 of the checkpoint is the gram matrix.
    await invertTiles(kernels, layout, (phase, tasks) => crew.run(phase, tasks), afterStep, Math.max(done - 1, 0));
    return new ItemItemModel(spread(interactions.movies, movies, await largestWeights(crew, layout, sizes, n * neighbours)));
  } finally {
    task.end();
    await crew.close();
  }
}

/** About `most` weights, none smaller than one that is left out: those of the highest size classes that have no more together. */
async function largestWeights(crew: Crew, { n, side }: TileLayout, sizes: Uint32Array, most: number): Promise<KeptWeights> {
  await crew.run({ kind: 'sizes' }, side);
  let from = SIZE_CLASSES;
  let kept = 0;
  // Class 0 has the weights that are nothing.
  for (let size = SIZE_CLASSES / 2 - 1; size > 0; size--) {
    for (let at = size; at < sizes.length; at += SIZE_CLASSES) kept += sizes[at];
    if (kept > most) break;
    from = size;
  }
  const none: KeptWeights = { from, offsets: sharedU32(n + 1), columns: sharedU32(0), values: new Float32Array(0) };
  await crew.run({ kind: 'count', ...none }, side);
  const { offsets } = none;
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i];
  const weights: KeptWeights = {
    from,
    offsets,
    columns: sharedU32(offsets[n]),
    values: new Float32Array(new SharedArrayBuffer(offsets[n] * 4)),
  };
  await crew.run({ kind: 'keep', ...weights }, side);
  return weights;
}

/** Rows and columns of items -> rows and columns of the catalogue. */
function spread(rows: Uint32Array, movies: number, { offsets, columns, values }: KeptWeights): Csr {
  const rowOffsets = new Uint32Array(movies + 1);
  for (let item = 0; item < rows.length; item++) rowOffsets[rows[item] + 1] = offsets[item + 1] - offsets[item];
  for (let row = 0; row < movies; row++) rowOffsets[row + 1] += rowOffsets[row];
  const columnIndices = indexArray(movies, columns.length);
  for (let p = 0; p < columns.length; p++) columnIndices[p] = rows[columns[p]];
  return { rows: movies, columns: movies, rowOffsets, columnIndices, values: values.slice() };
}
