import { type Csr, indexArray } from '../../../src/engine/linalg/csr.ts';
import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { inversionSteps, invertTiles, type TileLayout, tileLayout } from '../../../src/engine/linalg/tiles.ts';
import { ItemItemModel } from '../../../src/engine/recommender/collaborative/item-item-model.ts';
import { type ItemChoice, interactionsOf, type LesserEvidence } from '../../data/interactions.ts';
import type { Likes } from '../../data/likes.ts';
import { sharedF32, sharedMemory, sharedU32 } from '../parallel/shared-memory.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import { openWorkerPool, type WorkerPool } from '../parallel/worker-pool.ts';
import { type KeptWeights, SIZE_CLASSES } from './ease-tasks.ts';

export interface EaseParameters extends ItemChoice {
  /** λ, in users. */
  regularization: number;
  /** δ: a film of n likes is held back by δ n more. As if of the likes that are told to the model a share of δ / (1 + δ) were kept from it. */
  dropout: number;
  /** What users rated below a like counts in G. */
  lesser: LesserEvidence;
  /** γ: a user of n likes counts as n^-γ, all of them together as many as they are. */
  activity: number;
  /** Weights kept, a movie on average: the largest by size of the whole matrix. A row for every movie would cost well-known ones more than it gives others. */
  neighbours: number;
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data") as extended by its author (2020, "Autoencoders that don't overfit towards the
 * identity"): the weights B that minimise Σ_u w_u ‖x_u - x_u B‖² + Σ_i (λ + δ G[i, i]) ‖B[i, ·]‖² with an empty diagonal, x_u being 1 where user u likes (less where the user rated lower),
 * w_u = n_u^-γ over its mean, G = Σ_u w_u x_u x_uᵀ. P = (G + λI + δ diag G)⁻¹, B[i, j] = -P[i, j] / P[j, j]. With a large δ a model for who has told
 * little, with a small one for who has told much; plain EASE is δ = γ = 0. Of the whole of B the largest are kept.
 * 2 n² bytes of memory for n movies, in 32-bit floats, n³ multiplications. The same bits with any number of threads.
 */
export async function trainEase(likes: Likes, movies: number, parameters: EaseParameters, run: TrainingRun): Promise<ItemItemModel> {
  const interactions = interactionsOf(likes, movies, parameters, parameters.lesser);
  const n = interactions.movies.length;
  const layout = tileLayout(n, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const kernels = wasmKernels(memory);
  const sizes = sharedU32(Math.max(run.threads, 1) * SIZE_CLASSES);
  const { regularization, dropout, neighbours } = parameters;
  const userWeights = weightsOfUsers(likes, parameters.activity);
  const state = { matrix: kernels.heap.subarray(0, layout.line) };
  const done = (await run.checkpoint?.restore(state)) ?? 0;
  const task = run.progress.start({ label: 'EASE', total: inversionSteps(layout), unit: 'steps', startAt: Math.max(done - 1, 0) });
  const crew = await openWorkerPool(
    { model: 'ease', memory, layout, interactions, userWeights, regularization, dropout, sizes },
    run.threads,
  );
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

/** n^-γ of each user's n likes, brought to a mean of 1 over those who have any. */
function weightsOfUsers({ users, offsets }: Likes, activity: number): Float32Array {
  const weights = new Float32Array(users);
  let sum = 0;
  let known = 0;
  for (let user = 0; user < users; user++) {
    const likes = offsets[user + 1] - offsets[user];
    if (likes === 0) continue;
    weights[user] = likes ** -activity;
    sum += weights[user];
    known++;
  }
  return weights.map((weight) => (weight * known) / sum);
}

/** About `most` weights, none smaller than one that is left out: those of the highest size classes that have no more together. */
async function largestWeights(crew: WorkerPool, { n, side }: TileLayout, sizes: Uint32Array, most: number): Promise<KeptWeights> {
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
    values: sharedF32(offsets[n]),
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
