import { describe, expect, test } from 'vitest';
import { MOVIE_INPUTS, ViewerCorrection } from '../../../src/engine/recommender/hybrid/second-look.ts';
import { seeded } from '../../data/random.ts';
import { type SecondLookList, trainSecondLook } from './second-look-trainer.ts';

const OPTIONS = { hidden: 8, epochs: 6, learningRate: 0.02, regularization: 0.0001, seed: 1 };
const INPUTS = MOVIE_INPUTS.length;
const CANDIDATES = 30;

/** Relevant are movies that two inputs agree on, which no sum of the inputs tells. Scores are random. */
function listsOf(count: number, seed: number): SecondLookList[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const inputs = Float32Array.from({ length: CANDIDATES * INPUTS }, () => random() - 0.5);
    const agrees = (n: number): boolean => inputs[n * INPUTS] * inputs[n * INPUTS + 1] > 0.08;
    const gains = Float32Array.from({ length: CANDIDATES }, (_, n) => (agrees(n) ? 1 : 0));
    const scores = Float32Array.from({ length: CANDIDATES }, () => random())
      .sort()
      .reverse();
    return { inputs, viewer: [1, 0.5, 0.5], scores, gains };
  });
}

/** Mean share of the relevant among the first places that they could all have. */
function precision(lists: readonly SecondLookList[], correct: (list: SecondLookList) => ArrayLike<number>): number {
  const shares = lists.map((list) => {
    const { gains, scores } = list;
    const corrections = correct(list);
    const order = [...scores.keys()].sort((a, b) => scores[b] + corrections[b] - scores[a] - corrections[a]);
    const relevant = gains.reduce((a, b) => a + b, 0);
    return relevant === 0 ? 1 : order.slice(0, relevant).reduce((sum, n) => sum + gains[n], 0) / relevant;
  });
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}

describe('training of the second look', () => {
  test('learns what no sum of the inputs tells, for lists that it did not see', () => {
    const weights = trainSecondLook(listsOf(400, 1), OPTIONS);
    if (weights === undefined) throw new Error('nothing was learned');
    const others = listsOf(100, 2);
    const before = precision(others, ({ scores }) => new Float64Array(scores.length));
    const after = precision(others, ({ inputs, viewer, scores }) => {
      const out = new Float64Array(scores.length);
      new ViewerCorrection(weights, viewer).write(Float64Array.from(inputs), out);
      return out;
    });
    expect(before).toBeLessThan(0.35);
    expect(after).toBeGreaterThan(0.8);
  });

  test('gives the same weights for the same lists and seed', () => {
    expect(trainSecondLook(listsOf(20, 1), OPTIONS)).toEqual(trainSecondLook(listsOf(20, 1), OPTIONS));
    expect(trainSecondLook(listsOf(20, 1), OPTIONS)).not.toEqual(trainSecondLook(listsOf(20, 1), { ...OPTIONS, seed: 2 }));
  });

  test('learns nothing from lists without a relevant candidate', () => {
    const empty = listsOf(3, 1).map((list) => ({ ...list, gains: new Float32Array(CANDIDATES) }));
    expect(trainSecondLook(empty, OPTIONS)).toBeUndefined();
  });
});
