import type { Csr } from '../../../src/engine/linalg/csr.ts';
import type { Likes } from '../../data/likes.ts';

/** Parameters with the step sizes of Adagrad (Duchi, Hazan and Singer 2011). */
export class Adagrad {
  readonly values: Float32Array;
  /** Sum of the squared gradients of each parameter. */
  readonly squares: Float32Array;
  readonly #rate: number;

  constructor(size: number, rate: number) {
    this.values = new Float32Array(size);
    this.squares = new Float32Array(size);
    this.#rate = rate;
  }

  /** values[p] moves against its gradient. */
  step(p: number, gradient: number): void {
    if (gradient === 0) return;
    this.squares[p] += gradient * gradient;
    this.values[p] -= (this.#rate * gradient) / (Math.sqrt(this.squares[p]) + 1e-8);
  }
}

/** Likes that the user tower sees, with their weights; 1 each when undefined. */
export interface History {
  user: number;
  rows: Uint32Array;
  weights: readonly number[] | undefined;
}

interface Step {
  /** Positions of likes: the pairs of user and movie. */
  examples: Uint32Array;
  likes: Likes;
  /** One entry an example. */
  histories: readonly History[];
  x: Csr;
  weights: Adagrad;
  ids: Adagrad;
  matrix: Adagrad;
  /** How often each movie is drawn. */
  drawn: Float64Array;
  d: number;
  idDropout: number;
  regularization: number;
  random: () => number;
}

/** One step: the gradients of the softmax loss of all examples, applied to the parameters. Returns the mean loss. */
export function takeStep(step: Step): number {
  const { examples, likes, histories, x, ids, matrix, drawn, d, idDropout, random } = step;
  const size = d + 1;
  const targets = Uint32Array.from(examples, (p) => likes.rows[p]);
  const items = [...new Set([...targets, ...histories.flatMap(({ rows }) => [...rows])])];
  const slots = new Map(items.map((movie, slot) => [movie, slot]));
  const isDropped = Uint8Array.from(items, () => (random() < idDropout ? 1 : 0));
  const vectors = new Float32Array(items.length * size);
  items.forEach((movie, slot) => {
    addRows(x, movie, step.weights.values, size, vectors, slot * size);
    if (isDropped[slot] === 0) for (let f = 0; f < size; f++) vectors[slot * size + f] += ids.values[movie * size + f];
  });
  const { means, users } = userVectors(step, slots, vectors);
  const gradients = new Float32Array(vectors.length);
  const userGradients = new Float32Array(users.length);
  const targetSlots = Int32Array.from(targets, (movie) => slots.get(movie) ?? -1);
  let loss = 0;
  const logits = new Float64Array(examples.length);
  for (let a = 0; a < examples.length; a++) {
    const liked = likesOf(likes, histories[a].user);
    let largest = Number.NEGATIVE_INFINITY;
    for (let b = 0; b < examples.length; b++) {
      // Another like of the user is no negative.
      if (b !== a && liked.has(targets[b])) {
        logits[b] = Number.NEGATIVE_INFINITY;
        continue;
      }
      const from = targetSlots[b] * size;
      let sum = vectors[from + d] - Math.log(drawn[targets[b]]);
      for (let f = 0; f < d; f++) sum += users[a * d + f] * vectors[from + f];
      logits[b] = sum;
      if (sum > largest) largest = sum;
    }
    let total = 0;
    for (let b = 0; b < logits.length; b++) total += Math.exp(logits[b] - largest);
    loss += Math.log(total) + largest - logits[a];
    for (let b = 0; b < logits.length; b++) {
      const slope = (Math.exp(logits[b] - largest) / total - (a === b ? 1 : 0)) / examples.length;
      if (slope === 0) continue;
      const from = targetSlots[b] * size;
      for (let f = 0; f < d; f++) {
        userGradients[a * d + f] += slope * vectors[from + f];
        gradients[from + f] += slope * users[a * d + f];
      }
      gradients[from + d] += slope;
    }
  }
  const matrixGradient = throughUserTower(step, slots, means, userGradients, gradients);
  for (let p = 0; p < matrixGradient.length; p++) matrix.step(p, matrixGradient[p]);
  applyToItems(step, items, isDropped, gradients);
  return loss / examples.length;
}

/** out[to + f] += Σ_c x[row, c] weights[c, f], for rows of `size` weights. */
export function addRows(
  { rowOffsets, columnIndices, values }: Csr,
  row: number,
  weights: Float32Array,
  size: number,
  out: Float32Array,
  to: number,
): void {
  for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) {
    const value = values[p];
    const from = columnIndices[p] * size;
    for (let f = 0; f < size; f++) out[to + f] += value * weights[from + f];
  }
}

