import type { DenseKernels } from '../../linalg/dense.ts';
import { wasmKernels } from '../../linalg/dense-wasm.ts';
import { type ShortMatrix, ShortRows, toShorts } from '../../linalg/short-rows.ts';
import { factorInPlace, solveColumns, solveFactored } from '../../linalg/solve.ts';
import type { LikeScorer, LikeWeights } from './like-scorer.ts';

/** Parameters of the fold-in of a viewer, without the movies' vectors. */
export interface FoldIn {
  /** Entries of a movie's vector; a multiple of 4. */
  dimensions: number;
  /** α₀ Σ_j y_j y_jᵀ over the training movies, dimensions × dimensions: the unobserved part of the loss. */
  gram: Float32Array;
  /**
   * For a viewer with n likes the diagonal gets λ_u = regularization × (n + penaltyBase)^regularizationExponent; λ (|I_u| + α₀ |I|)^ν in
   * Rendle et al. 2021.
   */
  regularization: number;
  penaltyBase: number;
  regularizationExponent: number;
}

/** A factor model as training gives it. */
export interface FactorParameters extends FoldIn {
  /** movies × dimensions, row-major; zeros for a movie that has no vector. */
  factors: Float32Array;
}

/** A viewer, folded in. Valid as long as the model. */
export interface FoldedViewer {
  /** The viewer's vector u; movie j has the score y_j · u. */
  vector: Float64Array;
  /** The part of each like i in the score of `movie`, q_i y_movieᵀ A⁻¹ y_i, in the order of the likes. */
  attributions(movie: number): Float64Array;
}

/** Likes that the kernels get at a time. Bounds the scratch memory. */
const PANEL = 64;

/**
 * Implicit-feedback matrix factorization (Hu, Koren and Volinsky 2008). The viewer is folded in for each request. With the likes I and the
 * movies' vectors y
 *
 *   A       = gram + Σ_{i in I} y_i y_iᵀ + λ_u I
 *   u       = A⁻¹ Σ_{i in I} q_i y_i
 *   score_j = y_j · u = Σ_{i in I} q_i y_jᵀ A⁻¹ y_i
 *
 * with the weights q of the likes, which A does not depend on. So a score is a sum over the likes, although A depends on them. Vectors are
 * rounded to 16 bits, which halves the memory and the bytes that a request reads. Fold-in and scores both use the rounded vectors. Uses
 * scratch memory: one call at a time.
 */
export class FactorModel implements LikeScorer {
  readonly movies: number;
  readonly foldIn: FoldIn;
  readonly #vectors: ShortRows;
  readonly #allRows: Uint32Array;
  readonly #kernels: DenseKernels;
  #norms: Float32Array | undefined;
  readonly #panel: number;

  /** Throws a RangeError when the sizes do not fit together. */
  constructor(foldIn: FoldIn, vectors: ShortMatrix) {
    const { dimensions, gram } = foldIn;
    if (dimensions % 4 !== 0 || vectors.columns !== dimensions || gram.length !== dimensions * dimensions)
      throw new RangeError(`vectors of ${vectors.columns} and a gram of ${gram.length} do not fit ${dimensions} dimensions`);
    this.#vectors = new ShortRows(vectors);
    this.movies = this.#vectors.rows;
    this.#allRows = Uint32Array.from({ length: this.movies }, (_, row) => row);
    this.#panel = dimensions * dimensions;
    this.foldIn = foldIn;
    const floats = this.#panel + PANEL * dimensions;
    this.#kernels = wasmKernels(new WebAssembly.Memory({ initial: Math.ceil((floats * 4) / 65536) }));
  }

  /** The model for trained parameters; rounds the vectors. Throws a RangeError when the sizes do not fit together. */
  static of({ factors, ...foldIn }: FactorParameters): FactorModel {
    if (factors.length % foldIn.dimensions !== 0)
      throw new RangeError(`${factors.length} factors do not fit ${foldIn.dimensions} dimensions`);
    return new FactorModel(foldIn, toShorts(factors, foldIn.dimensions));
  }

  /** The movies' vectors, one row a movie. */
  get vectors(): ShortMatrix {
    return this.#vectors.matrix;
  }

  score(likes: Uint32Array, out: Float64Array, weight = 1, likeWeights?: LikeWeights): void {
    if (likes.length === 0) return;
    const { vector } = this.fold(likes, likeWeights);
    this.addDots(
      vector.map((value) => weight * value),
      this.#allRows,
      out,
    );
  }

  attributions(likes: Uint32Array, movie: number, likeWeights?: LikeWeights): Float64Array {
    return this.fold(likes, likeWeights).attributions(movie);
  }

  /** Norm of each movie's vector, rounded up. */
  get norms(): Float32Array {
    this.#norms ??= this.#vectors.norms();
    return this.#norms;
  }

  /** |addDots for movie j| <= upperBound(vector) × norms[j], for every movie j. */
  upperBound(vector: Float64Array): number {
    return this.#vectors.upperBound(vector);
  }

