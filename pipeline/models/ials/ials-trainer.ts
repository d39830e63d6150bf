import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { FactorModel, type FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { type ItemChoice, interactionsOf, type RatingWeights } from '../../data/interactions.ts';
import type { Likes } from '../../data/likes.ts';
import { sharedMemory } from '../parallel/shared-memory.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import { openWorkerPool } from '../parallel/worker-pool.ts';
import { gaussian } from './gaussian.ts';
import { addPieces, GRAM_PIECES, type IalsLayout, type IalsPhase, ialsLayout, solveTasks } from './ials-tasks.ts';

export interface IalsParameters extends ItemChoice {
  /** Length of a vector, a multiple of 8. */
  embeddingSize: number;
  epochs: number;
  /** α₀: weight of a pair of user and movie without an interaction. A pair with one has weight 1. */
  unobservedWeight: number;
  /** λ: a user with n likes has regularization λ (n + α₀ × movies)^ν, a movie likewise. */
  regularization: number;
  /** ν */
  regularizationExponent: number;
  /** Target of u·v for ratings below a like. They have the weight of a like. */
  ratingWeights: RatingWeights;
  /** Standard deviation of the initial vectors, before it is divided by √embeddingSize. */
  initStd: number;
  seed: number;
}

/**
 * iALS (Hu, Koren and Volinsky 2008) with the regularization and tuning of Rendle, Krichene, Zhang and Koren 2021 ("Revisiting the
 * performance of iALS on item recommendation benchmarks"). Minimises
 *
 *   Σ over ratings (u·v - r)² + α₀ Σ over all pairs (u·v)² + λ Σ_u (|I_u| + α₀ |I|)^ν ‖u‖² + λ Σ_i (|U_i| + α₀ |U|)^ν ‖v‖²
 *
 * r: 1 for a like, `ratingWeights` for lower ratings. Each of `epochs` rounds solves exactly for all users, then for all movies.
 * The result has the same bits with any number of threads.
 */
export async function trainIals(likes: Likes, movies: number, parameters: IalsParameters, run: TrainingRun): Promise<FactorModel> {
  return FactorModel.of(await ialsFactors(likes, movies, parameters, run));
}

/** The model as arrays, ready to be stored. */
export async function ialsFactors(likes: Likes, movies: number, parameters: IalsParameters, run: TrainingRun): Promise<FactorParameters> {
  const { embeddingSize, epochs, unobservedWeight, regularization, regularizationExponent, initStd, seed } = parameters;
  if (embeddingSize % 8 !== 0) throw new RangeError(`an embedding size of ${embeddingSize}, expected a multiple of 8`);
  const interactions = interactionsOf(likes, movies, parameters, parameters.ratingWeights);
  const items = interactions.movies.length;
  const layout = ialsLayout(interactions.users, items, embeddingSize, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const { heap } = wasmKernels(memory);
  const state = { factors: heap.subarray(layout.userFactors, layout.gram) };
  let epoch = (await run.checkpoint?.restore(state)) ?? 0;
  if (epoch === 0) gaussian(state.factors, initStd / Math.sqrt(embeddingSize), seed);
  const progress = run.progress.start({ label: 'iALS', total: epochs, unit: 'epochs', startAt: epoch });
  const pool = await openWorkerPool(
    { model: 'ials', memory, layout, interactions, unobservedWeight, regularization, regularizationExponent },
    run.threads,
  );
  try {
    const gramOf = async (side: IalsPhase['side']): Promise<void> => {
      await pool.run({ kind: 'gram', side }, GRAM_PIECES);
      addPieces(heap, layout);
    };
    while (epoch < epochs) {
      await gramOf('items');
      await pool.run({ kind: 'solve', side: 'users' }, solveTasks(layout.users));
      await gramOf('users');
      await pool.run({ kind: 'solve', side: 'items' }, solveTasks(layout.items));
      progress.update(++epoch);
      await betweenSteps(run, epoch, state);
    }
    await gramOf('items');
  } finally {
    progress.end();
    await pool.close();
  }
  run.keep?.({
    items: interactions.movies,
    userFactors: heap.slice(layout.userFactors, layout.itemFactors),
    itemFactors: heap.slice(layout.itemFactors, layout.gram),
  });
  return factorParameters(heap, layout, interactions.movies, movies, parameters);
}

/** The trained vectors by row of the catalog, with the parameters of the fold-in. `rows` has the row of each item. */
export function factorParameters(
  heap: Float32Array,
  layout: IalsLayout,
  rows: Uint32Array,
  movies: number,
  { embeddingSize, unobservedWeight, regularization, regularizationExponent }: IalsParameters,
): FactorParameters {
  const factors = new Float32Array(movies * embeddingSize);
  for (let item = 0; item < rows.length; item++) {
    const from = layout.itemFactors + item * embeddingSize;
    factors.set(heap.subarray(from, from + embeddingSize), rows[item] * embeddingSize);
  }
  const gram = heap.slice(layout.gram, layout.gram + embeddingSize ** 2);
  return {
    dimensions: embeddingSize,
    factors,
    gram,
    regularization,
    penaltyBase: unobservedWeight * rows.length,
    regularizationExponent,
  };
}
