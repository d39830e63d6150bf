import { type BeyondAccuracy, beyondAccuracy, type MeasuredMovies, PAGE } from './beyond-accuracy.ts';
import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { binaryNdcgAt, recallAt } from './metrics.ts';
import type { Ranker } from './ranker.ts';
import type { HeldOutUser, Split } from './split.ts';

export const METRICS = ['recall@20', 'recall@50', 'ndcg@100', 'ndcg@10'] as const;
export type MetricName = (typeof METRICS)[number];

/** Number of fold-in likes that a model knows. With fewer likes it knows all of them, so that the users are the same for every size. */
export const PROFILE_SIZES = ['1', '3', '5', '10', 'all'] as const;
export type ProfileSize = (typeof PROFILE_SIZES)[number];

const DEPTH = 100;
/** A relevant movie counts as found for its genres when it is among this many. */
export const GENRE_DEPTH = 50;

export type Accuracy = Record<MetricName, Interval>;

export interface GenreAccuracy {
  genre: string;
  /** Relevant movies of the genre, over all users. */
  targets: number;
  /** Share of them among the first 50. */
  found: number;
}

export interface Measured {
  model: string;
  accuracy: Record<ProfileSize, Accuracy>;
  /** NDCG@100 minus popularity's, user by user. The difference is significant when the interval does not contain 0. */
  overPopularity: Record<ProfileSize, Interval>;
  beyond: BeyondAccuracy;
  /** Genre with the most relevant movies first. Empty when genres are not known. */
  byGenre: GenreAccuracy[];
}

/** NDCG@100 of each user, by profile size: the baseline of the other models. */
export type Baseline = Record<ProfileSize, Float64Array>;

export interface Measurement {
  measured: Measured;
  ndcg: Baseline;
}

export interface MeasureOptions {
  model: string;
  cases: readonly HeldOutUser[];
  split: Split;
  movies: MeasuredMovies;
  genreNames: readonly string[];
  seed: number;
  /** Undefined for the baseline itself. */
  baseline: Baseline | undefined;
  /** Receives the number of finished lists, over all profile sizes. */
  progress(done: number): void;
}

/** Gets a list of 100 movies for every user and profile size from a ranker, and measures the lists. */
export function measure(ranker: Ranker, options: MeasureOptions): Measurement {
  const { cases, split, movies, seed, model } = options;
  const accuracy = {} as Record<ProfileSize, Accuracy>;
  const overPopularity = {} as Record<ProfileSize, Interval>;
  const ndcg = {} as Baseline;
  let lists: ArrayLike<number>[] = [];
  PROFILE_SIZES.forEach((size, n) => {
    const known = size === 'all' ? Number.POSITIVE_INFINITY : Number(size);
    const values = METRICS.map(() => new Float64Array(cases.length));
    lists = cases.map((user, v) => {
      options.progress(n * cases.length + v);
      const candidates = split.candidates.clone();
      for (const row of user.excluded) candidates.delete(row);
      const list = ranker.rank(user.foldIn.subarray(0, known), candidates, DEPTH);
      accuracyOf(list, user.relevant).forEach((value, m) => {
        values[m][v] = value;
      });
      return list;
    });
    accuracy[size] = Object.fromEntries(METRICS.map((name, m) => [name, bootstrapInterval(values[m], seed)])) as Accuracy;
    ndcg[size] = values[METRICS.indexOf('ndcg@100')];
    const before = options.baseline?.[size] ?? ndcg[size];
    overPopularity[size] = bootstrapInterval(
      ndcg[size].map((value, v) => value - before[v]),
      seed,
    );
  });
  const pages = lists.map((list) => Array.from({ length: Math.min(PAGE, list.length) }, (_, n) => list[n]));
  const beyond = beyondAccuracy(cases, pages, movies);
  return { measured: { model, accuracy, overPopularity, beyond, byGenre: byGenre(cases, lists, movies, options.genreNames) }, ndcg };
}

/** In the order of METRICS. */
function accuracyOf(list: ArrayLike<number>, relevantRows: Uint32Array): number[] {
  const relevant = new Set(relevantRows);
  return [recallAt(20, list, relevant), recallAt(50, list, relevant), binaryNdcgAt(100, list, relevant), binaryNdcgAt(10, list, relevant)];
}

function byGenre(
  cases: readonly HeldOutUser[],
  lists: readonly ArrayLike<number>[],
  { genres }: MeasuredMovies,
  genreNames: readonly string[],
): GenreAccuracy[] {
  if (genres === undefined) return [];
  const targets = new Uint32Array(genreNames.length);
  const found = new Uint32Array(genreNames.length);
  cases.forEach((user, v) => {
    const first = new Set(Array.from({ length: Math.min(GENRE_DEPTH, lists[v].length) }, (_, n) => lists[v][n]));
    for (const row of user.relevant) {
      for (const genre of genres[row]) {
        targets[genre]++;
        if (first.has(row)) found[genre]++;
      }
    }
  });
  return genreNames
    .map((genre, g) => ({ genre, targets: targets[g], found: targets[g] === 0 ? 0 : found[g] / targets[g] }))
    .filter((entry) => entry.targets > 0)
    .sort((a, b) => b.targets - a.targets || (a.genre < b.genre ? -1 : 1));
}
