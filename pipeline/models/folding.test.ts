import { describe, expect, test } from 'vitest';
import { FactorModel, type FactorParameters } from '../../src/engine/recommender/collaborative/factor-model.ts';
import type { ItemItemModel } from '../../src/engine/recommender/collaborative/item-item-model.ts';
import { silentProgress } from '../cli/progress.ts';
import { type DatedLikes, likesOf, selectLikes } from '../data/likes.ts';
import { seeded } from '../data/random.ts';
import { foldIntoEase } from './ease/ease-folding.ts';
import { type EaseParameters, trainEase } from './ease/ease-trainer.ts';
import { foldIntoIals } from './ials/ials-folding.ts';
import { type IalsParameters, ialsFactors } from './ials/ials-trainer.ts';
import type { KeptState } from './parallel/kept-state.ts';
import type { TrainingRun } from './parallel/training-run.ts';

const MOVIES = 200;
const USERS = 400;
const VIEWERS = 30;
const alone: TrainingRun = { threads: 0, progress: silentProgress, signal: new AbortController().signal };

/**
 * Two groups of users: one likes even movies, one odd movies, with a few exceptions. The last 30 users are viewers of a library. Only they
 * rate movies from 190 on.
 */
function likesWhere(viewersRate: (movie: number) => boolean): DatedLikes {
  const random = seeded(3);
  const rows: number[] = [];
  const halfStars: number[] = [];
  const offsets = new Uint32Array(USERS + 1);
  for (let user = 0; user < USERS; user++) {
    const isViewer = user >= USERS - VIEWERS;
    for (let movie = 0; movie < MOVIES; movie++) {
      if (isViewer ? !viewersRate(movie) : movie >= 190) continue;
      if (random() >= (movie % 2 === user % 2 ? 0.5 : 0.1)) continue;
      rows.push(movie);
      halfStars.push(random() < 0.7 ? 9 : 1 + Math.floor(7 * random()));
    }
    offsets[user + 1] = rows.length;
  }
  return likesOf({
    users: USERS,
    userIds: Uint32Array.from({ length: USERS }, (_, user) => user),
    movieIds: Array.from({ length: MOVIES }, (_, row) => row + 1),
    offsets,
    rows: Uint32Array.from(rows),
    halfStars: Uint8Array.from(halfStars),
    times: undefined,
    viewers: VIEWERS,
  });
}

const together = likesWhere((movie) => (movie >= 30 && movie < 60) || (movie >= 190 && movie < 195));
const everyone = Uint32Array.from({ length: USERS }, (_, user) => user);
const usersOf = (all: DatedLikes): DatedLikes => selectLikes(all, everyone.subarray(0, USERS - VIEWERS), () => true);
const viewersOf = (all: DatedLikes): DatedLikes => selectLikes(all, everyone.subarray(USERS - VIEWERS), () => true);
const alike = usersOf(together);
const viewers = viewersOf(together);

const ease: EaseParameters = {
  minLikes: 1,
  maxMovies: MOVIES,
  regularization: 20,
  dropout: 0.5,
  ratingWeights: { neutral: 0.5, negative: 0.25 },
  userWeightExponent: 0.5,
  neighbours: MOVIES,
};
const ials: IalsParameters = {
  minLikes: 1,
  maxMovies: MOVIES,
  embeddingSize: 16,
  epochs: 12,
  unobservedWeight: 0.1,
  regularization: 0.02,
  regularizationExponent: 1,
  ratingWeights: { neutral: 0.7, negative: 0.4 },
  initStd: 0.1,
  seed: 1,
};

async function keptBy(train: (run: TrainingRun) => Promise<unknown>): Promise<KeptState> {
  let kept: KeptState = {};
  await train({
    ...alone,
    keep: (state) => {
      kept = state;
    },
  });
  return kept;
}

function dense(model: ItemItemModel): Float64Array {
  const { rowOffsets, columnIndices, values } = model.toRows();
  const all = new Float64Array(MOVIES * MOVIES);
  for (let row = 0; row < MOVIES; row++)
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) all[row * MOVIES + columnIndices[p]] = values[p];
  return all;
}

