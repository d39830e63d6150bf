import { seeded } from '../pipeline/data/random.ts';
import type { HybridTraining } from '../pipeline/training/build-release.ts';
import { FactorModel } from '../src/engine/recommender/collaborative/factor-model.ts';
import { ItemItemModel } from '../src/engine/recommender/collaborative/item-item-model.ts';
import { HYBRID_BLEND } from './hybrid.ts';

/** Sizes of the ratings models that train makes by default. */
const EASE_MOVIES = 20_000;
const SPARSE_PROFILE_MOVIES = 10_000;
const NEIGHBOURS = 400;
const DIMENSIONS = 96;

/** Norms of trained factor vectors: alike for movies without likes, up to ten times longer for those with many. */
const MIN_NORM = 0.2;
const MAX_NORM = 2;

/**
 * Ratings models with random numbers, of the size and with the blend of trained ones: a request costs what it costs with these. As in
 * trained ones, most movies have no likes, which lets a search pass over them.
 */
export function randomHybrid(movies: number): HybridTraining {
  const random = seeded(3);
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => 0.01 * (random() - 0.4));
  const itemItem = (known: number): ItemItemModel => {
    const rowOffsets = Uint32Array.from({ length: movies + 1 }, (_, row) => Math.min(row, known) * NEIGHBOURS);
    const step = Math.floor(known / NEIGHBOURS);
    const columnIndices = Uint16Array.from({ length: known * NEIGHBOURS }, (_, p) => (p % NEIGHBOURS) * step + Math.floor(random() * step));
    return ItemItemModel.ofRows({ rows: movies, columns: movies, rowOffsets, columnIndices, values: numbers(columnIndices.length) });
  };
  const gram = new Float32Array(DIMENSIONS ** 2);
  for (let f = 0; f < DIMENSIONS; f++) gram[f * (DIMENSIONS + 1)] = 2;
  const withLikes = Math.min(movies, EASE_MOVIES);
  const factors = randomFactors(movies, withLikes, random);
  return {
    collaborative: {
      ease: itemItem(withLikes),
      sparseProfileEase: itemItem(Math.min(movies, SPARSE_PROFILE_MOVIES)),
      factors: FactorModel.of({ dimensions: DIMENSIONS, factors, gram, regularization: 0.007, penaltyBase: 10, regularizationExponent: 1 }),
      popularity: Float32Array.from({ length: movies }, (_, movie) => (movie < withLikes ? random() : 0)),
      blend: HYBRID_BLEND,
      similar: { factors: 1, content: 1, popularity: 0.1, damping: 0.06 },
    },
    validation: { protocol: 'none', users: 0, ndcg: { all: 0 } },
  };
}

/** Vectors of random directions. */
function randomFactors(movies: number, withLikes: number, random: () => number): Float32Array {
  const factors = Float32Array.from({ length: movies * DIMENSIONS }, () => random() - 0.5);
  for (let movie = 0; movie < movies; movie++) {
    const vector = factors.subarray(movie * DIMENSIONS, (movie + 1) * DIMENSIONS);
    const norm = movie < withLikes ? MIN_NORM * (MAX_NORM / MIN_NORM) ** random() : MIN_NORM;
    const scale = norm / Math.hypot(...vector);
    for (let f = 0; f < DIMENSIONS; f++) vector[f] *= scale;
  }
  return factors;
}
