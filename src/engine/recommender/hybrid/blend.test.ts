import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanPopularity, weightsAt } from './blend.ts';
import type { Blend } from './hybrid-config.ts';

const BLEND: Blend = [
  { likes: 1, ease: 1, fewLikes: 6, factors: 0, content: 4, popularity: 8 },
  { likes: 3, ease: 3, fewLikes: 5, factors: 2, content: 2, popularity: 4 },
  { likes: 10, ease: 5, fewLikes: 0, factors: 8, content: 0, popularity: 0 },
];

describe('the weights of a blend', () => {
  test('are those of the knot at a knot and of the last knot beyond; EASE weights are divided by the root of the likes', () => {
    for (const { likes, ...weights } of BLEND) {
      const { ease, fewLikes: sparse, ...rest } = weightsAt(BLEND, likes);
      expect({ ...rest, ease: weights.ease, fewLikes: weights.fewLikes }).toEqual(weights);
      expect(ease).toBeCloseTo(weights.ease / Math.sqrt(likes), 12);
      expect(sparse).toBeCloseTo(weights.fewLikes / Math.sqrt(likes), 12);
    }
    expect(weightsAt(BLEND, 10_000)).toEqual({ ease: 0.05, fewLikes: 0, factors: 8, content: 0, popularity: 0 });
    expect(weightsAt(BLEND.slice(1), 1)).toEqual({ ease: 3, fewLikes: 5, factors: 2, content: 2, popularity: 4 });
  });

  test('are linear in ln(1 + likes) between', () => {
    // Position of ln(1 + 7) between ln(1 + 3) and ln(1 + 10).
    const position = Math.log(8 / 4) / Math.log(11 / 4);
    expect(weightsAt(BLEND, 7).factors).toBeCloseTo(2 + 6 * position, 12);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (likes) => {
        const [here, next] = [weightsAt(BLEND, likes), weightsAt(BLEND, likes + 1)];
        expect(next.factors).toBeGreaterThanOrEqual(here.factors);
        expect(next.popularity).toBeLessThanOrEqual(here.popularity);
      }),
    );
  });
});

test('mean popularity of the likes is 0 without likes', () => {
  const popularity = Float32Array.of(1, 0.5, 0);
  expect(meanPopularity(popularity, [0, 1])).toBe(0.75);
  expect(meanPopularity(popularity, [2])).toBe(0);
  expect(meanPopularity(popularity, [])).toBe(0);
});
