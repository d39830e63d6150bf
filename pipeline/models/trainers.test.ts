import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { likeScorerContract } from '../../src/engine/recommender/collaborative/like-scorer.contract.ts';
import { silentProgress } from '../cli/progress.ts';
import type { Likes, LowerRatings } from '../data/likes.ts';
import { seeded } from '../data/random.ts';
import { type EaseParameters, trainEase } from './ease/ease-trainer.ts';
import { gaussian } from './ials/gaussian.ts';
import { type IalsParameters, ialsFactors, trainIals } from './ials/ials-trainer.ts';
import { trainItemKnn } from './item-knn.ts';
import { Checkpoint } from './parallel/checkpoint.ts';
import type { TrainingRun } from './parallel/training-run.ts';

const MOVIES = 150;
const EVERYTHING = { minLikes: 1, maxMovies: MOVIES };
const ease: EaseParameters = {
  ...EVERYTHING,
  regularization: 100,
  dropout: 0,
  ratingWeights: { neutral: 0, negative: 0 },
  userWeightExponent: 0,
  neighbours: MOVIES,
};
const ials: IalsParameters = {
  ...EVERYTHING,
  embeddingSize: 16,
  epochs: 4,
  unobservedWeight: 0.1,
  regularization: 0.01,
  regularizationExponent: 1,
  ratingWeights: { neutral: 0, negative: 0 },
  initStd: 0.1,
  seed: 1,
};
const alone: TrainingRun = { threads: 0, progress: silentProgress, signal: new AbortController().signal };

/** Two groups of users: one likes even movies, one odd movies, with a few exceptions. Movie 149 has no likes. */
function twoProfiles(users = 250): Likes {
  const random = seeded(9);
  const rows = Array.from({ length: users }, (_, user) =>
    Array.from({ length: MOVIES - 1 }, (_, movie) => movie).filter((movie) => random() < (movie % 2 === user % 2 ? 0.5 : 0.03)),
  );
  const offsets = new Uint32Array(users + 1);
  rows.forEach((row, user) => {
    offsets[user + 1] = offsets[user] + row.length;
  });
  return { users, offsets, rows: Uint32Array.from(rows.flat()) };
}

/** The same users' lower ratings, of a fifth of the other movies: 1 to 7 half stars. */
function withLowerRatings(likes: Likes): Likes & { lowerRatings: LowerRatings } {
  const random = seeded(5);
  const rated = Array.from({ length: likes.users }, (_, user) => {
    const liked = new Set(likes.rows.subarray(likes.offsets[user], likes.offsets[user + 1]));
    return Array.from({ length: MOVIES - 1 }, (_, movie) => movie).filter((movie) => !liked.has(movie) && random() < 0.2);
  });
  const offsets = new Uint32Array(likes.users + 1);
  rated.forEach((rows, user) => {
    offsets[user + 1] = offsets[user] + rows.length;
  });
  const rows = Uint32Array.from(rated.flat());
  return {
    ...likes,
    lowerRatings: { offsets, rows, halfStars: Uint8Array.from(rows, () => 1 + Math.floor(7 * random())), times: undefined },
  };
}

/** A·x = e solved by Gauss and Jordan in 64 bits: the inverse, for comparison. */
function inverse(matrix: number[][]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = work[i][i];
    for (let c = 0; c < 2 * n; c++) work[i][c] /= pivot;
    for (let r = 0; r < n; r++) {
      const factor = work[r][i];
      if (r !== i && factor !== 0) for (let c = 0; c < 2 * n; c++) work[r][c] -= factor * work[i][c];
    }
  }
  return work.map((row) => row.slice(n));
}

/** (Σ y yᵀ over `rows` + α₀ Σ y yᵀ over all + λ (n + α₀ N)^ν I)⁻¹ Σ value y over `rows`, which have a value each. */
function plainSolution(
  rows: Map<number, number>,
  vectors: number[][],
  { unobservedWeight, regularization, regularizationExponent }: IalsParameters,
): number[] {
  const penalty = regularization * (rows.size + unobservedWeight * vectors.length) ** regularizationExponent;
  const matrix = vectors[0].map((_, f) => vectors[0].map((_, g) => (f === g ? penalty : 0)));
  const addTo = (y: number[], weight: number) => {
    for (let f = 0; f < y.length; f++) for (let g = 0; g < y.length; g++) matrix[f][g] += weight * y[f] * y[g];
  };
  for (const y of vectors) addTo(y, unobservedWeight);
  for (const row of rows.keys()) addTo(vectors[row], 1);
  const sum = vectors[0].map((_, f) => [...rows].reduce((total, [row, value]) => total + value * vectors[row][f], 0));
  return inverse(matrix).map((line) => line.reduce((total, value, g) => total + value * sum[g], 0));
}

