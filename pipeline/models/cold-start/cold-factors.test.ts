import { describe, expect, test } from 'vitest';
import type { Csr } from '../../../src/engine/linalg/csr.ts';
import type { FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { seeded } from '../../data/random.ts';
import { withColdFactors, withColdFactorsByThreads } from './cold-factors.ts';

const rest = { gram: new Float32Array(16), regularization: 1, penaltyBase: 1, regularizationExponent: 1 };
const exact = { regularization: 1e-6, itemWeightExponent: 0, intercept: 1, voteFeatures: 1, iterations: 200, shrinkage: 0 };

/** Rows of two features, the second 0 where the first is 1: {a}, {b}, {a and b}, nothing. */
const features: Csr = {
  rows: 5,
  columns: 2,
  rowOffsets: Uint32Array.of(0, 1, 2, 4, 4, 5),
  columnIndices: Uint16Array.of(0, 1, 0, 1, 0),
  values: Float32Array.of(2, 5, 3, 3, 7),
};

/** Three movies of the same content. */
const same: Csr = {
  rows: 3,
  columns: 1,
  rowOffsets: Uint32Array.of(0, 1, 2, 3),
  columnIndices: Uint16Array.of(0, 0, 0),
  values: Float32Array.of(1, 1, 1),
};

function model(...rows: number[][]): FactorParameters {
  return { dimensions: 4, factors: Float32Array.from(rows.flat()), ...rest };
}

const NONE = [0, 0, 0, 0];

describe('vectors for movies without ratings', () => {
  test('a movie of the same content has the same vector, whatever the size of its features', () => {
    const before = model([1, 2, 3, 4], [-1, 0, 1, 0], [0, 1, 2, 2], [5, 5, 5, 5], NONE);
    const { factors } = withColdFactors(before, features, Uint32Array.of(9, 9, 9, 0, 0), exact);
    [1, 2, 3, 4].forEach((value, f) => {
      expect(factors[16 + f]).toBeCloseTo(value, 3);
    });
  });

  test('without a prior what is known stays as it is, and a movie without features gets no vector', () => {
    const before = model([1, 2, 3, 4], [-1, 0, 1, 0], [0, 1, 2, 2], NONE, NONE);
    const after = withColdFactors(before, features, Uint32Array.of(9, 9, 9, 0, 0), exact);
    expect(after.factors.subarray(0, 16)).toEqual(before.factors.subarray(0, 16));
    expect(after.gram).toBe(before.gram);
    expect(before.factors.subarray(16)).toEqual(new Float32Array(4));
  });

  test('the fewer likes a movie has, the more its vector depends on its content', () => {
    // One feature, two movies of equal likes, y = 1 and 4: predicted is 2.5 for all three.
    const before = model([1, 0, 0, 0], [4, 0, 0, 0], NONE);
    const { factors } = withColdFactors(before, same, Uint32Array.of(30, 10, 0), { ...exact, shrinkage: 10 });
    expect(factors[0]).toBeCloseTo(1 + 2.5 / 4, 4);
    expect(factors[4]).toBeCloseTo(4 + 2.5 / 2, 4);
    expect(factors[8]).toBeCloseTo(2.5, 4);
  });

  test('two movies with the same content are averaged by their weights', () => {
    const before = model([1, 0, 0, 0], [4, 0, 0, 0], NONE);
    const likes = Uint32Array.of(64, 16, 0);
    const at = (itemWeightExponent: number) => withColdFactors(before, same, likes, { ...exact, itemWeightExponent }).factors[8];
    expect(at(0)).toBeCloseTo(2.5, 4);
    // Weights 8 and 4, then 64 and 16.
    expect(at(0.5)).toBeCloseTo(2, 4);
    expect(at(1)).toBeCloseTo(1.6, 4);
  });

  test('the weights are those of ridge regression, by hand', () => {
    // One movie, x = (1, 1) with the intercept, y = 3, λ = 1: W = Xᵀ(XXᵀ + λ)⁻¹ y = (1, 1) × 3 / 3, so the same content gets 2.
    const one: Csr = {
      rows: 2,
      columns: 1,
      rowOffsets: Uint32Array.of(0, 1, 2),
      columnIndices: Uint16Array.of(0, 0),
      values: Float32Array.of(1, 1),
    };
    const { factors } = withColdFactors(model([3, 0, 0, 0], NONE), one, Uint32Array.of(5, 0), { ...exact, regularization: 1 });
    expect(factors[4]).toBeCloseTo(2, 5);
  });

  test('a linear map from many features to vectors is found again', () => {
    const random = seeded(4);
    const movies = 120;
    const dense = Array.from({ length: movies }, () => Array.from({ length: 20 }, () => (random() < 0.3 ? random() : 0)));
    const map = Array.from({ length: 20 }, () => Array.from({ length: 4 }, () => random() - 0.5));
    const length = dense.map((row) => Math.hypot(...row) || 1);
    const vectors = dense.map((row, i) => map[0].map((_, f) => row.reduce((sum, value, c) => sum + (value / length[i]) * map[c][f], 0)));
    const entries = dense.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])));
    const rowOffsets = new Uint32Array(movies + 1);
    entries.forEach((row, i) => {
      rowOffsets[i + 1] = rowOffsets[i] + row.length;
    });
    const csr: Csr = {
      rows: movies,
      columns: 20,
      rowOffsets,
      columnIndices: Uint16Array.from(entries.flat(), ({ column }) => column),
      values: Float32Array.from(entries.flat(), ({ value }) => value),
    };
    const known = vectors.map((row, i) => (i < 100 ? row : NONE));
    const likes = Uint32Array.from(known, (_, i) => (i < 100 ? 3 : 0));
    const { factors } = withColdFactors(model(...known), csr, likes, exact);
    for (let i = 100; i < movies; i++) {
      if (entries[i].length > 0) for (let f = 0; f < 4; f++) expect(factors[i * 4 + f]).toBeCloseTo(vectors[i][f], 2);
    }
  });

  test('dense columns count for all movies alike', () => {
    // The same content, y = 1 and 3 where the column has -1 and 1: with 2 it is 4.
    const before = model([1, 0, 0, 0], [3, 0, 0, 0], NONE);
    const beside = [Float64Array.of(-1, 1, 2)];
    const { factors } = withColdFactors(before, same, Uint32Array.of(9, 9, 0), exact, beside);
    expect(factors[8]).toBeCloseTo(4, 4);
    expect(withColdFactors(before, same, Uint32Array.of(9, 9, 0), { ...exact, voteFeatures: 0 }, beside).factors[8]).toBeCloseTo(2, 4);
  });

  test.each([
    ['two regressions', 10, 2],
    ['one regression', 0, 1],
  ])('%s give the same bits in threads', async (_, shrinkage, regressions) => {
    const random = seeded(6);
    const count = 40;
    const many: Csr = {
      rows: count,
      columns: 5,
      rowOffsets: Uint32Array.from({ length: count + 1 }, (_, row) => 2 * row),
      columnIndices: Uint16Array.from({ length: 2 * count }, (_, p) => (p % 2 === 0 ? (p >> 1) % 2 : 2 + ((p >> 1) % 3))),
      values: Float32Array.from({ length: 2 * count }, () => 1 + random()),
    };
    const before = { dimensions: 4, factors: Float32Array.from({ length: 4 * count }, () => random() - 0.5), ...rest };
    const likes = Uint32Array.from({ length: count }, (_, movie) => movie % 4);
    const parameters = { ...exact, itemWeightExponent: 0.5, iterations: 20, shrinkage };
    const votes = [Float64Array.from(likes, () => random())];
    let steps = 0;
    const expected = withColdFactors(before, many, likes, parameters, votes, (done) => {
      steps = done;
    });
    expect(steps > parameters.iterations).toBe(regressions === 2);
    for (const threads of [0, 1, 2, 3])
      expect(await withColdFactorsByThreads(before, many, likes, parameters, votes, threads, () => {})).toEqual(expected);
    expect(expected.factors.some((value, p) => value !== before.factors[p])).toBe(true);
  });
});
