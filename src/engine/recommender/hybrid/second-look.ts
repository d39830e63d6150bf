import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';

/** Facts about a movie for one viewer, in the order of the network's inputs. See SecondLookFeatures. */
export const MOVIE_INPUTS = ['ease', 'sparseProfileEase', 'factors', 'coLikes', 'itemSimilarity', 'content', 'age', 'popularity'] as const;
/** Facts about the viewer alone: ln(1 + likes), mean popularity of the likes, intra-list similarity of the likes. */
export const VIEWER_INPUTS = ['likes', 'meanPopularity', 'intraListSimilarity'] as const;

/** Bounds what a release may ask of every request. */
const MAX_HIDDEN = 64;

/** Weights of a network with one hidden layer; `hidden` units. Matrices are row-major, one row a unit. */
export interface SecondLookWeights {
  hidden: number;
  /** hidden × MOVIE_INPUTS. */
  movie: Float32Array;
  /** hidden × VIEWER_INPUTS. */
  viewer: Float32Array;
  /** One entry a unit. */
  bias: Float32Array;
  /** One entry a unit. */
  output: Float32Array;
  /** One entry a movie input: the linear part. */
  linear: Float32Array;
}

/** The network, and the years of the movies that it compares with those of the likes. */
export interface SecondLook {
  weights: SecondLookWeights;
  /** One entry a movie; 0 = unknown. */
  years: Int16Array;
}

const MOVIE = MOVIE_INPUTS.length;
const VIEWER = VIEWER_INPUTS.length;

/**
 * The network for one viewer. The correction of a movie with the inputs x is
 *
 *   g(x) = Σ_k l_k x_k + Σ_h o_h (max(0, z_h(x)) - max(0, z_h(0))),   z_h(x) = b_h + Σ_v u_hv viewer_v + Σ_k w_hk x_k
 *
 * so a movie of which nothing is known gets 0.
 */
export class ViewerCorrection {
  readonly #weights: SecondLookWeights;
  /** z_h(0). */
  readonly #start: Float64Array;

  /** `viewer` has one entry a viewer input. */
  constructor(weights: SecondLookWeights, viewer: ArrayLike<number>) {
    this.#weights = weights;
    this.#start = Float64Array.from(weights.bias, (bias, h) => {
      let sum = bias;
      for (let v = 0; v < VIEWER; v++) sum += weights.viewer[h * VIEWER + v] * viewer[v];
      return sum;
    });
  }

  /** out[n] = the correction of movie n. `inputs` has one row a movie. */
  write(inputs: Float64Array, out: Float64Array): void {
    const { movie, output, linear, hidden } = this.#weights;
    const start = this.#start;
    for (let n = 0, p = 0; n < out.length; n++, p += MOVIE) {
      let sum = 0;
      for (let k = 0; k < MOVIE; k++) sum += linear[k] * inputs[p + k];
      for (let h = 0, q = 0; h < hidden; h++, q += MOVIE) {
        let z = start[h];
        for (let k = 0; k < MOVIE; k++) z += movie[q + k] * inputs[p + k];
        sum += output[h] * (Math.max(0, z) - Math.max(0, start[h]));
      }
      out[n] = sum;
    }
  }

  /**
   * Integrated gradients (Sundararajan, Taly and Yan, ICML 2017) of one movie's inputs, on the straight path from 0, divided by the inputs:
   *
   *   slope_k = l_k + Σ_h o_h w_hk (max(0, z_h(x)) - max(0, z_h(0))) / (z_h(x) - z_h(0))
   *
   * The integral of max(0, z) along a line has this closed form, so it is exact: Σ_k slope_k x_k is the correction.
   */
  slopes(inputs: ArrayLike<number>): Float64Array {
    const { movie, output, linear, hidden } = this.#weights;
    const slopes = Float64Array.from(linear);
    for (let h = 0, q = 0; h < hidden; h++, q += MOVIE) {
      const start = this.#start[h];
      let z = start;
      for (let k = 0; k < MOVIE; k++) z += movie[q + k] * inputs[k];
      if (z === start) continue;
      const slope = (output[h] * (Math.max(0, z) - Math.max(0, start))) / (z - start);
      for (let k = 0; k < MOVIE; k++) slopes[k] += slope * movie[q + k];
    }
    return slopes;
  }
}

/** The network as sections named `rerank.*`. */
export function secondLookSections({ weights }: SecondLook): Record<string, SectionArray> {
  const { movie, viewer, bias, output, linear } = weights;
  return {
    'rerank.movie': movie,
    'rerank.viewer': viewer,
    'rerank.bias': bias,
    'rerank.output': output,
    'rerank.linear': linear,
  };
}

/** The network of a verified release; undefined when it has none. Throws an ArtifactError when the sections do not fit together. */
export function readSecondLook(release: ModelRelease): SecondLook | undefined {
  if (!release.has('rerank.bias')) return undefined;
  const bias = release.get('rerank.bias', 'f32');
  const hidden = bias.length;
  if (hidden < 1 || hidden > MAX_HIDDEN) throw new ArtifactError(`section rerank.bias: ${hidden} entries, expected 1 to ${MAX_HIDDEN}`);
  const weights = {
    hidden,
    movie: readWeights(release, 'rerank.movie', hidden * MOVIE),
    viewer: readWeights(release, 'rerank.viewer', hidden * VIEWER),
    bias: readWeights(release, 'rerank.bias', hidden),
    output: readWeights(release, 'rerank.output', hidden),
    linear: readWeights(release, 'rerank.linear', MOVIE),
  };
  return { weights, years: release.get('catalog.years', 'i16') };
}

function readWeights(release: ModelRelease, name: string, expected: number): Float32Array {
  const section = release.get(name, 'f32');
  if (section.length !== expected) throw new ArtifactError(`section ${name}: ${section.length} entries, expected ${expected}`);
  if (!section.every(Number.isFinite)) throw new ArtifactError(`section ${name}: holds a number that is not finite`);
  return section;
}