function gramOf({ users, offsets, rows }: Likes): number[][] {
  const gram = Array.from({ length: MOVIES }, () => new Array<number>(MOVIES).fill(0));
  for (let user = 0; user < users; user++) {
    const liked = rows.subarray(offsets[user], offsets[user + 1]);
    for (const i of liked) for (const j of liked) gram[i][j]++;
  }
  return gram;
}

const easeModel = await trainEase(twoProfiles(), MOVIES, ease, alone);
const ialsModel = await trainIals(twoProfiles(), MOVIES, ials, alone);
likeScorerContract('EASE', () => easeModel);
likeScorerContract('iALS', () => ialsModel, 4);
likeScorerContract('ItemKNN', () => trainItemKnn(twoProfiles(), MOVIES, { ...EVERYTHING, neighbours: 20 }));

describe.each([
  ['EASE', easeModel],
  ['iALS', ialsModel],
  ['ItemKNN', trainItemKnn(twoProfiles(), MOVIES, { ...EVERYTHING, neighbours: 20 })],
])('%s', (_, model) => {
  test('a user that likes thirty even movies gets even movies first', () => {
    const scores = new Float64Array(MOVIES);
    const likes = Array.from({ length: 30 }, (_, n) => 2 * n);
    model.score(Uint32Array.from(likes), scores);
    const best = [...scores.keys()].filter((movie) => !likes.includes(movie)).sort((a, b) => scores[b] - scores[a]);
    expect(best.slice(0, 30).filter((movie) => movie % 2 === 1)).toEqual([]);
  });
});

describe('EASE', () => {
  test('has the weights of the closed form', () => {
    const gram = gramOf(twoProfiles());
    for (let i = 0; i < MOVIES; i++) gram[i][i] += 100;
    // The last movie has no likes, so it is not part of the training.
    const P = inverse(gram.slice(0, MOVIES - 1).map((row) => row.slice(0, MOVIES - 1)));
    for (const i of [0, 1, 70, 148]) {
      for (let j = 0; j < MOVIES - 1; j++) {
        const [weight] = easeModel.attributions(Uint32Array.of(i), j);
        expect(weight).toBeCloseTo(i === j ? 0 : -P[i][j] / P[j][j], 4);
      }
    }
    expect(easeModel.attributions(Uint32Array.of(0), MOVIES - 1)[0]).toBe(0);
  });

  test('regularizes movies by their likes, weighs users by their number of likes, and lower ratings by their stars', async () => {
    const likes = withLowerRatings(twoProfiles());
    const model = await trainEase(
      likes,
      MOVIES,
      { ...ease, dropout: 2, userWeightExponent: 0.5, ratingWeights: { neutral: 0.5, negative: 0.25 } },
      alone,
    );
    const counts = Array.from({ length: likes.users }, (_, user) => (likes.offsets[user + 1] - likes.offsets[user]) ** -0.5);
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    const gram = Array.from({ length: MOVIES - 1 }, () => new Array<number>(MOVIES - 1).fill(0));
    counts.forEach((count, user) => {
      const liked = [...likes.rows.subarray(likes.offsets[user], likes.offsets[user + 1])];
      const { offsets, rows, halfStars } = likes.lowerRatings;
      const x = new Map(liked.map((row) => [row, 1]));
      for (let p = offsets[user]; p < offsets[user + 1]; p++) x.set(rows[p], halfStars[p] >= 5 ? 0.5 : 0.25);
      for (const [i, a] of x) for (const [j, b] of x) gram[i][j] += (count / mean) * a * b;
    });
    for (let i = 0; i < gram.length; i++) gram[i][i] = 100 + 3 * gram[i][i];
    const P = inverse(gram);
    for (const i of [0, 1, 70, 148])
      for (let j = 0; j < gram.length; j++)
        expect(model.attributions(Uint32Array.of(i), j)[0]).toBeCloseTo(i === j ? 0 : -P[i][j] / P[j][j], 6);
  });

  test('keeps the largest weights: no more than asked for, none smaller than one left out', async () => {
    const sparse = await trainEase(twoProfiles(), MOVIES, { ...ease, neighbours: 10 }, alone);
    const sizes = easeModel.weights.values.map(Math.abs).sort();
    const kept = sparse.weights.values.map(Math.abs).sort();
    expect(kept.length).toBeLessThanOrEqual(149 * 10);
    expect(kept.length).toBeGreaterThan(149 * 9);
    expect(kept).toEqual(sizes.slice(-kept.length));
  });

  test('is trained on the movies with the most likes', async () => {
    const few = await trainEase(twoProfiles(), MOVIES, { ...ease, maxMovies: 30 }, alone);
    const gram = gramOf(twoProfiles());
    const most = [...gram.keys()].sort((a, b) => gram[b][b] - gram[a][a] || a - b).slice(0, 30);
    expect([...few.items]).toEqual(most.sort((a, b) => a - b));
  });
});

