import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quicksortIndices } from './argsort.ts';

test('sorts as a comparison sort does, but for the order of equal keys', () => {
  const keys = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 300 });
  fc.assert(
    fc.property(keys, (values) => {
      const order = [...quicksortIndices(Float64Array.from(values))];
      expect(order.map((i) => values[i])).toEqual(values.toSorted((a, b) => a - b));
      expect(order.toSorted((a, b) => a - b)).toEqual(values.map((_, i) => i));
    }),
  );
});

test('equal keys have the order of NumPy 1.24', () => {
  expect([...quicksortIndices(new Float64Array(20))]).toEqual([0, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 18, 19]);
  expect([...quicksortIndices(Float64Array.from({ length: 24 }, (_, i) => i % 3))]).toEqual([
    0, 18, 21, 3, 12, 6, 15, 9, 13, 22, 19, 7, 4, 1, 10, 16, 20, 11, 14, 8, 5, 2, 17, 23,
  ]);
});
