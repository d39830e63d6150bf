import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Csr } from '../../../src/engine/linalg/csr.ts';
import type { DatedLikes } from '../../data/likes.ts';
import { seeded } from '../../data/random.ts';
import { Checkpoint } from '../parallel/checkpoint.ts';
import type { TrainingRun } from '../parallel/training-run.ts';
import { TwoTower } from './two-tower.ts';
import { Adagrad, takeStep } from './two-tower-step.ts';
import { TWO_TOWER, trainTwoTower } from './two-tower-trainer.ts';

const KINDS = 3;
const MOVIES = 30;
const COLD = [27, 28, 29];

/** Movie m has the feature of its kind, m % 3. The last three movies have no likes. */
const features: Csr = {
  rows: MOVIES,
  columns: KINDS,
  rowOffsets: Uint32Array.from({ length: MOVIES + 1 }, (_, n) => n),
  columnIndices: Uint16Array.from({ length: MOVIES }, (_, m) => m % KINDS),
  values: new Float32Array(MOVIES).fill(2),
};

/** Each user likes five movies of one kind. */
function likesOfKinds(users: number): DatedLikes {
  const random = seeded(5);
  const rows = Array.from({ length: users }, (_, user) => {
    const own = new Set<number>();
    while (own.size < 5) own.add(KINDS * Math.floor((random() * COLD[0]) / KINDS) + (user % KINDS));
    return [...own].sort((a, b) => a - b);
  });
  return {
    users,
    userIds: Uint32Array.from({ length: users }, (_, user) => user + 1),
    offsets: Uint32Array.from({ length: users + 1 }, (_, n) => 5 * n),
    rows: Uint32Array.from(rows.flat()),
    times: undefined,
  };
}

const likes = likesOfKinds(90);
const hyper = { ...TWO_TOWER, dimensions: 4, epochs: 8, batch: 64, targets: 5 };
const run: TrainingRun = {
  threads: 0,
  progress: { start: () => ({ update: () => undefined, end: () => undefined }) },
  signal: new AbortController().signal,
};

describe('the two-tower model', () => {
  test('ranks movies without likes by their features: those of the kind that a user likes come first', async () => {
    const model = new TwoTower(await trainTwoTower(likes, features, [], hyper, run));
    for (let kind = 0; kind < KINDS; kind++) {
      const scores = new Float64Array(MOVIES);
      model.score(Uint32Array.of(kind, kind + KINDS), scores);
      const best = COLD.reduce((a, b) => (scores[b] > scores[a] ? b : a));
      expect(best % KINDS).toBe(kind);
    }
  });

  test('the same seed gives the same bits, also when the training was interrupted', async () => {
    const whole = await trainTwoTower(likes, features, [], hyper, run);
    const folder = await mkdtemp(join(tmpdir(), 'two-tower-'));
    try {
      const checkpoint = () => new Checkpoint(join(folder, 'state'), 'key', () => new Date(), 0);
      const controller = new AbortController();
      let epochs = 0;
      const progress = {
        start: () => ({ update: () => void (++epochs === 3 && controller.abort(new Error('stopped'))), end: () => undefined }),
      };
      const interrupted = trainTwoTower(likes, features, [], hyper, {
        ...run,
        progress,
        signal: controller.signal,
        checkpoint: checkpoint(),
      });
      await expect(interrupted).rejects.toThrow('stopped');
      const continued = await trainTwoTower(likes, features, [], hyper, { ...run, checkpoint: checkpoint() });
      expect(continued).toEqual(whole);
      expect(await trainTwoTower(likes, features, [], { ...hyper, seed: 2 }, run)).not.toEqual(whole);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('the gradients are the slopes of the loss', () => {
    const d = 4;
    const drawn = new Float64Array(MOVIES).fill(1 / MOVIES);
    const random = seeded(9);
    const fresh = () => {
      const parts = { weights: new Adagrad(KINDS * (d + 1), 1), ids: new Adagrad(MOVIES * (d + 1), 1), matrix: new Adagrad(d * d, 1) };
      return parts;
    };
    const start = fresh();
    for (const { values } of Object.values(start)) for (let p = 0; p < values.length; p++) values[p] = random() - 0.5;
    const lossOf = (shift?: {
      name: 'weights' | 'ids' | 'matrix';
      p: number;
      by: number;
    }): { loss: number; parts: ReturnType<typeof fresh> } => {
      const parts = fresh();
      for (const name of ['weights', 'ids', 'matrix'] as const) parts[name].values.set(start[name].values);
      if (shift !== undefined) parts[shift.name].values[shift.p] += shift.by;
      const histories = [0, 1, 2].map((user) => ({ user, rows: likes.rows.slice(5 * user + 1, 5 * user + 5), weights: [1.5, 1, 1, 0.5] }));
      const loss = takeStep({
        examples: Uint32Array.of(0, 5, 10),
        likes,
        histories,
        x: features,
        ...parts,
        drawn,
        d,
        idDropout: 0,
        regularization: 0,
        random: () => 0.5,
      });
      return { loss, parts };
    };
    const after = lossOf().parts;
    const h = 1e-3;
    for (const name of ['weights', 'ids', 'matrix'] as const) {
      const places = [0, 1, name === 'matrix' ? d + 1 : d, ...(name === 'ids' ? [likes.rows[5] * (d + 1)] : [])];
      for (const p of places) {
        const shifted = (by: number): number => lossOf({ name, p, by }).loss;
        const slope = (shifted(h) - shifted(-h)) / (2 * h);
        // After the first step of Adagrad the sum of squares is the square of the gradient.
        expect(Math.sqrt(after[name].squares[p])).toBeCloseTo(Math.abs(slope), 3);
        if (Math.abs(slope) > 1e-3) expect(Math.sign(start[name].values[p] - after[name].values[p])).toBe(Math.sign(slope));
      }
    }
  });
});
