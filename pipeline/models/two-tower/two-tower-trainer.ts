import type { Csr } from '../../../src/engine/linalg/csr.ts';
import { recencyWeights } from '../../../src/engine/recommender/recency.ts';
import type { DatedLikes } from '../../data/likes.ts';
import { derivedSeed, seeded, shuffle } from '../../data/random.ts';
import { withDense } from '../cold-start/dense-columns.ts';
import { gaussian } from '../ials/gaussian.ts';
import { betweenSteps, type TrainingRun } from '../parallel/training-run.ts';
import type { TwoTowerParameters } from './two-tower.ts';
import { Adagrad, addRows, type History, takeStep } from './two-tower-step.ts';

export interface TwoTowerHyperParameters {
  dimensions: number;
  epochs: number;
  /** Pairs of user and movie in a step. The movies of the other pairs are the negatives. */
  batch: number;
  /** Pairs of each user in an epoch. */
  targets: number;
  /** Likes that the user tower sees, at most. */
  history: number;
  /** Step size of Adagrad. */
  learningRate: number;
  /** Share of the movies of a step whose learned vector is left out, so that the features alone can stand for a movie. */
  idDropout: number;
  /** L2 regularization of the feature weights that a step touches. */
  regularization: number;
  /** Values of the constant and of the vote columns, beside feature rows of length 1. */
  intercept: number;
  voteFeatures: number;
  seed: number;
}

/** Chosen on validation users of `cold`, seed 1. */
export const TWO_TOWER: TwoTowerHyperParameters = {
  dimensions: 64,
  epochs: 6,
  batch: 512,
  targets: 10,
  history: 50,
  learningRate: 0.05,
  idDropout: 0.5,
  regularization: 1e-3,
  intercept: 0.3,
  voteFeatures: 0.3,
  seed: 1,
};

/**
 * Two towers (Yi et al., "Sampling-bias-corrected neural modeling for large corpus item recommendations", RecSys 2019):
 *
 *   v_j, b_j = x_j W + e_j        item tower: features x_j, and a learned vector e_j of a movie with likes
 *   u        = M × mean of q_i v_i over the other likes i of the user, with weights by their order
 *
 * trained with the softmax over the movies of a step, each logit u · v_j + b_j less ln Q_j, where Q_j is how often movie j is drawn. One
 * thread; the same seed gives the same model, and a killed run continues at the last epoch. Row i of `features` is movie i.
 */
export async function trainTwoTower(
  likes: DatedLikes,
  features: Csr,
  votes: readonly Float64Array[],
  hyper: TwoTowerHyperParameters,
  run: TrainingRun,
): Promise<TwoTowerParameters> {
  const { dimensions: d, epochs, batch, targets, learningRate, idDropout, regularization, intercept, voteFeatures, seed } = hyper;
  const movies = features.rows;
  const constant = new Float64Array(movies).fill(intercept);
  const x = withDense(features, [constant, ...votes.map((column) => column.map((value) => voteFeatures * value))]);
  const drawn = drawnShares(likes, movies, targets);
  const weights = new Adagrad(x.columns * (d + 1), learningRate);
  const ids = new Adagrad(movies * (d + 1), learningRate);
  const matrix = new Adagrad(d * d, learningRate);
  const state = {
    weights: weights.values,
    weightSquares: weights.squares,
    ids: ids.values,
    idSquares: ids.squares,
    matrix: matrix.values,
    matrixSquares: matrix.squares,
  };
  let epoch = (await run.checkpoint?.restore(state)) ?? 0;
  if (epoch === 0) initialise(state, drawn, d, seed);
  const task = run.progress.start({ label: 'two towers', total: epochs, unit: 'epochs', startAt: epoch });
  while (epoch < epochs) {
    const random = seeded(derivedSeed(seed, epoch));
    const pairs = pairsOf(likes, targets, random);
    for (let start = 0; start < pairs.length; start += batch) {
      const examples = pairs.subarray(start, start + batch);
      const histories = Array.from(examples, (p) => historyOf(likes, p, hyper.history, random));
      takeStep({ examples, likes, histories, x, weights, ids, matrix, drawn, d, idDropout, regularization, random });
    }
    task.update(++epoch);
    await betweenSteps(run, epoch, state);
  }
  task.end();
  await run.checkpoint?.remove();
  const items = new Float32Array(movies * (d + 1));
  for (let movie = 0; movie < movies; movie++) {
    addRows(x, movie, weights.values, d + 1, items, movie * (d + 1));
    if (drawn[movie] > 0) for (let f = 0, p = movie * (d + 1); f <= d; f++, p++) items[p] += ids.values[p];
  }
  return { dimensions: d, items, user: matrix.values.slice() };
}

/** Learned vectors are random, feature weights 0 and M the identity: a feature that no movie with likes has keeps weight 0. */
function initialise(state: { ids: Float32Array; matrix: Float32Array }, drawn: Float64Array, d: number, seed: number): void {
  gaussian(state.ids, 0.3 / Math.sqrt(d), seed);
  for (let movie = 0; movie < drawn.length; movie++) {
    const from = movie * (d + 1);
    if (drawn[movie] === 0) state.ids.fill(0, from, from + d + 1);
    else state.ids[from + d] = 0;
  }
  for (let f = 0; f < d; f++) state.matrix[f * (d + 1)] = 1;
}

/** Share of the drawn pairs that each movie has, expected. */
function drawnShares({ users, offsets, rows }: DatedLikes, movies: number, targets: number): Float64Array {
  const shares = new Float64Array(movies);
  let total = 0;
  for (let user = 0; user < users; user++) {
    const count = offsets[user + 1] - offsets[user];
    if (count < 2) continue;
    const each = Math.min(1, targets / count);
    for (let p = offsets[user]; p < offsets[user + 1]; p++) shares[rows[p]] += each;
    total += each * count;
  }
  return shares.map((share) => share / total);
}

/** Positions of likes, at most `targets` of each user with two likes or more, in random order. */
function pairsOf({ users, offsets }: DatedLikes, targets: number, random: () => number): Uint32Array {
  const pairs: number[] = [];
  for (let user = 0; user < users; user++) {
    const count = offsets[user + 1] - offsets[user];
    if (count < 2) continue;
    const own = Uint32Array.from({ length: count }, (_, n) => offsets[user] + n);
    for (const p of count <= targets ? own : shuffle(own, random).subarray(0, targets)) pairs.push(p);
  }
  return shuffle(Uint32Array.from(pairs), random);
}

/** Other likes of the user of like `p`, at most `most`, with weights by their order where it is known. */
function historyOf({ offsets, rows, times }: DatedLikes, p: number, most: number, random: () => number): History {
  const user = userOf(offsets, p);
  const others = Uint32Array.from({ length: offsets[user + 1] - offsets[user] - 1 }, (_, n) => {
    const q = offsets[user] + n;
    return q < p ? q : q + 1;
  });
  const chosen = others.length <= most ? others : shuffle(others, random).subarray(0, most);
  return {
    user,
    rows: chosen.map((q) => rows[q]),
    weights: times && recencyWeights(Array.from(chosen, (q) => times[q])),
  };
}

function userOf(offsets: Uint32Array, p: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (offsets[middle] <= p) low = middle;
    else high = middle;
  }
  return low;
}
