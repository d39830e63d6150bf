import { MOVIE_INPUTS, type SecondLookWeights, VIEWER_INPUTS } from '../../../src/engine/recommender/hybrid/second-look.ts';
import { derivedSeed, seeded, shuffle } from '../../data/random.ts';
import { gaussian } from '../ials/gaussian.ts';

/** Candidates of one profile, in the hybrid's order. */
export interface SecondLookList {
  /** One row of MOVIE_INPUTS a candidate. */
  inputs: Float32Array;
  viewer: readonly number[];
  /** Scores of the hybrid. */
  scores: Float32Array;
  /** What a candidate at the first place adds to the objective; 0 for one that is not relevant. */
  gains: Float32Array;
}

export interface SecondLookOptions {
  hidden: number;
  epochs: number;
  learningRate: number;
  regularization: number;
  seed: number;
}

const MOVIE = MOVIE_INPUTS.length;
const VIEWER = VIEWER_INPUTS.length;
const INPUTS = MOVIE + VIEWER;
const DEPTH = 100;
const BATCH = 16;
/** Logits between the best and the 100th score of a list. Makes the loss the same whatever the scale of the scores is. */
const SPREAD = 4;
const [MOMENTUM, SQUARES, EPSILON] = [0.9, 0.999, 1e-8];

/** Parameters of the network during training, for scaled inputs. One row a unit; its first entries are of movie inputs. */
interface Parameters {
  weights: Float64Array;
  bias: Float64Array;
  output: Float64Array;
  linear: Float64Array;
}

/**
 * Trains the network of the second look by LambdaRank (Burges, Ragno and Le, NIPS 2006). Each pair of a relevant and another candidate gives
 *
 *   gradient = gain × |1 / log2(1 + place) - 1 / log2(1 + other place)| / (1 + e^(score - other score))
 *
 * So it climbs the sum of gain / log2(1 + place) over the first 100 places. Scores are those of the hybrid plus the correction. Adam with a
 * learning rate that falls to 0. Deterministic. Undefined when no list has a relevant candidate.
 */
export function trainSecondLook(
  lists: readonly SecondLookList[],
  options: SecondLookOptions,
  progress: (epoch: number) => void = () => {},
): SecondLookWeights | undefined {
  const useful = lists.filter(({ gains }) => gains.some((gain) => gain > 0));
  if (useful.length === 0) return undefined;
  const scaling = scalingOf(useful);
  const { seed, hidden, epochs, learningRate, regularization } = options;
  const random = seeded(seed);
  const normal = (length: number, std: number, n: number): Float64Array => {
    const values = new Float32Array(length);
    gaussian(values, std, derivedSeed(seed, n));
    return Float64Array.from(values);
  };
  const parameters: Parameters = {
    weights: normal(hidden * INPUTS, 1 / Math.sqrt(INPUTS), 1),
    bias: normal(hidden, 0.1, 2),
    output: normal(hidden, 0.01, 3),
    linear: new Float64Array(MOVIE),
  };
  const adam = Object.values(parameters).map((values: Float64Array) => new AdamStep(values, regularization));
  const steps = epochs * Math.ceil(useful.length / BATCH);
  const pass = new ListPass(parameters, scaling, hidden, Math.max(...useful.map(({ scores }) => scores.length)));
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffle(Uint32Array.from(useful.keys()), random);
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.subarray(start, start + BATCH);
      pass.clear();
      for (const list of batch) pass.add(useful[list]);
      step++;
      adam.forEach((own, n) => {
        own.step(pass.gradients[n], batch.length, step, learningRate * (1 - step / (steps + 1)));
      });
    }
    progress(epoch + 1);
  }
  return unscaled(parameters, scaling, hidden);
}

/** Mean and standard deviation of each input, and the mean spread of the scores. */
interface Scaling {
  mean: Float64Array;
  deviation: Float64Array;
  spread: number;
}

function scalingOf(lists: readonly SecondLookList[]): Scaling {
  const mean = new Float64Array(INPUTS);
  const squares = new Float64Array(INPUTS);
  let rows = 0;
  let spread = 0;
  for (const { inputs, viewer, scores } of lists) {
    spread += scores[0] - scores[Math.min(DEPTH, scores.length) - 1];
    for (let n = 0; n < scores.length; n++, rows++) {
      for (let k = 0; k < INPUTS; k++) {
        const value = k < MOVIE ? inputs[n * MOVIE + k] : viewer[k - MOVIE];
        mean[k] += value;
        squares[k] += value * value;
      }
    }
  }
  for (let k = 0; k < INPUTS; k++) mean[k] /= rows;
  const deviation = squares.map((sum, k) => Math.sqrt(Math.max(0, sum / rows - mean[k] ** 2)) || 1);
  return { mean, deviation, spread: spread / lists.length || 1 };
}

/** Forward and backward passes over lists; sums their gradients. */
class ListPass {
  /** In the order of the parameters. */
  readonly gradients: readonly Float64Array[];
  readonly #parameters: Parameters;
  readonly #scaling: Scaling;
  readonly #hidden: number;
  readonly #inputs: Float64Array;
  readonly #activations: Float64Array;

