import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { popularityOf } from './popularity.ts';

describe('popularity', () => {
  test('of counts alone is ln(1 + count) relative to the largest count', () => {
    const [none, some, most] = popularityOf({ counts: [0, 9, 99] });
    expect([none, most]).toEqual([0, 1]);
    expect(some).toBeCloseTo(Math.log(10) / Math.log(100), 7);
  });

  test('with averages is multiplied by the quality of the damped average', () => {
    // μ = (30 × 0.9 + 10 × 0.5) / 40 = 0.8; damped: (20 × 0.8 + 30 × 0.9) / 50 = 0.86 and (20 × 0.8 + 10 × 0.5) / 30 = 0.7.
    const [first, second, unrated] = popularityOf({ counts: [30, 10, 5], averages: [0.9, 0.5, Number.NaN] });
    expect(first).toBeCloseTo((0.86 - 0.4) / 0.6, 6);
    expect(second).toBeCloseTo((Math.log(11) / Math.log(31)) * 0.5, 6);
    expect(unrated).toBeCloseTo((Math.log(6) / Math.log(31)) * ((0.8 - 0.4) / 0.6), 6);
  });

  test('is 0 for a low average, without counts and without movies', () => {
    expect([...popularityOf({ counts: [1000], averages: [0.4] })]).toEqual([0]);
    expect([...popularityOf({ counts: [0, 0], averages: [0.9, 0.9] })]).toEqual([0, 0]);
    expect([...popularityOf({ counts: [] })]).toEqual([]);
  });

  test('lies between 0 and 1, and without averages ranks as the counts do', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ count: fc.nat(5000), average: fc.double({ min: 0.1, max: 1, noNaN: true }) })), (movies) => {
        const counts = movies.map(({ count }) => count);
        const rated = popularityOf({ counts, averages: movies.map(({ average }) => average) });
        expect(rated.every((value) => value >= 0 && value <= 1)).toBe(true);
        const plain = popularityOf({ counts });
        counts.forEach((count, j) => {
          for (let other = 0; other < j; other++) expect(Math.sign(plain[j] - plain[other])).toBe(Math.sign(count - counts[other]));
        });
      }),
    );
  });
});