  /** Writes the vector of a movie into `out`, one entry a dimension. */
  writeVector(movie: number, out: Float32Array): void {
    this.#vectors.writeRow(movie, out);
  }

  /** out[j] += factors[j] × y_j · vector for each movie j of `rows`. `out` and `factors` (1 by default) have one entry a movie. */
  addDots(vector: Float64Array, rows: Uint32Array, out: Float64Array, factors?: Float32Array): void {
    this.#vectors.addDots(vector, rows, out, factors);
  }

  /** The same as addDots(vector, rows, out) and then addDots(second, rows, out, factors), with each movie's vector read once. */
  addDotPairs(vector: Float64Array, second: Float64Array, rows: Uint32Array, out: Float64Array, factors: Float32Array): void {
    this.#vectors.addDotPairs(vector, second, rows, out, factors);
  }

  /** Folds in a viewer with these likes: O(dimensions³ + likes × dimensions²). Attributions are solved for at the first call, once. */
  fold(likes: Uint32Array, likeWeights?: LikeWeights): FoldedViewer {
    const { dimensions } = this.foldIn;
    const liked = this.#vectorsOf(likes);
    const factor = this.#factorOf(liked);
    const vector = new Float64Array(dimensions);
    for (let n = 0, p = 0; n < likes.length; n++, p += dimensions) {
      const weight = likeWeights?.[n] ?? 1;
      for (let f = 0; f < dimensions; f++) vector[f] += weight * liked[p + f];
    }
    solveFactored(factor, 0, dimensions, vector);
    const row = new Float32Array(dimensions);
    let solved: Float32Array | undefined;
    return {
      vector,
      attributions: (movie) => {
        solved ??= this.#solvedLikes(factor, liked);
        this.#vectors.writeRow(movie, row);
        const parts = new Float64Array(likes.length);
        addCombination(row, solved, parts);
        return likeWeights === undefined ? parts : parts.map((part, n) => likeWeights[n] * part);
      },
    };
  }

  /**
   * A⁻¹ y_i of every like i, as a matrix of dimensions × likes. `factor` is the Cholesky factor of A, `liked` the likes' vectors,
   * row-major.
   */
  #solvedLikes(factor: Float32Array, liked: Float32Array): Float32Array {
    const { dimensions } = this.foldIn;
    const { heap } = this.#kernels;
    const likes = liked.length / dimensions;
    const solved = new Float32Array(liked.length);
    heap.set(factor);
    for (let start = 0; start < likes; start += PANEL) {
      const columns = Math.min(PANEL, likes - start);
      for (let n = 0; n < columns; n++)
        for (let f = 0; f < dimensions; f++) heap[this.#panel + f * columns + n] = liked[(start + n) * dimensions + f];
      solveColumns(this.#kernels, 0, dimensions, this.#panel, columns);
      for (let f = 0; f < dimensions; f++)
        for (let n = 0; n < columns; n++) solved[f * likes + start + n] = heap[this.#panel + f * columns + n];
    }
    return solved;
  }

  #vectorsOf(likes: Uint32Array): Float32Array {
    const { dimensions } = this.foldIn;
    const vectors = new Float32Array(likes.length * dimensions);
    for (let n = 0; n < likes.length; n++) this.#vectors.writeRow(likes[n], vectors, n * dimensions);
    return vectors;
  }

  /** The Cholesky factor of A, dimensions × dimensions. `liked` has the likes' vectors, row-major. */
  #factorOf(liked: Float32Array): Float32Array {
    const { dimensions, gram, regularization, penaltyBase, regularizationExponent } = this.foldIn;
    const { heap, gemmTn } = this.#kernels;
    const panel = this.#panel;
    const likes = liked.length / dimensions;
    heap.set(gram);
    for (let start = 0; start < likes; start += PANEL) {
      const rows = Math.min(PANEL, likes - start);
      heap.set(liked.subarray(start * dimensions, (start + rows) * dimensions), panel);
      gemmTn(dimensions, dimensions, rows, 1, panel, dimensions, panel, dimensions, 0, dimensions, true);
    }
    const penalty = regularization * (likes + penaltyBase) ** regularizationExponent;
    for (let f = 0; f < dimensions; f++) heap[f * (dimensions + 1)] += penalty;
    factorInPlace(this.#kernels, 0, dimensions);
    return heap.slice(0, dimensions * dimensions);
  }
}

/** out[n] += Σ_f weights[f] × rows[f × out.length + n]. Four rows at a time, so the number of weights is a multiple of 4. */
function addCombination(weights: Float32Array, rows: Float32Array, out: Float64Array): void {
  const width = out.length;
  for (let f = 0, p = 0; f < weights.length; f += 4, p += 4 * width) {
    const [a, b, c, d] = [weights[f], weights[f + 1], weights[f + 2], weights[f + 3]];
    for (let n = 0, q = p; n < width; n++, q++)
      out[n] += a * rows[q] + b * rows[q + width] + c * rows[q + 2 * width] + d * rows[q + 3 * width];
  }
}
