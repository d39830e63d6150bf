import { seeded } from '../pipeline/data/random.ts';
import { MOVIE_INPUTS, type SecondLook, VIEWER_INPUTS } from '../src/engine/recommender/hybrid/second-look.ts';

const HIDDEN = 12;

/** A network with random weights, for a catalog with these years. */
export function generatedSecondLook(years: Int16Array): SecondLook {
  const random = seeded(5);
  const numbers = (length: number, size: number): Float32Array => Float32Array.from({ length }, () => size * (2 * random() - 1));
  return {
    weights: {
      hidden: HIDDEN,
      movie: numbers(HIDDEN * MOVIE_INPUTS.length, 1),
      viewer: numbers(HIDDEN * VIEWER_INPUTS.length, 1),
      bias: numbers(HIDDEN, 1),
      output: numbers(HIDDEN, 0.5),
      linear: numbers(MOVIE_INPUTS.length, 0.3),
    },
    years,
  };
}
