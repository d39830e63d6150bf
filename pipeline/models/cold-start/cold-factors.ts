import { type Csr, indexArray, rowNorms } from '../../../src/engine/linalg/csr.ts';
import type { FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';

export interface ColdFactorsParameters {
  /** λ: what keeps the weights of the features small. */
  regularization: number;
  /** A movie of n likes counts as n^confidence: the more likes, the better its vector is known. */
  confidence: number;
  /** Of the column that every movie has beside its features, which are of length 1: with it the mean vector is learnt too. */
  intercept: number;
  /** What the columns of `beside` are multiplied by. */
  reception: number;
  /** At most so many steps of conjugate gradients. */
  iterations: number;
  /** Likes that a predicted vector is worth beside a learned one. */
  priorLikes: number;
}

/** Columns whose remaining error is below this share of the first one are left alone. */
const TOLERANCE = 1e-4;

/**
 * Vectors for movies that few or nobody rated, from what is known of their content (as Gantner et al. 2010, "Learning attribute-to-feature mappings for
 * cold-start recommendations"): the weights W (features × dimensions) that minimise Σ_i n_i^confidence ‖y_i - x_iᵀW‖² + λ‖W‖² over the movies i that
 * have a vector, x_i being the movie's features at length 1; then y_j = x_jᵀW for the movies that have none. A learned vector is small where likes are few (its
 * regularization draws it to 0), so that of a movie with n likes gets priorLikes / (n + priorLikes) of the predicted one on top. Row i of `features` is
 * movie i; `beside` are more columns, an entry a movie, that are taken as they are (pipeline/training/reception.ts: how well known and how well liked a movie is
 * goes beyond likeness), for the movies without likes alone: up to twice `iterations` steps in all. `likes` has the likes of each movie. The gram matrix is left as it is: it is of what was trained on.
 */
export function withColdFactors(
  model: FactorParameters,
  features: Csr,
  likes: Uint32Array,
  parameters: ColdFactorsParameters,
  beside: readonly Float64Array[] = [],
  afterStep: (done: number) => void = () => {},
): FactorParameters {
  const { dimensions, factors } = model;
  const isWarm = warmMovies(model, likes);
  const { intercept, reception, iterations, priorLikes } = parameters;
  const constant = new Float64Array(likes.length).fill(intercept);
  const columns = beside.map((column) => column.map((value) => reception * value)).filter((column) => column.some((value) => value !== 0));
  const regress = (dense: readonly Float64Array[], done: number): { predictors: Predictors; weights: Float32Array } => {
    const predictors = new Predictors(features, dense, dimensions);
    return { predictors, weights: ridge(predictors, factors, isWarm, likes, parameters, (step) => afterStep(done + step)) };
  };
  const cold = regress([constant, ...columns], 0);
  // How well known a movie is that somebody likes, its own vector says.
  const warm = columns.length === 0 || priorLikes === 0 ? cold : regress([constant], iterations);
  const all = factors.map((value, p) => (isWarm[Math.floor(p / dimensions)] === 1 ? value : 0));
  const predicted = new Float32Array(dimensions);
  for (let movie = 0; movie < isWarm.length; movie++) {
    if (features.rowOffsets[movie + 1] === features.rowOffsets[movie]) continue;
    const isKnown = isWarm[movie] === 1;
    const { predictors, weights } = isKnown ? warm : cold;
    predictors.predict(movie, weights, predicted);
    const share = isKnown ? priorLikes / (likes[movie] + priorLikes) : 1;
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

/** What a vector is predicted from, a row a movie: its features at length 1, then dense columns. Times matrices of `dimensions` columns. */
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

  /** The diagonal of Σ weight_i x_i x_iᵀ. */
  addSquares(movie: number, weight: number, diagonal: Float64Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    for (let p = rowOffsets[movie]; p < rowOffsets[movie + 1]; p++) diagonal[columnIndices[p]] += weight * values[p] ** 2;
  }
}

/** Feature rows at length 1 with these columns behind them. */
function withDense(features: Csr, dense: readonly Float64Array[]): Csr {
  const { rows, columns, rowOffsets, columnIndices, values } = features;
  const sizes = rowNorms(features);
  const length = values.length + rows * dense.length;
  const all = {
    rows,
    columns: columns + dense.length,
    rowOffsets: rowOffsets.map((offset, row) => offset + row * dense.length),
    columnIndices: indexArray(columns + dense.length, length),
    values: new Float32Array(length),
  };
  for (let row = 0, q = 0; row < rows; row++) {
    const size = sizes[row];
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++, q++) {
      all.columnIndices[q] = columnIndices[p];
      all.values[q] = size === 0 ? 0 : values[p] / size;
    }
    for (let c = 0; c < dense.length; c++, q++) {
      all.columnIndices[q] = columns + c;
      all.values[q] = dense[c][row];
    }
  }
  return all;
}

/** Conjugate gradients for every column of W at once, preconditioned by the diagonal (Saad 2003, algorithm 9.1). */
function ridge(
  predictors: Predictors,
  targets: Float32Array,
  isWarm: Uint8Array,
  likes: Uint32Array,
  { regularization, confidence, iterations }: ColdFactorsParameters,
  afterStep: (step: number) => void,
): Float32Array {
  const d = targets.length / isWarm.length;
  const size = predictors.columns * d;
  const trust = Float64Array.from(likes, (count, movie) => (isWarm[movie] === 1 ? count ** confidence : 0));
  const diagonal = new Float64Array(predictors.columns).fill(regularization);
  const weights = new Float32Array(size);
  const residual = new Float32Array(size);
  for (let movie = 0; movie < trust.length; movie++) {
    if (trust[movie] === 0) continue;
    predictors.addSquares(movie, trust[movie], diagonal);
    predictors.addOuter(movie, trust[movie], targets.subarray(movie * d, (movie + 1) * d), residual);
  }
  const direction = new Float32Array(size);
  const product = new Float32Array(size);
  const line = new Float64Array(d);
  const sizes = new Float64Array(d);
  const first = residualSizes(residual, diagonal, sizes).slice();
  for (let p = 0; p < size; p++) direction[p] = residual[p] / diagonal[Math.floor(p / d)];
  for (let step = 0; step < iterations && sizes.some((value, f) => value > TOLERANCE ** 2 * first[f]); step++) {
    for (let p = 0; p < size; p++) product[p] = regularization * direction[p];
    for (let movie = 0; movie < trust.length; movie++) {
      if (trust[movie] === 0) continue;
      predictors.predict(movie, direction, line);
      predictors.addOuter(movie, trust[movie], line, product);
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

/** Σ residual² / diagonal of each of W's columns. */
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