/** The mean vector of each history, and M times it. */
function userVectors(
  { histories, matrix, d }: Step,
  slots: ReadonlyMap<number, number>,
  vectors: Float32Array,
): { means: Float32Array; users: Float32Array } {
  const means = new Float32Array(histories.length * d);
  const users = new Float32Array(histories.length * d);
  histories.forEach(({ rows, weights }, a) => {
    rows.forEach((movie, n) => {
      const weight = (weights?.[n] ?? 1) / rows.length;
      const from = (slots.get(movie) ?? 0) * (d + 1);
      for (let f = 0; f < d; f++) means[a * d + f] += weight * vectors[from + f];
    });
    for (let f = 0; f < d; f++) {
      let sum = 0;
      for (let g = 0; g < d; g++) sum += matrix.values[f * d + g] * means[a * d + g];
      users[a * d + f] = sum;
    }
  });
  return { means, users };
}

/** Adds to the gradients of the vectors what comes through the histories; returns the gradient of M. */
function throughUserTower(
  { histories, matrix, d }: Step,
  slots: ReadonlyMap<number, number>,
  means: Float32Array,
  userGradients: Float32Array,
  gradients: Float32Array,
): Float32Array {
  const matrixGradient = new Float32Array(d * d);
  const ofMean = new Float32Array(d);
  histories.forEach(({ rows, weights }, a) => {
    ofMean.fill(0);
    for (let f = 0; f < d; f++) {
      const slope = userGradients[a * d + f];
      for (let g = 0; g < d; g++) {
        matrixGradient[f * d + g] += slope * means[a * d + g];
        ofMean[g] += slope * matrix.values[f * d + g];
      }
    }
    rows.forEach((movie, n) => {
      const weight = (weights?.[n] ?? 1) / rows.length;
      const to = (slots.get(movie) ?? 0) * (d + 1);
      for (let f = 0; f < d; f++) gradients[to + f] += weight * ofMean[f];
    });
  });
  return matrixGradient;
}

/** Moves the learned vectors and the feature weights of the movies. A column gets one step, with the sum over its movies. */
function applyToItems(
  { x, weights, ids, d, regularization }: Step,
  items: readonly number[],
  isDropped: Uint8Array,
  gradients: Float32Array,
): void {
  const size = d + 1;
  const columns = new Map<number, Float32Array>();
  items.forEach((movie, slot) => {
    const own = gradients.subarray(slot * size, (slot + 1) * size);
    if (isDropped[slot] === 0) for (let f = 0; f < size; f++) ids.step(movie * size + f, own[f]);
    for (let p = x.rowOffsets[movie]; p < x.rowOffsets[movie + 1]; p++) {
      const column = x.columnIndices[p];
      let sum = columns.get(column);
      if (sum === undefined) {
        sum = new Float32Array(size);
        columns.set(column, sum);
      }
      const value = x.values[p];
      for (let f = 0; f < size; f++) sum[f] += value * own[f];
    }
  });
  for (const [column, gradient] of columns)
    for (let f = 0, p = column * size; f < size; f++, p++) weights.step(p, gradient[f] + regularization * weights.values[p]);
}

function likesOf({ offsets, rows }: Likes, user: number): Set<number> {
  return new Set(rows.subarray(offsets[user], offsets[user + 1]));
}
