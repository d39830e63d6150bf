import { type Csr, indexArray } from '../../../src/engine/linalg/csr.ts';
import type { FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { sharedF32, sharedU32 } from '../../data/shared-arrays.ts';
import { openWorkerPool } from '../parallel/worker-pool.ts';
import { withDense } from './dense-columns.ts';
import { Predictors, type Regression, ridge } from './ridge.ts';

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

const PROGRESS_MS = 500;

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
  return solved(planOf(model, features, likes, parameters, dense), afterStep);
}

/** The same, bit for bit. With two regressions and two threads or more each regression has a thread of its own. */
export async function withColdFactorsByThreads(
  model: FactorParameters,
  features: Csr,
  likes: Uint32Array,
  parameters: ColdFactorsParameters,
  dense: readonly Float64Array[],
  threads: number,
  afterStep: (done: number) => void,
): Promise<FactorParameters> {
  const plan = planOf(model, features, likes, parameters, dense);
  const { regressions } = plan;
  if (threads < 2 || regressions.length < 2) return solved(plan, afterStep);
  const weights = regressions.map(({ predictors, dimensions }) => sharedF32(predictors.columns * dimensions));
  const steps = new Int32Array(new SharedArrayBuffer(4 * regressions.length));
  const pool = await openWorkerPool({ model: 'cold', regressions: regressions.map(toShared), weights, steps }, regressions.length);
  const timer = setInterval(() => afterStep(steps.reduce((a, b) => a + b)), PROGRESS_MS);
  try {
    await pool.run('regress', regressions.length);
  } finally {
    clearInterval(timer);
    await pool.close();
  }
  return plan.predicted(weights);
}

interface Plan {
  /** For movies without likes, and, where that is another one, for the others. */
  regressions: Regression[];
  /** The model with predicted vectors, from the feature weights of each regression. */
  predicted(weights: readonly Float32Array[]): FactorParameters;
}

/** Solves one regression after the other. */
function solved({ regressions, predicted }: Plan, afterStep: (done: number) => void): FactorParameters {
  return predicted(regressions.map((one, n) => ridge(one, (step) => afterStep(n * one.iterations + step))));
}

function planOf(
  model: FactorParameters,
  features: Csr,
  likes: Uint32Array,
  parameters: ColdFactorsParameters,
  dense: readonly Float64Array[],
): Plan {
  const { dimensions, factors } = model;
  const isWarm = warmMovies(model, likes);
  const { regularization, itemWeightExponent, intercept, voteFeatures, iterations, shrinkage } = parameters;
  const constant = new Float64Array(likes.length).fill(intercept);
  const columns = dense
    .map((column) => column.map((value) => voteFeatures * value))
    .filter((column) => column.some((value) => value !== 0));
  const warm = Uint32Array.from(isWarm.keys()).filter((movie) => isWarm[movie] === 1);
  const rowWeights = Float64Array.from(warm, (movie) => likes[movie] ** itemWeightExponent);
  const vectors = new Float32Array(warm.length * dimensions);
  warm.forEach((movie, n) => {
    vectors.set(factors.subarray(movie * dimensions, (movie + 1) * dimensions), n * dimensions);
  });
  // For a movie with likes, the trained vector already holds its popularity.
  const dependent = columns.length === 0 || shrinkage === 0 ? [[constant, ...columns]] : [[constant, ...columns], [constant]];
  const rows = dependent.map((extra) => withDense(features, extra));
  return {
    regressions: rows.map((all) => ({ predictors: rowsOf(all, warm), dimensions, vectors, rowWeights, regularization, iterations })),
    predicted(weights) {
      const predictors = rows.map((all) => new Predictors(all, dimensions));
      const all = factors.map((value, p) => (isWarm[Math.floor(p / dimensions)] === 1 ? value : 0));
      const predicted = new Float32Array(dimensions);
      for (let movie = 0; movie < isWarm.length; movie++) {
        if (features.rowOffsets[movie + 1] === features.rowOffsets[movie]) continue;
        const isKnown = isWarm[movie] === 1;
        const which = isKnown ? rows.length - 1 : 0;
        predictors[which].predict(movie, weights[which], predicted);
        const share = isKnown ? shrinkage / (likes[movie] + shrinkage) : 1;
        for (let f = 0, p = movie * dimensions; f < dimensions; f++, p++) all[p] += share * predicted[f];
      }
      return { ...model, factors: all };
    },
  };
}

/** Some rows of a matrix, in this order. */
function rowsOf({ columns, rowOffsets, columnIndices, values }: Csr, rows: Uint32Array): Csr {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, n) => {
    offsets[n + 1] = offsets[n] + rowOffsets[row + 1] - rowOffsets[row];
  });
  const some = { columnIndices: indexArray(columns, offsets[rows.length]), values: new Float32Array(offsets[rows.length]) };
  rows.forEach((row, n) => {
    some.columnIndices.set(columnIndices.subarray(rowOffsets[row], rowOffsets[row + 1]), offsets[n]);
    some.values.set(values.subarray(rowOffsets[row], rowOffsets[row + 1]), offsets[n]);
  });
  return { rows: rows.length, columns, rowOffsets: offsets, ...some };
}

/** The same numbers in memory that threads share. */
function toShared(regression: Regression): Regression {
  const { rows, columns, rowOffsets, columnIndices, values } = regression.predictors;
  const u32 = (numbers: ArrayLike<number>): Uint32Array => {
    const shared = sharedU32(numbers.length);
    shared.set(numbers);
    return shared;
  };
  const f32 = (numbers: Float32Array): Float32Array => {
    const shared = sharedF32(numbers.length);
    shared.set(numbers);
    return shared;
  };
  const predictors = { rows, columns, rowOffsets: u32(rowOffsets), columnIndices: u32(columnIndices), values: f32(values) };
  return { ...regression, predictors, vectors: f32(regression.vectors) };
}

function warmMovies({ dimensions, factors }: FactorParameters, likes: Uint32Array): Uint8Array {
  const isWarm = new Uint8Array(factors.length / dimensions);
  for (let p = 0; p < factors.length; p++) if (factors[p] !== 0) isWarm[Math.floor(p / dimensions)] = 1;
  for (let movie = 0; movie < isWarm.length; movie++) if (likes[movie] === 0) isWarm[movie] = 0;
  return isWarm;
}
