import type { Csr } from '../../../src/engine/linalg/csr.ts';

/** The ridge regression of vectors on features. Rows are the movies that have a vector. */
export interface Regression {
  predictors: Csr;
  dimensions: number;
  /** rows × dimensions, row-major. */
  vectors: Float32Array;
  /** Weight of each row, above 0. */
  rowWeights: Float64Array;
  /** λ: L2 regularization of the feature weights. */
  regularization: number;
  /** Maximum number of conjugate-gradient steps. */
  iterations: number;
}

/** A column has converged when its error is below this share of its first error. */
const TOLERANCE = 1e-4;

/** Rows of predictors, one per movie. */
export class Predictors {
  readonly columns: number;
  readonly #rows: Csr;
  readonly #dimensions: number;

  constructor(rows: Csr, dimensions: number) {
    this.#rows = rows;
    this.columns = rows.columns;
    this.#dimensions = dimensions;
  }

  /** out = x_rowᵀ W */
  predict(row: number, weights: Float32Array, out: Float32Array | Float64Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    const d = this.#dimensions;
    out.fill(0);
    const end = rowOffsets[row + 1];
    for (let p = rowOffsets[row]; p < end; p++) {
      const value = values[p];
      const from = columnIndices[p] * d;
      for (let f = 0; f < d; f++) out[f] += value * weights[from + f];
    }
  }

  /** W += factor × x_row vectorᵀ */
  addOuter(row: number, factor: number, vector: Float32Array | Float64Array, weights: Float32Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    const d = this.#dimensions;
    const end = rowOffsets[row + 1];
    for (let p = rowOffsets[row]; p < end; p++) {
      const value = factor * values[p];
      const to = columnIndices[p] * d;
      for (let f = 0; f < d; f++) weights[to + f] += value * vector[f];
    }
  }

  /** diagonal += the diagonal of weight × x_row x_rowᵀ */
  addSquares(row: number, weight: number, diagonal: Float64Array): void {
    const { rowOffsets, columnIndices, values } = this.#rows;
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) diagonal[columnIndices[p]] += weight * values[p] ** 2;
  }
}

/**
 * W (features × dimensions) that minimises Σ_i c_i ‖y_i - x_iᵀW‖² + λ‖W‖², with the row weights c. Conjugate gradients for all columns of W
 * at once, preconditioned by the diagonal (Saad 2003, algorithm 9.1).
 */
export function ridge(
  { predictors: rows, dimensions: d, vectors, rowWeights, regularization, iterations }: Regression,
  afterStep: (step: number) => void,
): Float32Array {
  const predictors = new Predictors(rows, d);
  const size = predictors.columns * d;
  const diagonal = new Float64Array(predictors.columns).fill(regularization);
  const weights = new Float32Array(size);
  const residual = new Float32Array(size);
  for (let row = 0; row < rowWeights.length; row++) {
    predictors.addSquares(row, rowWeights[row], diagonal);
    predictors.addOuter(row, rowWeights[row], vectors.subarray(row * d, (row + 1) * d), residual);
  }
  const direction = new Float32Array(size);
  const product = new Float32Array(size);
  const line = new Float64Array(d);
  const sizes = new Float64Array(d);
  const first = residualSizes(residual, diagonal, sizes).slice();
  for (let p = 0; p < size; p++) direction[p] = residual[p] / diagonal[Math.floor(p / d)];
  for (let step = 0; step < iterations && sizes.some((value, f) => value > TOLERANCE ** 2 * first[f]); step++) {
    for (let p = 0; p < size; p++) product[p] = regularization * direction[p];
    for (let row = 0; row < rowWeights.length; row++) {
      predictors.predict(row, direction, line);
      predictors.addOuter(row, rowWeights[row], line, product);
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
