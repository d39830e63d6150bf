import type { DenseKernels } from '../../linalg/dense.ts';
import { wasmKernels } from '../../linalg/dense-wasm.ts';
import { factorInPlace, solveFactored } from '../../linalg/solve.ts';
import type { LikeScorer } from './like-scorer.ts';

/** What a factor model is made of, as it is stored. */
export interface FactorParameters {
  /** Length of a movie's vector; a multiple of 4. */
  dimensions: number;
  /** movies × dimensions, row-major; zeros for a movie the model knows nothing of. */
  factors: Float32Array;
  /** α₀ Σ y yᵀ over the movies it was trained on, dimensions × dimensions: the weight of all that was not liked. */
  gram: Float32Array;
  /** What is added to the diagonal for a viewer of n likes: regularization × (n + penaltyBase)^exponent (Rendle et al. 2021, λ (|I_u| + α₀ |I|)^ν). */
  regularization: number;
  penaltyBase: number;
  exponent: number;
}

/** Somebody of whom the likes are known. */
export interface FoldedViewer {
  /** u: a movie's score is its vector's product with this. */
  vector: Float64Array;
  /** The share of each like in movie j's score, in order of the likes. */
  shares(movie: number): Float64Array;
}

/** Likes are gathered for the kernel so many at a time. */
const PANEL = 64;

/**
 * Implicit-feedback matrix factorization (Hu, Koren and Volinsky 2008) with the viewer folded in when asking: u = A⁻¹ Σ_i y_i over the likes i, with
 * A = gram + Σ_i y_i y_iᵀ + λ_u I, and score_j = y_j · u. So score_j = Σ_i y_jᵀ A⁻¹ y_i: additive over the likes, although A depends on them.
 * The vectors live in WebAssembly memory; one call at a time.
 */
export class FactorModel implements LikeScorer {
  readonly movies: number;
  readonly parameters: FactorParameters;
  readonly #kernels: DenseKernels;
  readonly #matrix: number;
  readonly #panel: number;
  readonly #vector: number;
  readonly #dots: number;

  constructor(parameters: FactorParameters) {
    const { dimensions, factors, gram } = parameters;
    if (dimensions % 4 !== 0 || factors.length % dimensions !== 0 || gram.length !== dimensions * dimensions)
      throw new RangeError(`${factors.length} factors and a gram of ${gram.length} do not fit ${dimensions} dimensions`);
    this.movies = factors.length / dimensions;
    this.#matrix = factors.length;
    this.#panel = this.#matrix + dimensions * dimensions;
    this.#vector = this.#panel + PANEL * dimensions;
    this.#dots = this.#vector + dimensions;
    const floats = this.#dots + this.movies;
    this.#kernels = wasmKernels(new WebAssembly.Memory({ initial: Math.ceil((floats * 4) / 65536) }));
    this.#kernels.heap.set(factors);
    // The vectors exist once: what was given is not kept alive.
    this.parameters = { ...parameters, factors: this.#kernels.heap.subarray(0, factors.length) };
  }

  score(likes: Uint32Array, out: Float64Array, weight = 1): void {
    if (likes.length > 0) this.addDots(this.fold(likes).vector, out, weight);
  }

  shares(likes: Uint32Array, movie: number): Float64Array {
    return this.fold(likes).shares(movie);
  }

  /** Writes y_movie into `out`. */
  writeVector(movie: number, out: Float32Array): void {
    const { dimensions, factors } = this.parameters;
    out.set(factors.subarray(movie * dimensions, (movie + 1) * dimensions));
  }

  /** out[j] += weight × y_j · vector. */
  addDots(vector: Float64Array, out: Float64Array, weight = 1): void {
    const { dimensions } = this.parameters;
    const { heap, rowDots } = this.#kernels;
    heap.set(vector, this.#vector);
    rowDots(this.movies, dimensions, 0, dimensions, this.#vector, this.#dots);
    const dots = heap.subarray(this.#dots, this.#dots + this.movies);
    for (let j = 0; j < dots.length; j++) out[j] += weight * dots[j];
  }

  /** A viewer with these likes, folded in once for a whole list and its reasons; good for as long as the model is. */
  fold(likes: Uint32Array): FoldedViewer {
    const { dimensions, factors } = this.parameters;
    const { heap } = this.#kernels;
    this.#factorMatrix(likes);
    const factor = heap.slice(this.#matrix, this.#matrix + dimensions * dimensions);
    const viewer = this.#sumOf(likes);
    solveFactored(factor, 0, dimensions, viewer);
    return {
      vector: viewer,
      shares: (movie) => {
        const vector = Float64Array.from(factors.subarray(movie * dimensions, (movie + 1) * dimensions));
        solveFactored(factor, 0, dimensions, vector);
        return Float64Array.from(likes, (like) => {
          let share = 0;
          for (let f = 0; f < dimensions; f++) share += vector[f] * factors[like * dimensions + f];
          return share;
        });
      },
    };
  }

  /** The Cholesky factor of A, in the matrix's place. */
  #factorMatrix(likes: Uint32Array): void {
    const { dimensions, factors, gram, regularization, penaltyBase, exponent } = this.parameters;
    const { heap, gemmTn } = this.#kernels;
    const matrix = this.#matrix;
    heap.set(gram, matrix);
    for (let start = 0; start < likes.length; start += PANEL) {
      const rows = Math.min(PANEL, likes.length - start);
      for (let n = 0; n < rows; n++) {
        const from = likes[start + n] * dimensions;
        heap.set(factors.subarray(from, from + dimensions), this.#panel + n * dimensions);
      }
      gemmTn(dimensions, dimensions, rows, 1, this.#panel, dimensions, this.#panel, dimensions, matrix, dimensions, true);
    }
    const penalty = regularization * (likes.length + penaltyBase) ** exponent;
    for (let f = 0; f < dimensions; f++) heap[matrix + f * (dimensions + 1)] += penalty;
    factorInPlace(this.#kernels, matrix, dimensions);
  }

  #sumOf(likes: Uint32Array): Float64Array {
    const { dimensions, factors } = this.parameters;
    const sum = new Float64Array(dimensions);
    for (let n = 0; n < likes.length; n++) for (let f = 0; f < dimensions; f++) sum[f] += factors[likes[n] * dimensions + f];
    return sum;
  }
}