function largest(numbers: Float64Array): number {
  return numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

async function foldedEase(parameters: EaseParameters, run = alone, into = viewers): Promise<ItemItemModel> {
  const { items, inverse, scale } = await keptBy((keeping) => trainEase(alike, MOVIES, parameters, keeping));
  const trained = { items: Int32Array.from(items), inverse: Float32Array.from(inverse), scale: scale[0] };
  return foldIntoEase(trained, into, MOVIES, parameters, run);
}

describe('EASE with viewers folded in', () => {
  test.each([
    ['as in a release', ease],
    ['for few likes', { ...ease, dropout: 20, userWeightExponent: 1 }],
    ['plain', { ...ease, dropout: 0, userWeightExponent: 0, ratingWeights: { neutral: 0, negative: 0 } }],
  ])('has the weights of a full training, within 0.0001 of the largest: %s', async (_, parameters) => {
    const full = dense(await trainEase(together, MOVIES, parameters, alone));
    const folded = dense(await foldedEase(parameters));
    const before = dense(await trainEase(alike, MOVIES, parameters, alone));
    const difference = (a: Float64Array): number => largest(a.map((value, p) => value - full[p])) / largest(full);
    expect(difference(folded)).toBeLessThan(1e-4);
    // The viewers do change weights.
    expect(difference(before)).toBeGreaterThan(1e-2);
  });

  test('does not depend on threads, and without viewers is as it was', async () => {
    expect(dense(await foldedEase(ease, { ...alone, threads: 2 }))).toEqual(dense(await foldedEase(ease)));
    const nobody = selectLikes(viewers, new Uint32Array(0), () => true);
    expect(dense(await foldedEase(ease, alone, nobody))).toEqual(dense(await trainEase(alike, MOVIES, ease, alone)));
  });

  test('takes no more movies than the config allows', async () => {
    const limited = { ...ease, maxMovies: 192 };
    const { items, inverse, scale } = await keptBy((run) => trainEase(alike, MOVIES, limited, run));
    expect(items).toHaveLength(190);
    const model = await foldIntoEase(
      { items: Int32Array.from(items), inverse: Float32Array.from(inverse), scale: scale[0] },
      viewers,
      MOVIES,
      limited,
      alone,
    );
    expect(model.items.filter((row) => row >= 190)).toHaveLength(2);
  });
});

describe('iALS with viewers folded in', () => {
  const triedInto = async (all: DatedLikes): Promise<FactorParameters | undefined> => {
    const { userFactors, items, itemFactors } = await keptBy((run) => ialsFactors(usersOf(all), MOVIES, ials, run));
    const itemOf = new Map([...items].map((row, item) => [row, item]));
    const itemFactor = (row: number): Float32Array | undefined => {
      const item = itemOf.get(row);
      return item === undefined ? undefined : Float32Array.from(itemFactors.subarray(item * 16, item * 16 + 16));
    };
    return foldIntoIals({ userFactors: Float32Array.from(userFactors), itemFactor }, all, MOVIES, ials, alone);
  };

  const foldedInto = async (all: DatedLikes): Promise<FactorParameters> => {
    const folded = await triedInto(all);
    if (folded === undefined) throw new Error('not folded in');
    return folded;
  };

  test('gives viewers the scores of a full training, as closely as another start of that training does', async () => {
    const all = likesWhere((movie) => movie < 190);
    const scores = (parameters: FactorParameters): Float64Array => scoresOf(FactorModel.of(parameters), viewersOf(all));
    const full = scores(await ialsFactors(all, MOVIES, ials, alone));
    const otherStart = scores(await ialsFactors(all, MOVIES, { ...ials, seed: 2 }, alone));
    const folded = scores(await foldedInto(all));
    expect(correlation(folded, full)).toBeGreaterThan(correlation(otherStart, full) - 0.02);
  });

  test('is as close while a twentieth of the ratings of viewers is of movies that nobody else rates, and gives up beyond', async () => {
    const unknownShare = (all: DatedLikes): number => {
      const { rows, lowerRatings } = viewersOf(all);
      const rated = [...rows, ...(lowerRatings?.rows ?? [])];
      return rated.filter((row) => row >= 190).length / rated.length;
    };
    const few = likesWhere((movie) => movie < 199);
    expect(unknownShare(few)).toBeGreaterThan(0.04);
    expect(unknownShare(few)).toBeLessThan(0.05);
    const scores = (parameters: FactorParameters): Float64Array => scoresOf(FactorModel.of(parameters), viewersOf(few));
    const full = scores(await ialsFactors(few, MOVIES, ials, alone));
    const otherStart = scores(await ialsFactors(few, MOVIES, { ...ials, seed: 2 }, alone));
    expect(correlation(scores(await foldedInto(few)), full)).toBeGreaterThan(correlation(otherStart, full) - 0.02);
    const more = likesWhere((movie) => movie >= 20);
    expect(unknownShare(more)).toBeGreaterThan(0.05);
    expect(unknownShare(more)).toBeLessThan(0.06);
    expect(await triedInto(more)).toBeUndefined();
    // Nothing but their own movies.
    expect(await triedInto(likesWhere((movie) => movie >= 190))).toBeUndefined();
  });

  test('solves for the movies that viewers have an opinion of, and for no other', async () => {
    const some = likesWhere((movie) => (movie >= 30 && movie < 130) || (movie >= 190 && movie < 193));
    const folded = await foldedInto(some);
    const before = await ialsFactors(alike, MOVIES, ials, alone);
    expect(folded.factors.subarray(0, 30 * 16)).toEqual(before.factors.subarray(0, 30 * 16));
    expect(folded.factors.subarray(130 * 16, 190 * 16)).toEqual(before.factors.subarray(130 * 16, 190 * 16));
    for (const movie of [30, 129, 190, 192]) {
      const [now, then] = [folded, before].map(({ factors }) => factors.subarray(movie * 16, movie * 16 + 16));
      expect(Math.max(...now.map((value, f) => Math.abs(value - then[f])))).toBeGreaterThan(0.01);
    }
  });
});

/** Scores of all movies for each viewer. */
function scoresOf(model: FactorModel, viewers: DatedLikes): Float64Array {
  const all = new Float64Array(VIEWERS * MOVIES);
  for (let user = 0; user < viewers.users; user++)
    model.score(viewers.rows.subarray(viewers.offsets[user], viewers.offsets[user + 1]), all.subarray(user * MOVIES, (user + 1) * MOVIES));
  return all;
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (numbers: Float64Array): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, p) => {
    ab += (value - meanA) * (b[p] - meanB);
    aa += (value - meanA) ** 2;
    bb += (b[p] - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
