import type { Csr } from '../../../src/engine/linalg/csr.ts';
import type { FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { withDense } from './dense-columns.ts';

export interface ColdFactorsParameters {
  /** λ: L2 regularization of the feature weights. */
  regularization: number;
  /** γ: a movie with n likes has weight n^γ in the regression. */
  itemWeightExponent: number;
  /** Value of the constant column. Feature rows have length 1. With this column the regression learns the mean vector too. */
  intercept: number;
  /** Factor for the columns of `dense`. */
  voteFeatures: number;
  /** Maximum number of conjugate-gradient steps. */
  iterations: number;
  /** κ: a predicted vector counts as much as κ likes beside a trained vector. */
  shrinkage: number;
}

/** A column has converged when its error is below this share of its first error. */
const TOLERANCE = 1e-4;

/**
 * Vectors for movies with few or no likes, predicted from their features (Gantner et al. 2010, "Learning attribute-to-feature
 * mappings for cold-start recommendations").
 *
 * W (features × dimensions) minimises Σ_i n_i^γ ‖y_i - x_iᵀW‖² + λ‖W‖², over the movies i that have a vector.
 * n_i: likes of movie i. y_i: its trained vector. x_i: its features, scaled to length 1.
 *
 * A movie j without a vector gets x_jᵀW. A movie with n likes gets κ / (n + κ) × x_jᵀW on top of its trained vector, because
 * regularization makes trained vectors short where likes are few.
 *
 * Row i of `features` is movie i. `dense` holds more columns with one entry per movie, such as voteFeaturesOf. They are used as they
 * are, and for movies without likes only, so there are up to 2 × `iterations` steps. The gram matrix of the model stays as trained.
 */
export function withColdFactors(
  model: FactorParameters,
  features: Csr,
  likes: Uint32Array,
  parameters: ColdFactorsParameters,
  dense: readonly Float64Array[] = [],
  afterStep: (done: number) => void = () => {},
): FactorParameters {
  const { dimensions, factors } = model;
  const isWarm = warmMovies(model, likes);
  const { intercept, voteFeatures, iterations, shrinkage } = parameters;
  const constant = new Float64Array(likes.length).fill(intercept);
  const columns = dense
    .map((column) => column.map((value) => voteFeatures * value))
    .filter((column) => column.some((value) => value !== 0));
  const regress = (extra: readonly Float64Array[], done: number): { predictors: Predictors; weights: Float32Array } => {
    const predictors = new Predictors(features, extra, dimensions);
    return { predictors, weights: ridge(predictors, factors, isWarm, likes, parameters, (step) => afterStep(done + step)) };
  };
  const cold = regress([constant, ...columns], 0);
  // For a movie with likes, the trained vector already holds its popularity.
  const warm = columns.length === 0 || shrinkage === 0 ? cold : regress([constant], iterations);
  const all = factors.map((value, p) => (isWarm[Math.floor(p / dimensions)] === 1 ? value : 0));
  const predicted = new Float32Array(dimensions);
  for (let movie = 0; movie < isWarm.length; movie++) {
    if (features.rowOffsets[movie + 1] === features.rowOffsets[movie]) continue;
    const isKnown = isWarm[movie] === 1;
    const { predictors, weights } = isKnown ? warm : cold;
    predictors.predict(movie, weights, predicted);
    const share = isKnown ? shrinkage / (likes[movie] + shrinkage) : 1;
    for (let f = 0, p = movie * dimensions; f < dimensions; f++, p++) all[p] += share * predicted[f];
  }
  return { ...model, factors: all };
}

function warmMovies({ dimensions, factors }: FactorParameters, likes: Uint32Array): Uint8Array {
  const isWarm = new Uint8Array(factors.length / dimensions);
  for (let p = 0; p < factors.length; p++) if (factors[p] !== 0) isWarm[Math.floor(p / dimensions)] = 1;
  for (let movie = 0; movie < isWarm.length; movie++) if (likes[movie] === 0) isWarm[movie] = 0;
  return isWarm;
}

/** Rows of predictors, one per movie: the features scaled to length 1, then the dense columns. */
class Predictors {
  readonly columns: number;
  readonly #rows: Csr;
  readonly #dimensions: number;

  constructor(features: Csr, dense: readonly Float64Array[], dimensions: number) {
    this.#rows = withDense(features, dense);
    this.columns = this.#rows.columns;
    this.#dimensions = dimensions;
  }

  /** out = x_movieᵀ W */
  predict(movie: number, weights: Float32Array, out: Float32Array | Float64Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    const d = this.#dimensions;
    out.fill(0);
    const end = rowOffsets[movie + 1];
    for (let p = rowOffsets[movie]; p < end; p++) {
      const value = values[p];
      const from = columnIndices[p] * d;
      for (let f = 0; f < d; f++) out[f] += value * weights[from + f];
    }
  }

  /** W += factor × x_movie rowᵀ */
  addOuter(movie: number, factor: number, row: Float32Array | Float64Array, weights: Float32Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    const d = this.#dimensions;
    const end = rowOffsets[movie + 1];
    for (let p = rowOffsets[movie]; p < end; p++) {
      const value = factor * values[p];
      const to = columnIndices[p] * d;
      for (let f = 0; f < d; f++) weights[to + f] += value * row[f];
    }
  }

  /** diagonal += the diagonal of weight × x_movie x_movieᵀ */
  addSquares(movie: number, weight: number, diagonal: Float64Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    for (let p = rowOffsets[movie]; p < rowOffsets[movie + 1]; p++) diagonal[columnIndices[p]] += weight * values[p] ** 2;
  }
}

/** Conjugate gradients for all columns of W at once, preconditioned by the diagonal (Saad 2003, algorithm 9.1). */
function ridge(
  predictors: Predictors,
  vectors: Float32Array,
  isWarm: Uint8Array,
  likes: Uint32Array,
  { regularization, itemWeightExponent, iterations }: ColdFactorsParameters,
  afterStep: (step: number) => void,
): Float32Array {
  const d = vectors.length / isWarm.length;
  const size = predictors.columns * d;
  const itemWeights = Float64Array.from(likes, (count, movie) => (isWarm[movie] === 1 ? count ** itemWeightExponent : 0));
  const diagonal = new Float64Array(predictors.columns).fill(regularization);
  const weights = new Float32Array(size);
  const residual = new Float32Array(size);
  for (let movie = 0; movie < itemWeights.length; movie++) {
    if (itemWeights[movie] === 0) continue;
    predictors.addSquares(movie, itemWeights[movie], diagonal);
    predictors.addOuter(movie, itemWeights[movie], vectors.subarray(movie * d, (movie + 1) * d), residual);
  }
  const direction = new Float32Array(size);
  const product = new Float32Array(size);
  const line = new Float64Array(d);
  const sizes = new Float64Array(d);
  const first = residualSizes(residual, diagonal, sizes).slice();
  for (let p = 0; p < size; p++) direction[p] = residual[p] / diagonal[Math.floor(p / d)];
  for (let step = 0; step < iterations && sizes.some((value, f) => value > TOLERANCE ** 2 * first[f]); step++) {
    for (let p = 0; p < size; p++) product[p] = regularization * direction[p];
    for (let movie = 0; movie < itemWeights.length; movie++) {
      if (itemWeights[movie] === 0) continue;
      predictors.predict(movie, direction, line);
      predictors.addOuter(movie, itemWeights[movie], line, product);
    }
    const alphas = columnDots(direction, product, d).map((value, f) => (value > 0 ? sizes[f] / value : 0));
    for (let p = 0; p < size; p += d) {
      for (let f = 0; f < d; f++) {
        weights[p + f] += alphas[f] * direction[p + f];
        residual[p + f] -= alphas[f] * product[p + f];
      }
    }
    const before = sizes.slice();
    residualSizes(residual, diagonal, sizes);
    for (let column = 0; column < predictors.columns; column++) {
      for (let f = 0; f < d; f++) {
        const p = column * d + f;
        direction[p] = residual[p] / diagonal[column] + (before[f] > 0 ? sizes[f] / before[f] : 0) * direction[p];
      }
    }
    afterStep(step + 1);
  }
  return weights;
}

/** Σ residual² / diagonal for each column of W. */
function residualSizes(residual: Float32Array, diagonal: Float64Array, sizes: Float64Array): Float64Array {
  const d = sizes.length;
  sizes.fill(0);
  for (let column = 0; column < diagonal.length; column++) {
    const inverse = 1 / diagonal[column];
    for (let f = 0; f < d; f++) sizes[f] += residual[column * d + f] ** 2 * inverse;
  }
  return sizes;
}

function columnDots(a: Float32Array, b: Float32Array, d: number): Float64Array {
  const dots = new Float64Array(d);
  for (let p = 0; p < a.length; p += d) for (let f = 0; f < d; f++) dots[f] += a[p + f] * b[p + f];
  return dots;
}
