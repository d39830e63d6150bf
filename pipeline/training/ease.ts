import { wasmKernels } from '../../src/linalg/dense-wasm.ts';
import { inversionSteps, invertTiles, tileLayout } from '../../src/linalg/tiles.ts';
import { indexArray } from '../../src/linalg/csr.ts';
import { ItemItemModel } from '../../src/recommender/collaborative/item-item-model.ts';
import type { Likes } from '../evaluation/likes.ts';
import { openCrew } from './crew.ts';
import { interactionsOf, type ItemChoice } from './interactions.ts';
import type { TrainingRun } from './training-run.ts';
import { sharedMemory } from './shared-memory.ts';

export interface EaseParameters extends ItemChoice {
  /** λ, in users. */
  regularization: number;
  /** Weights kept of each movie, the largest by size. */
  neighbours: number;
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"): the weights B that minimise ‖X - XB‖² + λ‖B‖² with an empty diagonal,
 * X being users × movies, 1 where liked. P = (XᵀX + λI)⁻¹, B[i, j] = -P[i, j] / P[j, j]. Of each row of B the largest `neighbours` are kept.
 * 2 n² bytes of memory for n movies, in 32-bit floats, n³ multiplications. The same bits with any number of threads.
 */
export async function trainEase(likes: Likes, movies: number, parameters: EaseParameters, run: TrainingRun): Promise<ItemItemModel> {
  const interactions = interactionsOf(likes, movies, parameters);
  const n = interactions.movies.length;
  const neighbours = Math.min(parameters.neighbours, n);
  const layout = tileLayout(n, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const kernels = wasmKernels(memory);
  const columns = new Uint32Array(new SharedArrayBuffer(n * neighbours * 4));
  const values = new Float32Array(new SharedArrayBuffer(n * neighbours * 4));
  const { regularization } = parameters;
  const state = { matrix: kernels.heap.subarray(0, layout.line) };
  const done = (await run.checkpoint?.restore(state)) ?? 0;
  const task = run.progress.start({ label: 'EASE', total: inversionSteps(layout), unit: 'steps', startAt: Math.max(done - 1, 0) });
  const crew = await openCrew({ model: 'ease', memory, layout, interactions, regularization, neighbours, columns, values }, run.threads);
  try {
    if (done === 0) await crew.run({ kind: 'gram' }, layout.side);
    const afterStep = async (step: number) => {
      run.signal.throwIfAborted();
      task.update(step);
      await run.checkpoint?.saveIfDue(step + 1, state);
    };
    // Step 1 of the checkpoint is the gram matrix.
    await invertTiles(kernels, layout, (phase, tasks) => crew.run(phase, tasks), afterStep, Math.max(done - 1, 0));
    await crew.run({ kind: 'weights' }, layout.side);
  } finally {
    task.end();
    await crew.close();
  }
  return new ItemItemModel(spread(interactions.movies, movies, neighbours, columns, values));
}

/** Rows of items with `width` columns each -> rows of the catalogue; values of 0 are left out. */
function spread(rows: Uint32Array, movies: number, width: number, columns: Uint32Array, values: Float32Array) {
  const entries = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  const rowOffsets = new Uint32Array(movies + 1);
  const columnIndices = indexArray(movies, entries);
  const kept = new Float32Array(entries);
  let next = 0;
  let item = 0;
  for (let row = 0; row < movies; row++) {
    if (rows[item] === row) {
      for (let p = item * width; p < (item + 1) * width; p++) {
        if (values[p] === 0) continue;
        columnIndices[next] = rows[columns[p]];
        kept[next++] = values[p];
      }
      item++;
    }
    rowOffsets[row + 1] = next;
  }
  return { rows: movies, columns: movies, rowOffsets, columnIndices, values: kept };
}
