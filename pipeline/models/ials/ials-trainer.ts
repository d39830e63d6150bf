import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { FactorModel, type FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { type ItemChoice, interactionsOf, type LesserEvidence } from '../../data/interactions.ts';
import type { Likes } from '../../data/likes.ts';
import { sharedMemory } from '../parallel/shared-memory.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import { openWorkerPool } from '../parallel/worker-pool.ts';
import { gaussian } from './gaussian.ts';
import { GRAM_PIECES, type IalsLayout, type IalsPhase, ialsLayout, SOLVE_ROWS } from './ials-tasks.ts';

export interface IalsParameters extends ItemChoice {
  /** Length of a vector, a multiple of 8. */
  embeddingSize: number;
  epochs: number;
  /** α₀: what a movie that was not liked weighs, one that was weighing 1. */
  unobservedWeight: number;
  /** λ and ν: a user of n likes is held back by λ (n + α₀ × movies)^ν, a movie likewise. */
  regularization: number;
  exponent: number;
  /** Ratings below a like: what u·v is drawn to, with the weight of a like. */
  lesser: LesserEvidence;
  /** Of the first vectors' normal distribution, before it is divided by √embeddingSize. */
  deviation: number;
  seed: number;
}

/**
 * iALS (Hu, Koren and Volinsky 2008) with the regularisation and tuning of Rendle, Krichene, Zhang and Koren 2021 ("Revisiting the performance of
 * iALS on item recommendation benchmarks"), r being 1 for a like and `lesser` for lower ratings: minimises
 * Σ over ratings (u·v - r)² + α₀ Σ over all pairs (u·v)² + λ Σ_u (|I_u| + α₀ |I|)^ν ‖u‖² + λ Σ_i (|U_i| + α₀ |U|)^ν ‖v‖²
 * by exact solutions for all users, then all movies, `epochs` times. The same bits with any number of threads.
 */
export async function trainIals(likes: Likes, movies: number, parameters: IalsParameters, run: TrainingRun): Promise<FactorModel> {
  return FactorModel.of(await ialsFactors(likes, movies, parameters, run));
}

/** The parts of the model, to be stored. */
export async function ialsFactors(likes: Likes, movies: number, parameters: IalsParameters, run: TrainingRun): Promise<FactorParameters> {
  const { embeddingSize, epochs, unobservedWeight, regularization, exponent, deviation, seed } = parameters;
  if (embeddingSize % 8 !== 0) throw new RangeError(`an embedding size of ${embeddingSize}, expected a multiple of 8`);
  const interactions = interactionsOf(likes, movies, parameters, parameters.lesser);
  const items = interactions.movies.length;
  const layout = ialsLayout(interactions.users, items, embeddingSize, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const { heap } = wasmKernels(memory);
  const state = { factors: heap.subarray(layout.userFactors, layout.gram) };
  let epoch = (await run.checkpoint?.restore(state)) ?? 0;
  if (epoch === 0) gaussian(state.factors, deviation / Math.sqrt(embeddingSize), seed);
  const progress = run.progress.start({ label: 'iALS', total: epochs, unit: 'epochs', startAt: epoch });
  const crew = await openWorkerPool(
    { model: 'ials', memory, layout, interactions, unobservedWeight, regularization, exponent },
    run.threads,
  );
  try {
    const gramOf = async (side: IalsPhase['side']): Promise<void> => {
      await crew.run({ kind: 'gram', side }, GRAM_PIECES);
      addPieces(heap, layout);
    };
    while (epoch < epochs) {
      await gramOf('items');
      await crew.run({ kind: 'solve', side: 'users' }, Math.ceil(layout.users / SOLVE_ROWS));
      await gramOf('users');
      await crew.run({ kind: 'solve', side: 'items' }, Math.ceil(layout.items / SOLVE_ROWS));
      progress.update(++epoch);
      await betweenSteps(run, epoch, state);
    }
    await gramOf('items');
  } finally {
    progress.end();
    await crew.close();
  }
  const factors = new Float32Array(movies * embeddingSize);
  for (let item = 0; item < items; item++) {
    const from = layout.itemFactors + item * embeddingSize;
    factors.set(heap.subarray(from, from + embeddingSize), interactions.movies[item] * embeddingSize);
  }
  const gram = heap.slice(layout.gram, layout.gram + embeddingSize ** 2);
  return {
    dimensions: embeddingSize,
    factors,
    gram,
    regularization,
    penaltyBase: unobservedWeight * items,
    regularizationExponent: exponent,
  };
}

/** The gram matrix from its pieces, in their order. */
function addPieces(heap: Float32Array, { gram, pieces, dimensions }: IalsLayout): void {
  const square = dimensions * dimensions;
  heap.copyWithin(gram, pieces, pieces + square);
  for (let piece = 1; piece < GRAM_PIECES; piece++) for (let p = 0; p < square; p++) heap[gram + p] += heap[pieces + piece * square + p];
}
