import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TopK } from './topk.ts';

describe('TopK', () => {
  test('keeps the pairs that sorting and slicing keeps, in the same order, equal scores by lower index', () => {
    // Few distinct scores, so that ties are the rule.
    const scores = fc.array(fc.constantFrom(-1, 0, 0.5, 0.5000000001, 2, Number.NaN, Number.NEGATIVE_INFINITY));
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 40 }), fc.boolean(), (values, k, backwards) => {
        const best = new TopK(k);
        const order = values.map((_, i) => (backwards ? values.length - 1 - i : i));
        for (const i of order) best.offer(i, values[i]);
        const expected = values
          .map((score, index) => ({ score, index }))
          .filter(({ score }) => !Number.isNaN(score))
          .sort((a, b) => (a.score === b.score ? a.index - b.index : a.score < b.score ? 1 : -1))
          .slice(0, k);
        const { indices, scores: found } = best.drain();
        expect([...indices]).toEqual(expected.map(({ index }) => index));
        expect([...found]).toEqual(expected.map(({ score }) => score));
      }),
    );
  });

  test('a score below the threshold would not have been kept', () => {
    const best = new TopK(2);
    expect(best.threshold).toBe(Number.NEGATIVE_INFINITY);
    best.offer(0, 1);
    best.offer(1, 3);
    expect(best.threshold).toBe(1);
    best.offer(2, 2);
    expect(best.threshold).toBe(2);
    expect(new TopK(0).threshold).toBe(Number.POSITIVE_INFINITY);
  });
});
