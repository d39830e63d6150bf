import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../data/random.ts';
import { bootstrapInterval, quantile } from './bootstrap.ts';
import { binaryNdcgAt, ndcgAt, recallAt } from './metrics.ts';

const second = 1 / Math.log2(3);
const third = 1 / 2;

describe('recall', () => {
  test('is over the relevant items when there are fewer than places', () => {
    expect(recallAt(3, [7, 1, 8, 2], new Set([1, 2]))).toBe(1 / 2);
    expect(recallAt(4, [7, 1, 8, 2], new Set([1, 2]))).toBe(1);
  });

  test('is over the places when there are more relevant items than places', () => {
    expect(recallAt(2, [1, 9, 3], new Set([1, 2, 3, 4]))).toBe(1 / 2);
  });

  test('counts a list that is too short as it is', () => {
    expect(recallAt(20, [1], new Set([1, 2]))).toBe(1 / 2);
    expect(recallAt(20, [], new Set([1]))).toBe(0);
  });
});

describe('binary NDCG', () => {
  test('matches the value computed by hand', () => {
    // Hits in places 2 and 3 of 3, two relevant items: (1/log2 3 + 1/2) / (1 + 1/log2 3).
    expect(binaryNdcgAt(3, [9, 1, 2], new Set([1, 2]))).toBeCloseTo((second + third) / (1 + second), 14);
    expect(binaryNdcgAt(3, [9, 1, 2], new Set([1, 2]))).toBeCloseTo(0.6934264036, 10);
    expect(binaryNdcgAt(10, [9, 8, 5], new Set([5]))).toBe(0.5);
  });

  test('has its ideal cut at k: a full list of hits is 1 however many more are relevant', () => {
    expect(binaryNdcgAt(2, [1, 2, 3], new Set([1, 2, 3, 4, 5]))).toBe(1);
    expect(binaryNdcgAt(2, [9, 2, 3], new Set([1, 2, 3, 4, 5]))).toBeCloseTo(second / (1 + second), 14);
  });

  test('sees nothing behind place k', () => {
    expect(binaryNdcgAt(2, [8, 9, 1], new Set([1]))).toBe(0);
  });
});

const lists = fc.record({
  ranked: fc.uniqueArray(fc.nat(40), { maxLength: 30 }),
  relevant: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 20 }).map((rows) => new Set(rows)),
  k: fc.integer({ min: 1, max: 25 }),
});

describe('whatever the lists', () => {
  test('accuracy lies between 0 and 1, and is 1 when all relevant items come first', () => {
    fc.assert(
      fc.property(lists, ({ ranked, relevant, k }) => {
        const perfect = [...relevant, ...ranked.filter((row) => !relevant.has(row))];
        for (const measure of [recallAt, binaryNdcgAt]) {
          expect(measure(k, ranked, relevant)).toBeGreaterThanOrEqual(0);
          expect(measure(k, ranked, relevant)).toBeLessThanOrEqual(1);
          expect(measure(k, perfect, relevant)).toBe(1);
        }
      }),
    );
  });

  test('moving a hit one place up never lowers NDCG, and raises it when it passes a miss within k', () => {
    fc.assert(
      fc.property(lists, fc.nat(29), ({ ranked, relevant, k }, at) => {
        fc.pre(at > 0 && at < ranked.length && relevant.has(ranked[at]));
        const moved = ranked.with(at - 1, ranked[at]).with(at, ranked[at - 1]);
        const [before, after] = [binaryNdcgAt(k, ranked, relevant), binaryNdcgAt(k, moved, relevant)];
        if (at <= k && !relevant.has(ranked[at - 1])) expect(after).toBeGreaterThan(before);
        else expect(after).toBeGreaterThanOrEqual(before - 1e-12);
      }),
    );
  });

  test('binary NDCG is the graded one with gains of 1', () => {
    fc.assert(
      fc.property(lists, ({ ranked, relevant, k }) => {
        const gains = new Map([...relevant].map((row) => [row, 1]));
        expect(binaryNdcgAt(k, ranked, relevant)).toBeCloseTo(ndcgAt(k, ranked, gains), 12);
      }),
    );
  });
});

describe('the bootstrap interval', () => {
  test('holds the mean and is the same for the same seed', () => {
    const values = Float64Array.from({ length: 200 }, seeded(5));
    const interval = bootstrapInterval(values, 1);
    expect(interval).toEqual(bootstrapInterval(values, 1));
    expect(interval).not.toEqual(bootstrapInterval(values, 2));
    expect(interval.mean).toBe(values.reduce((a, b) => a + b) / 200);
    // Uniform numbers have a standard deviation of 0.2887: 1.96 of it over √200 is 0.04 each way.
    expect(interval.mean - interval.low).toBeCloseTo(0.04, 2);
    expect(interval.high - interval.mean).toBeCloseTo(0.04, 2);
  });

  test('of equal values has no width; of none there is none', () => {
    expect(bootstrapInterval(Float64Array.of(0.5, 0.5, 0.5), 1)).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
    expect(bootstrapInterval(new Float64Array(0), 1).mean).toBeNaN();
  });

  test('quantiles lie between order statistics as in NumPy', () => {
    expect(quantile(Float64Array.of(1, 2, 3, 4), 0.025)).toBeCloseTo(1.075, 12);
    expect(quantile(Float64Array.of(1, 2, 3, 4), 1)).toBe(4);
    expect(quantile(Float64Array.of(3), 0.5)).toBe(3);
  });
});