describe('iALS', () => {
  test('one more step changes nothing once it has converged: the normal equations of every movie hold', async () => {
    const a = await ialsFactors(twoProfiles(), MOVIES, { ...ials, epochs: 60, regularization: 0.1 }, alone);
    const b = await ialsFactors(twoProfiles(), MOVIES, { ...ials, epochs: 61, regularization: 0.1 }, alone);
    expect(Math.max(...a.factors.map((factor, p) => Math.abs(factor - b.factors[p])))).toBeLessThan(2e-3);
    expect(a.factors.some((factor) => Math.abs(factor) > 0.1)).toBe(true);
  });

  test('has the vectors of the plain algorithm in 64 bits', async () => {
    const likes = withLowerRatings(twoProfiles(60));
    const parameters = {
      ...ials,
      embeddingSize: 8,
      epochs: 2,
      regularization: 0.02,
      regularizationExponent: 0.8,
      ratingWeights: { neutral: 0.6, negative: 0.3 },
    };
    const { factors } = await ialsFactors(likes, MOVIES, parameters, alone);
    const liked = [...new Set(likes.rows)].sort((a, b) => a - b);
    const users = Array.from({ length: likes.users }, (_, user) => {
      const { offsets, rows, halfStars } = likes.lowerRatings;
      const values = new Map(
        Array.from(likes.rows.subarray(likes.offsets[user], likes.offsets[user + 1]), (row) => [liked.indexOf(row), 1]),
      );
      for (let p = offsets[user]; p < offsets[user + 1]; p++)
        if (liked.includes(rows[p])) values.set(liked.indexOf(rows[p]), halfStars[p] >= 5 ? 0.6 : 0.3);
      return values;
    });
    const likers = liked.map(
      (_, item) =>
        new Map(
          users.flatMap((values, user): [number, number][] => {
            const value = values.get(item);
            return value === undefined ? [] : [[user, value]];
          }),
        ),
    );
    const start = new Float32Array((users.length + liked.length) * 8);
    gaussian(start, 0.1 / Math.sqrt(8), 1);
    let movieVectors = liked.map((_, item) => [...start.subarray((users.length + item) * 8, (users.length + item + 1) * 8)]);
    for (let epoch = 0; epoch < 2; epoch++) {
      const userVectors = users.map((rows) => plainSolution(rows, movieVectors, parameters));
      movieVectors = likers.map((rows) => plainSolution(rows, userVectors, parameters));
    }
    movieVectors.forEach((vector, item) => {
      for (let f = 0; f < 8; f++) expect(factors[liked[item] * 8 + f]).toBeCloseTo(vector[f], 3);
    });
  });

  test('a movie without likes has no vector', async () => {
    const { factors } = await ialsFactors(twoProfiles(), MOVIES, ials, alone);
    expect(factors.subarray(149 * 16)).toEqual(new Float32Array(16));
  });

  test('another seed gives other vectors, the same seed the same', async () => {
    const [one, again, other] = await Promise.all(
      [ials, ials, { ...ials, seed: 2 }].map((p) => ialsFactors(twoProfiles(), MOVIES, p, alone)),
    );
    expect(again.factors).toEqual(one.factors);
    expect(other.factors).not.toEqual(one.factors);
  });
});

