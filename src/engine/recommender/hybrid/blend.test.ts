import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanPopularity, weightsAt } from './blend.ts';
import type { Blend, BlendWeights } from './hybrid-config.ts';

const NOTHING: BlendWeights = { ease: 0, fewLikes: 0, factors: 0, coLikes: 0, itemSimilarity: 0, content: 0, popularity: 0, tilt: 0 };
const setting = (familiar: number, weights: Partial<BlendWeights>) => ({ familiar, ...NOTHING, ...weights });
const BLEND: Blend = [
  { likes: 1, settings: [setting(0.5, { ease: 1, fewLikes: 6, coLikes: 2, itemSimilarity: 3, content: 4, popularity: 8 })] },
  {
    likes: 3,
    settings: [
      setting(0, { factors: 1, tilt: -2 }),
      setting(0.5, { ease: 3, fewLikes: 5, factors: 2, coLikes: 3, itemSimilarity: 6, content: 2, popularity: 4 }),
      setting(1, { factors: 4, tilt: 1 }),
    ],
  },
  { likes: 10, settings: [setting(0.5, { ease: 5, factors: 8 })] },
];

describe('the weights of a blend', () => {
  test('are those of the knot at a knot and of the last knot beyond; sums over the likes are divided', () => {
    for (const { likes, settings } of BLEND) {
      const { familiar: _, ...weights } = settings[settings.length >> 1];
      const found = weightsAt(BLEND, likes);
      expect(found).toMatchObject({
        factors: weights.factors,
        content: weights.content,
        popularity: weights.popularity,
        tilt: weights.tilt,
      });
      expect(found.ease).toBeCloseTo(weights.ease / Math.sqrt(likes), 12);
      expect(found.fewLikes).toBeCloseTo(weights.fewLikes / Math.sqrt(likes), 12);
      expect(found.coLikes).toBeCloseTo(weights.coLikes / likes, 12);
      expect(found.itemSimilarity).toBeCloseTo(weights.itemSimilarity / likes, 12);
    }
    expect(weightsAt(BLEND, 10_000)).toEqual({ ...NOTHING, ease: 0.05, factors: 8 });
    expect(weightsAt(BLEND.slice(1), 1)).toMatchObject({ ease: 3, fewLikes: 5, factors: 2, content: 2, popularity: 4 });
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

  test('are linear in familiar between two settings, and those of the nearest setting outside', () => {
    expect(weightsAt(BLEND, 3, 0)).toMatchObject({ factors: 1, tilt: -2 });
    expect(weightsAt(BLEND, 3, 0.25)).toMatchObject({ factors: 1.5, tilt: -1, content: 1 });
    expect(weightsAt(BLEND, 3, 0.5)).toEqual(weightsAt(BLEND, 3));
    expect(weightsAt(BLEND, 3, 0.9).factors).toBeCloseTo(2 + 0.8 * 2, 12);
    expect(weightsAt(BLEND, 3, 1)).toMatchObject({ factors: 4, tilt: 1 });
    for (const familiar of [0, 1]) expect(weightsAt(BLEND, 1, familiar)).toEqual(weightsAt(BLEND, 1));
  });
});

test('mean popularity of the likes is 0 without likes', () => {
  const popularity = Float32Array.of(1, 0.5, 0);
  expect(meanPopularity(popularity, [0, 1])).toBe(0.75);
  expect(meanPopularity(popularity, [2])).toBe(0);
  expect(meanPopularity(popularity, [])).toBe(0);
});
