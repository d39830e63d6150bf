import { type BeyondAccuracy, beyondAccuracy, type Films, PAGE } from './beyond-accuracy.ts';
import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { binaryNdcgAt, recallAt } from './metrics.ts';
import type { Ranker } from './ranker.ts';
import type { HeldOutUser, Split } from './split.ts';

export const METRICS = ['recall@20', 'recall@50', 'ndcg@100', 'ndcg@10'] as const;
export type MetricName = (typeof METRICS)[number];

/** How many likes a model is told; `all` of the fold-in. Whoever has fewer is told all of them, so that the users are the same for every number. */
export const PROFILE_SIZES = ['1', '3', '5', '10', 'all'] as const;
export type ProfileSize = (typeof PROFILE_SIZES)[number];

const DEPTH = 100;
/** A film of a genre is found when it is among so many. */
export const GENRE_DEPTH = 50;

export type Accuracy = Record<MetricName, Interval>;

export interface GenreAccuracy {
  genre: string;
  /** Films of the genre to be found, over all viewers. */
  targets: number;
  /** Share of them among the first 50. */
  found: number;
}

export interface Measured {
  model: string;
  accuracy: Record<ProfileSize, Accuracy>;
  /** NDCG@100 less popularity's, viewer by viewer: it is ahead or behind for certain where the interval does not hold 0. */
  overPopularity: Record<ProfileSize, Interval>;
  beyond: BeyondAccuracy;
  /** Most targets first; empty when genres are not known. */
  byGenre: GenreAccuracy[];
}

/** NDCG@100 of each viewer, by likes given: what the next model is compared with. */
export type Baseline = Record<ProfileSize, Float64Array>;

export interface Measurement {
  measured: Measured;
  ndcg: Baseline;
}

export interface MeasureOptions {
  model: string;
  cases: readonly HeldOutUser[];
  split: Split;
  films: Films;
  genreNames: readonly string[];
  seed: number;
  /** Popularity's; undefined for popularity itself. */
  baseline: Baseline | undefined;
  /** Told how many viewers have been ranked for, over all numbers of likes. */
  progress(done: number): void;
}

/** Asks a ranker for every viewer's list at every number of likes given, 100 deep among all candidates, and measures the lists. */
export function measure(ranker: Ranker, options: MeasureOptions): Measurement {
  const { cases, split, films, seed, model } = options;
  const accuracy = {} as Record<ProfileSize, Accuracy>;
  const overPopularity = {} as Record<ProfileSize, Interval>;
  const ndcg = {} as Baseline;
  let lists: ArrayLike<number>[] = [];
  PROFILE_SIZES.forEach((likes, n) => {
    const told = likes === 'all' ? Number.POSITIVE_INFINITY : Number(likes);
    const values = METRICS.map(() => new Float64Array(cases.length));
    lists = cases.map((viewer, v) => {
      options.progress(n * cases.length + v);
      const candidates = split.candidates.clone();
      for (const row of viewer.excluded) candidates.delete(row);
      const list = ranker.rank(viewer.foldIn.subarray(0, told), candidates, DEPTH);
      accuracyOf(list, viewer.relevant).forEach((value, m) => {
        values[m][v] = value;
      });
      return list;
    });
    accuracy[likes] = Object.fromEntries(METRICS.map((name, m) => [name, bootstrapInterval(values[m], seed)])) as Accuracy;
    ndcg[likes] = values[METRICS.indexOf('ndcg@100')];
    const before = options.baseline?.[likes] ?? ndcg[likes];
    overPopularity[likes] = bootstrapInterval(
      ndcg[likes].map((value, v) => value - before[v]),
      seed,
    );
  });
  const pages = lists.map((list) => Array.from({ length: Math.min(PAGE, list.length) }, (_, n) => list[n]));
  const beyond = beyondAccuracy(cases, pages, films);
  return { measured: { model, accuracy, overPopularity, beyond, byGenre: byGenre(cases, lists, films, options.genreNames) }, ndcg };
}

/** In the order of METRICS. */
function accuracyOf(list: ArrayLike<number>, targets: Uint32Array): number[] {
  const relevant = new Set(targets);
  return [recallAt(20, list, relevant), recallAt(50, list, relevant), binaryNdcgAt(100, list, relevant), binaryNdcgAt(10, list, relevant)];
}

function byGenre(
  cases: readonly HeldOutUser[],
  lists: readonly ArrayLike<number>[],
  { genres }: Films,
  genreNames: readonly string[],
): GenreAccuracy[] {
  if (genres === undefined) return [];
  const targets = new Uint32Array(genreNames.length);
  const found = new Uint32Array(genreNames.length);
  cases.forEach((viewer, v) => {
    const first = new Set(Array.from({ length: Math.min(GENRE_DEPTH, lists[v].length) }, (_, n) => lists[v][n]));
    for (const row of viewer.relevant) {
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