describe('ItemKNN', () => {
  test('has the cosines of the k nearest, by hand', () => {
    // Users like {0, 1}, {0, 1, 2}, {1, 2}, {3}.
    const likes = { users: 4, offsets: Uint32Array.of(0, 2, 5, 7, 8), rows: Uint32Array.of(0, 1, 0, 1, 2, 1, 2, 3) };
    const weights = trainItemKnn(likes, 4, { minLikes: 1, maxMovies: 4, neighbours: 1 }).toRows();
    // 0 is scored by 1 (2 / √6, against 1 / 2), 1 by 0 (as much as by 2: the lower row), 2 by 1, 3 by nothing.
    expect([...weights.rowOffsets]).toEqual([0, 1, 3, 3, 3]);
    expect([...weights.columnIndices]).toEqual([1, 0, 2]);
    expect([...weights.values]).toEqual(new Array(3).fill(Math.fround(2 / Math.sqrt(6))));
  });
});

describe('threads and interruptions change no bit', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cinematch-training-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const models = [
    ['EASE', async (run: TrainingRun) => (await trainEase(twoProfiles(), MOVIES, ease, run)).weights],
    ['iALS', (run: TrainingRun) => ialsFactors(twoProfiles(), MOVIES, ials, run)],
  ] as const;

  test.each(models)('%s on two threads, and on three', async (_, train) => {
    const expected = await train(alone);
    expect(await train({ ...alone, threads: 2 })).toEqual(expected);
    expect(await train({ ...alone, threads: 3 })).toEqual(expected);
  });

  test.each(models)('%s, stopped after each step and continued', async (_, train) => {
    const path = join(folder, 'training');
    const expected = await train(alone);
    let runs = 0;
    for (let isDone = false; !isDone; runs++) {
      const stop = new AbortController();
      let updates = 0;
      const progress = { start: () => ({ update: () => (++updates === 2 ? stop.abort(new Error('killed')) : undefined), end: () => {} }) };
      const checkpoint = new Checkpoint(path, 'key', () => new Date(), 0);
      try {
        expect(await train({ threads: 0, progress, signal: stop.signal, checkpoint })).toEqual(expected);
        isDone = true;
      } catch (error) {
        expect(error).toEqual(new Error('killed'));
      }
    }
    expect(runs).toBeGreaterThan(2);
    expect(await readdir(folder)).toEqual(['training']);
  });

  test('a checkpoint of another training, a damaged one and a truncated one are ignored', async () => {
    const path = join(folder, 'deep', 'training');
    const now = () => new Date();
    const state = { a: Float32Array.of(1, 2), b: new Uint32Array(new SharedArrayBuffer(8)) };
    await new Checkpoint(path, 'key', now).save(7, state);
    const target = { a: new Float32Array(2), b: new Uint32Array(2) };
    expect(await new Checkpoint(path, 'key', now).restore(target)).toBe(7);
    expect(target).toEqual({ a: Float32Array.of(1, 2), b: Uint32Array.of(0, 0) });
    expect(await new Checkpoint(path, 'other', now).restore(target)).toBe(0);
    expect(await new Checkpoint(path, 'key', now).restore({ a: target.a })).toBe(0);
    expect(await new Checkpoint(path, 'key', now).restore({ ...target, b: new Uint32Array(3) })).toBe(0);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, -1));
    expect(await new Checkpoint(path, 'key', now).restore(target)).toBe(0);
    whole[whole.length - 1] ^= 1;
    await writeFile(path, whole);
    expect(await new Checkpoint(path, 'key', now).restore(target)).toBe(0);
    await writeFile(path, 'something');
    expect(await new Checkpoint(path, 'key', now).restore(target)).toBe(0);
    await new Checkpoint(path, 'key', now).remove();
    expect(await new Checkpoint(path, 'key', now).restore(target)).toBe(0);
  });

  test('a thread that fails ends the training with its error', async () => {
    const broken = { ...alone, threads: 2 };
    await expect(trainEase(twoProfiles(), MOVIES, { ...ease, regularization: -1000 }, broken)).rejects.toThrow('not positive definite');
  });
});
