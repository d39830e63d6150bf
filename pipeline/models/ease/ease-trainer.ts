import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { inversionSteps, invertTiles, tileLayout } from '../../../src/engine/linalg/tiles.ts';
import { ItemItemModel } from '../../../src/engine/recommender/collaborative/item-item-model.ts';
import { type ItemChoice, interactionsOf, type RatingWeights } from '../../data/interactions.ts';
import type { Likes } from '../../data/likes.ts';
import { sharedU32 } from '../../data/shared-arrays.ts';
import { sharedMemory } from '../parallel/shared-memory.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import { openWorkerPool } from '../parallel/worker-pool.ts';
import { SIZE_CLASSES } from './ease-tasks.ts';
import { largestWeights, toCatalogRows } from './ease-weights.ts';
import { userWeightScale, weightsOfUsers } from './user-weights.ts';

export interface EaseParameters extends ItemChoice {
  /** λ: L2 regularization, in users. */
  regularization: number;
  /** δ: a movie with n likes has δ n more regularization. Equivalent to dropping a share of δ / (1 + δ) of the input likes. */
  dropout: number;
  /** Values of the ratings below a like in G. */
  ratingWeights: RatingWeights;
  /** γ: a user with n likes has weight n^-γ. The weights have mean 1 over the users of the data set. */
  userWeightExponent: number;
  /**
   * Average number of weights kept per movie. The largest of the whole matrix are kept: an equal number per movie would take weights
   * from popular movies that need them more.
   */
  neighbours: number;
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"), as extended by its author (2020, "Autoencoders that
 * don't overfit towards the identity"). B has a zero diagonal and minimises
 *
 *   Σ_u w_u ‖x_u - x_u B‖² + Σ_i (λ + δ G[i, i]) ‖B[i, ·]‖²
 *
 * x_u: 1 where user u likes, `ratingWeights` for lower ratings. w_u: n_u^-γ over its mean among the users of the data set. G = Σ_u w_u x_u x_uᵀ.
 * The solution is B[i, j] = -P[i, j] / P[j, j] with P = (G + λI + δ diag G)⁻¹.
 *
 * A large δ suits users with few known likes, a small δ users with many. Plain EASE has δ = γ = 0.
 * Only the largest entries of B are kept. n movies need 2 n² bytes in 32-bit floats and n³ multiplications. The result has the same
 * bits with any number of threads.
 */
export async function trainEase(likes: Likes, movies: number, parameters: EaseParameters, run: TrainingRun): Promise<ItemItemModel> {
  const interactions = interactionsOf(likes, movies, parameters, parameters.ratingWeights);
  const n = interactions.movies.length;
  const layout = tileLayout(n, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const kernels = wasmKernels(memory);
  const sizes = sharedU32(Math.max(run.threads, 1) * SIZE_CLASSES);
  const { regularization, dropout, neighbours } = parameters;
  const scale = userWeightScale(likes, parameters.userWeightExponent);
  const userWeights = weightsOfUsers(likes, parameters.userWeightExponent, scale);
  const state = { matrix: kernels.heap.subarray(0, layout.line) };
  const done = (await run.checkpoint?.restore(state)) ?? 0;
  const task = run.progress.start({ label: 'EASE', total: inversionSteps(layout), unit: 'steps', startAt: Math.max(done - 1, 0) });
  const pool = await openWorkerPool(
    { model: 'ease', memory, layout, interactions, userWeights, regularization, dropout, sizes },
    run.threads,
  );
  try {
    if (done === 0) await pool.run({ kind: 'gram' }, layout.side);
    const afterStep = async (step: number) => {
      task.update(step);
      await betweenSteps(run, step + 1, state);
    };
    // Step 1 of the checkpoint is the gram matrix, before the inversion.
    await invertTiles(kernels, layout, (phase, tasks) => pool.run(phase, tasks), afterStep, Math.max(done - 1, 0));
    run.keep?.({
      items: interactions.movies,
      inverse: kernels.heap.slice(layout.tiles, layout.inverses),
      scale: Float64Array.of(scale),
    });
    return ItemItemModel.ofRows(toCatalogRows(interactions.movies, movies, await largestWeights(pool, layout, sizes, n * neighbours)));
  } finally {
    task.end();
    await pool.close();
  }
}
