import { seeded } from '../pipeline/data/random.ts';
import type { HybridTraining } from '../pipeline/training/build-release.ts';
import { CoLikesModel } from '../src/engine/recommender/collaborative/co-likes-model.ts';
import { FactorModel } from '../src/engine/recommender/collaborative/factor-model.ts';
import { ItemItemModel } from '../src/engine/recommender/collaborative/item-item-model.ts';

const DIMENSIONS = 8;

/** A hybrid model with random numbers: sparse weights, vectors, popularity, and a blend of two knots. Every tenth movie is in none of them. */
export function generatedHybrid(movies: number): HybridTraining {
  const random = seeded(3);
  const isKnown = (row: number): boolean => row % 10 !== 9;
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => random() - 0.4);
  const weights = (): ItemItemModel => {
    const rowOffsets = new Uint32Array(movies + 1);
    const columns: number[] = [];
    for (let row = 0; row < movies; row++) {
      for (let column = 0; column < movies; column++)
        if (column !== row && isKnown(row) && isKnown(column) && random() < 0.1) columns.push(column);
      rowOffsets[row + 1] = columns.length;
    }
    const columnIndices = Uint16Array.from(columns);
    return ItemItemModel.ofRows({ rows: movies, columns: movies, rowOffsets, columnIndices, values: numbers(columns.length) });
  };
  const factors = numbers(movies * DIMENSIONS).map((value, p) => (isKnown(Math.floor(p / DIMENSIONS)) ? value : 0));
  const gram = new Float32Array(DIMENSIONS ** 2);
  for (let f = 0; f < DIMENSIONS; f++) gram[f * (DIMENSIONS + 1)] = 2;
  return {
    collaborative: {
      ease: weights(),
      sparseProfileEase: weights(),
      factors: FactorModel.of({ dimensions: DIMENSIONS, factors, gram, regularization: 0.1, penaltyBase: 10, regularizationExponent: 1 }),
      popularity: Float32Array.from({ length: movies }, (_, row) => (isKnown(row) ? random() : 0)),
      coLikes: new CoLikesModel(weights(), numbers(movies).map(Math.abs), numbers(movies).map(Math.abs)),
      blend: [
        {
          likes: 1,
          settings: [
            {
              familiar: 0,
              ease: 0.2,
              fewLikes: 0.3,
              factors: 0.1,
              coLikes: 0.1,
              itemSimilarity: 0.4,
              content: 0.5,
              popularity: 0.4,
              tilt: -0.2,
            },
            {
              familiar: 0.5,
              ease: 0.5,
              fewLikes: 0.6,
              factors: 0.2,
              coLikes: 0.3,
              itemSimilarity: 0.3,
              content: 0.3,
              popularity: 0.4,
              tilt: 0,
            },
            {
              familiar: 1,
              ease: 0.5,
              fewLikes: 0.6,
              factors: 0.2,
              coLikes: 0.5,
              itemSimilarity: 0,
              content: 0.1,
              popularity: 0.4,
              tilt: 0.3,
            },
          ],
        },
        {
          likes: 5,
          settings: [
            { familiar: 0.5, ease: 0.3, fewLikes: 0, factors: 0.4, coLikes: 0, itemSimilarity: 0.2, content: 0.1, popularity: 0, tilt: 0 },
          ],
        },
      ],
      similar: { factors: 0.4, content: 0.6, popularity: 0.1, damping: 0.06 },
    },
    validation: { protocol: 'generated', users: 10, ndcg: { 1: 0.2, all: 0.4 } },
  };
}
