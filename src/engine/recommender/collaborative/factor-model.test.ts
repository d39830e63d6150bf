import { expect, test } from 'vitest';
import { seeded } from '../../../../pipeline/data/random.ts';
import { FactorModel, type FactorParameters } from './factor-model.ts';
import { likeScorerContract } from './like-scorer.contract.ts';

function factors(dimensions: number, movies: number): FactorParameters {
  const random = seeded(3);
  const gram = new Float32Array(dimensions * dimensions);
  for (let f = 0; f < dimensions; f++) gram[f * (dimensions + 1)] = 0.5;
  return {
    dimensions,
    factors: Float32Array.from({ length: movies * dimensions }, (_, p) => (p >= 6 * dimensions ? 0 : random() - 0.5)),
    gram,
    regularization: 0.1,
    penaltyBase: 2,
    regularizationExponent: 1,
  };
}

for (const dimensions of [4, 8, 20, 96]) likeScorerContract(`${dimensions} factors`, () => FactorModel.of(factors(dimensions, 9)), 4);

test('a viewer is folded in by the normal equations, by hand', () => {
  // y₀ = e₁, y₁ = e₂, y₂ = e₁ + e₂ (of 4 dimensions), gram = I / 2, λ_u = 0.1 (n + 2)^1.
  // With movie 0 liked: A = diag(1 + 0.5 + 0.3, 0.8, 0.8, 0.8), u = e₁ / 1.8.
  const model = FactorModel.of({
    dimensions: 4,
    factors: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0),
    gram: Float32Array.of(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5),
    regularization: 0.1,
    penaltyBase: 2,
    regularizationExponent: 1,
  });
  const out = new Float64Array(3);
  model.score(Uint32Array.of(0), out);
  expect(out[0]).toBeCloseTo(1 / 1.8, 5);
  expect(out[1]).toBe(0);
  expect(out[2]).toBeCloseTo(1 / 1.8, 5);
  expect(model.attributions(Uint32Array.of(0), 2)[0]).toBeCloseTo(1 / 1.8, 5);
});

test('more likes than the kernels get at a time fold in together', () => {
  const parameters = factors(8, 130);
  const random = seeded(8);
  const vectors = Float32Array.from({ length: 138 * 8 }, () => random() - 0.5);
  // The last 8 movies are the axes: their scores are the viewer's vector.
  for (let p = 130 * 8; p < vectors.length; p++) vectors[p] = p - 130 * 8 === 9 * ((p - 130 * 8) >> 3) ? 1 : 0;
  const model = FactorModel.of({ ...parameters, factors: vectors });
  const scores = new Float64Array(138);
  model.score(
    Uint32Array.from({ length: 130 }, (_, n) => n),
    scores,
  );
  const viewer = scores.subarray(130);
  for (let f = 0; f < 8; f++) {
    // Row f of (gram + Σ y yᵀ + 0.1 (130 + 2) I) u = Σ y.
    let left = (0.5 + 13.2) * viewer[f];
    let right = 0;
    for (let movie = 0; movie < 130; movie++) {
      const y = vectors.subarray(movie * 8, movie * 8 + 8);
      left += y[f] * y.reduce((sum, value, g) => sum + value * viewer[g], 0);
      right += y[f];
    }
    expect(left).toBeCloseTo(right, 3);
  }
  // Attributions are solved for in panels too.
  const likes = Uint32Array.from({ length: 130 }, (_, n) => n);
  for (const movie of [0, 129, 131]) {
    const attributions = model.attributions(likes, movie);
    expect(attributions.reduce((a, b) => a + b)).toBeCloseTo(scores[movie], 4);
  }
  // The attribution of like i in the score of axis f is element f of A⁻¹ yᵢ. A times these elements is yᵢ again.
  for (const like of [0, 64, 129]) {
    const solved = Float64Array.from({ length: 8 }, (_, f) => model.attributions(likes, 130 + f)[like]);
    for (let f = 0; f < 8; f++) {
      let left = (0.5 + 13.2) * solved[f];
      for (let movie = 0; movie < 130; movie++) {
        const y = vectors.subarray(movie * 8, movie * 8 + 8);
        left += y[f] * y.reduce((sum, value, g) => sum + value * solved[g], 0);
      }
      expect(left).toBeCloseTo(vectors[like * 8 + f], 3);
    }
  }
});

test('factors that do not fit their dimensions are refused', () => {
  expect(() => FactorModel.of({ ...factors(8, 6), dimensions: 4 })).toThrow('do not fit 4 dimensions');
  expect(() => FactorModel.of({ ...factors(8, 6), dimensions: 6 })).toThrow('do not fit 6 dimensions');
});
