import type { DenseKernels } from '../../linalg/dense.ts';
import { wasmKernels } from '../../linalg/dense-wasm.ts';
import { type ShortMatrix, ShortRows, toShorts } from '../../linalg/short-rows.ts';
import { factorInPlace, solveColumns, solveFactored } from '../../linalg/solve.ts';
import type { LikeScorer } from './like-scorer.ts';

/** How a viewer is folded in, whatever the movies' vectors are. */
export interface FoldIn {
  /** Length of a movie's vector; a multiple of 4. */
  dimensions: number;
  /** α₀ Σ y yᵀ over the movies it was trained on, dimensions × dimensions: the weight of all that was not liked. */
  gram: Float32Array;
  /** What is added to the diagonal for a viewer of n likes: regularization × (n + penaltyBase)^exponent (Rendle et al. 2021, λ (|I_u| + α₀ |I|)^ν). */
  regularization: number;
  penaltyBase: number;
  regularizationExponent: number;
}

/** What a factor model is made of, as it is trained. */
export interface FactorParameters extends FoldIn {
  /** movies × dimensions, row-major; zeros for a movie the model knows nothing of. */
  factors: Float32Array;
}

/** Somebody of whom the likes are known. */
export interface FoldedViewer {
  /** u: a movie's score is its vector's product with this. */
  vector: Float64Array;
  /** The share of each like in movie j's score, in order of the likes. */
  attributions(movie: number): Float64Array;
}

/** Likes are gathered for the kernel so many at a time. */
const PANEL = 64;

/**
 * Implicit-feedback matrix factorization (Hu, Koren and Volinsky 2008) with the viewer folded in when asking: u = A⁻¹ Σ_i y_i over the likes i, with
 * A = gram + Σ_i y_i y_iᵀ + λ_u I, and score_j = y_j · u. So score_j = Σ_i y_jᵀ A⁻¹ y_i: additive over the likes, although A depends on them.
 * The vectors y are kept in 16 bits (half of the memory, and of what a request has to read), and it is these rounded vectors that viewers are folded
 * in with and movies are scored with. One call at a time.
 */
export class FactorModel implements LikeScorer {
  readonly movies: number;
  readonly foldIn: FoldIn;
  readonly #vectors: ShortRows;
  readonly #everything: Uint32Array;
  readonly #kernels: DenseKernels;
  #norms: Float32Array | undefined;
  readonly #panel: number;

  /** Throws a RangeError when the parts do not fit together. */
  constructor(foldIn: FoldIn, vectors: ShortMatrix) {
    const { dimensions, gram } = foldIn;
    if (dimensions % 4 !== 0 || vectors.columns !== dimensions || gram.length !== dimensions * dimensions)
      throw new RangeError(`vectors of ${vectors.columns} and a gram of ${gram.length} do not fit ${dimensions} dimensions`);
    this.#vectors = new ShortRows(vectors);
    this.movies = this.#vectors.rows;
    this.#everything = Uint32Array.from({ length: this.movies }, (_, row) => row);
    this.#panel = dimensions * dimensions;
    this.foldIn = foldIn;
    const floats = this.#panel + PANEL * dimensions;
    this.#kernels = wasmKernels(new WebAssembly.Memory({ initial: Math.ceil((floats * 4) / 65536) }));
  }

  /** The model of what training gave, vectors rounded. */
  static of({ factors, ...foldIn }: FactorParameters): FactorModel {
    if (factors.length % foldIn.dimensions !== 0)
      throw new RangeError(`${factors.length} factors do not fit ${foldIn.dimensions} dimensions`);
    return new FactorModel(foldIn, toShorts(factors, foldIn.dimensions));
  }

  /** The movies' vectors, a row a movie. */
  get vectors(): ShortMatrix {
    return this.#vectors.matrix;
  }

  score(likes: Uint32Array, out: Float64Array, weight = 1): void {
    if (likes.length === 0) return;
    const { vector } = this.fold(likes);
    this.addDots(
      vector.map((value) => weight * value),
      this.#everything,
      out,
    );
  }

  attributions(likes: Uint32Array, movie: number): Float64Array {
    return this.fold(likes).attributions(movie);
  }

  /** Length of each movie's vector, no less than it is. */
  get norms(): Float32Array {
    this.#norms ??= this.#vectors.lengths();
    return this.#norms;
  }

  /** What `addDots` adds to a movie for this vector is at most this times the movie's length. */
  upperBound(vector: Float64Array): number {
    return this.#vectors.mostOf(vector);
  }

  /** Writes y_movie into `out`. */
  writeVector(movie: number, out: Float32Array): void {
    this.#vectors.writeRow(movie, out);
  }

  /** out[j] += y_j · vector for each movie j of `rows`. */
  addDots(vector: Float64Array, rows: Uint32Array, out: Float64Array): void {
    this.#vectors.addDots(vector, rows, out);
  }

  /** A viewer with these likes, folded in once for a whole list and its reasons; good for as long as the model is. */
  fold(likes: Uint32Array): FoldedViewer {
    const { dimensions } = this.foldIn;
    const liked = this.#vectorsOf(likes);
    const factor = this.#factorOf(liked);
    const vector = new Float64Array(dimensions);
    for (let p = 0; p < liked.length; p += dimensions) for (let f = 0; f < dimensions; f++) vector[f] += liked[p + f];
    solveFactored(factor, 0, dimensions, vector);
    const line = new Float32Array(dimensions);
    let solved: Float32Array | undefined;
    return {
      vector,
      attributions: (movie) => {
        solved ??= this.#solvedLikes(factor, liked);
        this.#vectors.writeRow(movie, line);
        const shares = new Float64Array(likes.length);
        addCombination(line, solved, shares);
        return shares;
      },
    };
  }

  /** A⁻¹ y_i of every like i, dimensions × likes. */
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

  /** The Cholesky factor of A, of the liked movies' vectors. */
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

/** out[n] += Σ_f weights[f] × rows[f × out.length + n], four rows at a time; there are 4 k weights. */
function addCombination(weights: Float32Array, rows: Float32Array, out: Float64Array): void {
  const width = out.length;
  for (let f = 0, p = 0; f < weights.length; f += 4, p += 4 * width) {
    const [a, b, c, d] = [weights[f], weights[f + 1], weights[f + 2], weights[f + 3]];
    for (let n = 0, q = p; n < width; n++, q++)
      out[n] += a * rows[q] + b * rows[q + width] + c * rows[q + 2 * width] + d * rows[q + 3 * width];
  }
}
