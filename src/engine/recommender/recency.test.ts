import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laterLikes, recencyWeights } from './recency.ts';

test('the latest like has the largest weight, as r^-0.4, and the mean is 1', () => {
  const mean = (1 + 2 ** -0.4 + 3 ** -0.4) / 3;
  expectClose(recencyWeights([20, 30, 10]), [2 ** -0.4 / mean, 1 / mean, 3 ** -0.4 / mean]);
  expect(laterLikes([20, 30, 10])).toEqual([1, 0, 2]);
});

test('likes of the same time share the mean of their places', () => {
  const mean = (1 + 2 ** -0.4 + 3 ** -0.4 + 4 ** -0.4) / 4;
  const shared = (2 ** -0.4 + 3 ** -0.4) / 2;
  expectClose(recencyWeights([5, 9, 5, 1]), [shared / mean, 1 / mean, shared / mean, 4 ** -0.4 / mean]);
  expect(laterLikes([5, 9, 5, 1])).toEqual([1, 0, 1, 3]);
});

test('there are no weights where the times say no order', () => {
  expect([[], [7], [7, 7, 7]].map(recencyWeights)).toEqual([undefined, undefined, undefined]);
});

test('later likes never weigh less, the order of the list counts for nothing, and the mean is 1', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 2, maxLength: 500 }), (times) => {
      const weights = recencyWeights(times);
      fc.pre(weights !== undefined);
      const byTime = new Map(times.map((time, n) => [time, weights[n]]));
      times.forEach((time, n) => {
        expect(weights[n]).toBe(byTime.get(time));
      });
      const ascending = [...byTime].sort(([a], [b]) => a - b).map(([, weight]) => weight);
      ascending.slice(1).forEach((weight, n) => {
        expect(weight).toBeGreaterThan(ascending[n]);
      });
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(times.length, 9);
      expect(recencyWeights(times.toReversed())?.toReversed()).toEqual(weights);
    }),
  );
});

function expectClose(weights: number[] | undefined, expected: number[]): void {
  expect(weights).toHaveLength(expected.length);
  weights?.forEach((weight, n) => {
    expect(weight).toBeCloseTo(expected[n], 12);
  });
}
