import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import type { FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { interactionsOf } from '../../data/interactions.ts';
import type { Likes } from '../../data/likes.ts';
import { sharedMemory } from '../parallel/shared-memory.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import { openWorkerPool } from '../parallel/worker-pool.ts';
import { addPieces, GRAM_PIECES, ialsLayout, solveTasks } from './ials-tasks.ts';
import { factorParameters, type IalsParameters } from './ials-trainer.ts';

/** What `ialsFactors` keeps of its end. */
export interface TrainedIals {
  /** Vectors of the first users of the likes, row after row. The other users are folded in. */
  userFactors: Float32Array;
  /** Vectors of movies by row of this catalog; undefined: a movie without one. */
  itemFactor(row: number): Float32Array | undefined;
}

/**
 * The greatest share of the new users' ratings that may be of movies without a trained vector. Up to it, folding in is as close to a full
 * training as another start of that training. Beyond it, solving from nothing does not find the structure of those movies.
 */
const MAX_UNKNOWN_SHARE = 0.05;

/** Times that the users and then the movies are solved: a second one moves the vectors little. */
const ROUNDS = 2;

/**
 * iALS of a data set and of further users, from its vectors for the data set alone. The new users are solved for fixed movies, then the
 * movies that they have an opinion of for fixed users, as in the training. All other vectors stay. `likes` has the users of the training
 * first, in their order.
 *
 * Undefined when too many ratings of the new users are of movies that the training did not know.
 */
export async function foldIntoIals(
  { userFactors, itemFactor }: TrainedIals,
  likes: Likes,
  movies: number,
  parameters: IalsParameters,
  run: TrainingRun,
): Promise<FactorParameters | undefined> {
  const { embeddingSize, unobservedWeight, regularization, regularizationExponent } = parameters;
  const interactions = interactionsOf(likes, movies, parameters, parameters.ratingWeights);
  const items = interactions.movies.length;
  const trained = userFactors.length / embeddingSize;
  const ofNewUsers = interactions.items.subarray(interactions.itemOffsets[trained], interactions.itemOffsets[interactions.users]);
  const isUnknown = Uint8Array.from(interactions.movies, (row) => (itemFactor(row) === undefined ? 1 : 0));
  if (ofNewUsers.reduce((sum, item) => sum + isUnknown[item], 0) > MAX_UNKNOWN_SHARE * ofNewUsers.length) return undefined;
  const layout = ialsLayout(interactions.users, items, embeddingSize, Math.max(run.threads, 1));
  const memory = sharedMemory(layout.end);
  const { heap } = wasmKernels(memory);
  heap.set(userFactors, layout.userFactors);
  const isTouched = isUnknown;
  for (let item = 0; item < items; item++) {
    const vector = itemFactor(interactions.movies[item]);
    if (vector !== undefined) heap.set(vector, layout.itemFactors + item * embeddingSize);
  }
  for (const item of ofNewUsers) isTouched[item] = 1;
  const rows = {
    users: Uint32Array.from({ length: interactions.users - trained }, (_, n) => trained + n),
    items: Uint32Array.from(isTouched.keys()).filter((item) => isTouched[item] === 1),
  };
  const pool = await openWorkerPool(
    { model: 'ials', memory, layout, interactions, unobservedWeight, regularization, regularizationExponent },
    run.threads,
  );
  const task = run.progress.start({ label: 'iALS: folding in', total: ROUNDS, unit: 'rounds' });
  const gramOf = async (side: 'users' | 'items'): Promise<void> => {
    await pool.run({ kind: 'gram', side }, GRAM_PIECES);
    addPieces(heap, layout);
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of ['users', 'items'] as const) {
        await gramOf(side === 'users' ? 'items' : 'users');
        await pool.run({ kind: 'solve', side, rows: rows[side] }, solveTasks(rows[side].length));
      }
      await betweenSteps(run, round, {});
      task.update(round + 1);
    }
    await gramOf('items');
  } finally {
    task.end();
    await pool.close();
  }
  return factorParameters(heap, layout, interactions.movies, movies, parameters);
}