  constructor(parameters: Parameters, scaling: Scaling, hidden: number, longest: number) {
    this.#parameters = parameters;
    this.#scaling = scaling;
    this.#hidden = hidden;
    this.#inputs = new Float64Array(longest * INPUTS);
    this.#activations = new Float64Array(longest * hidden);
    this.gradients = Object.values(parameters).map((values: Float64Array) => new Float64Array(values.length));
  }

  clear(): void {
    for (const gradient of this.gradients) gradient.fill(0);
  }

  add(list: SecondLookList): void {
    const { weights, bias, output, linear } = this.#parameters;
    const [ofWeights, ofBias, ofOutput, ofLinear] = this.gradients;
    const inputs = this.#inputs;
    const activations = this.#activations;
    const hidden = this.#hidden;
    const { scores: before, gains } = list;
    this.#scale(list);
    const scores = before.map((score) => (SPREAD * score) / this.#scaling.spread);
    for (let n = 0, p = 0; n < scores.length; n++, p += INPUTS) {
      for (let k = 0; k < MOVIE; k++) scores[n] += linear[k] * inputs[p + k];
      for (let h = 0; h < hidden; h++) {
        let z = bias[h];
        for (let k = 0; k < INPUTS; k++) z += weights[h * INPUTS + k] * inputs[p + k];
        activations[n * hidden + h] = Math.max(0, z);
        scores[n] += output[h] * Math.max(0, z);
      }
    }
    lambdas(scores, gains).forEach((gradient, n) => {
      const p = n * INPUTS;
      for (let k = 0; k < MOVIE; k++) ofLinear[k] += gradient * inputs[p + k];
      for (let h = 0; h < hidden; h++) {
        const activation = activations[n * hidden + h];
        if (activation === 0) continue;
        ofOutput[h] += gradient * activation;
        const inner = gradient * output[h];
        ofBias[h] += inner;
        for (let k = 0; k < INPUTS; k++) ofWeights[h * INPUTS + k] += inner * inputs[p + k];
      }
    });
  }

  #scale({ inputs, viewer, scores }: SecondLookList): void {
    const { mean, deviation } = this.#scaling;
    for (let n = 0; n < scores.length; n++)
      for (let k = 0; k < INPUTS; k++)
        this.#inputs[n * INPUTS + k] = ((k < MOVIE ? inputs[n * MOVIE + k] : viewer[k - MOVIE]) - mean[k]) / deviation[k];
  }
}

/** The gradient of the loss by each score; see trainSecondLook. */
function lambdas(scores: Float32Array, gains: Float32Array): Float64Array {
  const gradient = new Float64Array(scores.length);
  const discounts = new Float64Array(scores.length);
  Uint16Array.from(scores.keys())
    .sort((a, b) => scores[b] - scores[a])
    .subarray(0, DEPTH)
    .forEach((n, place) => {
      discounts[n] = 1 / Math.log2(place + 2);
    });
  for (let n = 0; n < scores.length; n++) {
    if (gains[n] === 0) continue;
    for (let other = 0; other < scores.length; other++) {
      const difference = Math.abs(discounts[n] - discounts[other]);
      if (gains[other] > 0 || difference === 0) continue;
      const lambda = (gains[n] * difference) / (1 + Math.exp(scores[n] - scores[other]));
      gradient[n] -= lambda;
      gradient[other] += lambda;
    }
  }
  return gradient;
}

/** Adam (Kingma and Ba 2015) for one array of parameters. */
class AdamStep {
  readonly #values: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  readonly #regularization: number;

  constructor(values: Float64Array, regularization: number) {
    this.#values = values;
    this.#means = new Float64Array(values.length);
    this.#squares = new Float64Array(values.length);
    this.#regularization = regularization;
  }

  /** `gradient` is a sum over `count` lists. `step` counts from 1. */
  step(gradient: Float64Array, count: number, step: number, learningRate: number): void {
    const values = this.#values;
    for (let n = 0; n < values.length; n++) {
      const slope = gradient[n] / count + this.#regularization * values[n];
      this.#means[n] = MOMENTUM * this.#means[n] + (1 - MOMENTUM) * slope;
      this.#squares[n] = SQUARES * this.#squares[n] + (1 - SQUARES) * slope * slope;
      const mean = this.#means[n] / (1 - MOMENTUM ** step);
      values[n] -= (learningRate * mean) / (Math.sqrt(this.#squares[n] / (1 - SQUARES ** step)) + EPSILON);
    }
  }
}

/** The network for inputs as they are, and for scores of the hybrid's scale. */
function unscaled({ weights, bias, output, linear }: Parameters, { mean, deviation, spread }: Scaling, hidden: number): SecondLookWeights {
  const movie = new Float32Array(hidden * MOVIE);
  const viewer = new Float32Array(hidden * VIEWER);
  const biases = Float32Array.from(bias);
  for (let h = 0; h < hidden; h++) {
    for (let k = 0; k < INPUTS; k++) {
      const weight = weights[h * INPUTS + k] / deviation[k];
      biases[h] -= weight * mean[k];
      if (k < MOVIE) movie[h * MOVIE + k] = weight;
      else viewer[h * VIEWER + k - MOVIE] = weight;
    }
  }
  const size = spread / SPREAD;
  return {
    hidden,
    movie,
    viewer,
    bias: biases,
    output: Float32Array.from(output, (value) => size * value),
    linear: Float32Array.from(linear, (value, k) => (size * value) / deviation[k]),
  };
}
