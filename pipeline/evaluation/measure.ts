import { meanOf } from '../data/mean.ts';
import { type BeyondAccuracy, beyondAccuracy, type MeasuredMovies, PAGE } from './beyond-accuracy.ts';
import { bootstrapInterval, type Interval } from './bootstrap.ts';
import type { CoLikers } from './co-likers.ts';
import { binaryNdcgAt, ndcgAt, recallAt, weightedRecallAt } from './metrics.ts';
import { type PageFigures, pageFigures } from './page-figures.ts';
import { targetWeights } from './popularity-strata.ts';
import type { Ranker } from './ranker.ts';
import type { HeldOutUser, Split } from './split.ts';

export const METRICS = ['recall@20', 'recall@50', 'ndcg@100', 'ndcg@10', 'stratified-recall@20', 'stratified-ndcg@100'] as const;
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
  /** Stratified NDCG@100 for other values of β than BETA. With β = 0 it is NDCG@100. */
  byBeta: { beta: number; ndcg: Record<ProfileSize, number> }[];
  /** The first pages, by profile size. */
  pages: Record<ProfileSize, PageFigures>;
  beyond: BeyondAccuracy;
  /** Genre with the most relevant movies first. Empty when genres are not known. */
  byGenre: GenreAccuracy[];
}

const BETAS = [0, 0.25, 0.75, 1];

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
  /** The training users, for lift. */
  coLikers: CoLikers;
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
  let firstPages: number[][] = [];
  const pages = {} as Record<ProfileSize, PageFigures>;
  const byBeta = BETAS.map((beta) => ({ beta, ndcg: {} as Record<ProfileSize, number> }));
  PROFILE_SIZES.forEach((size, n) => {
    const known = size === 'all' ? Number.POSITIVE_INFINITY : Number(size);
    const values = METRICS.map(() => new Float64Array(cases.length));
    lists = cases.map((user, v) => {
      options.progress(n * cases.length + v);
      const candidates = split.candidates.clone();
      for (const row of user.excluded) candidates.delete(row);
      const list = ranker.rank(user.foldIn.subarray(0, known), candidates, DEPTH, user.foldInTimes?.subarray(0, known));
      accuracyOf(list, user.relevant, movies.popularity).forEach((value, m) => {
        values[m][v] = value;
      });
      return list;
    });
    accuracy[size] = Object.fromEntries(METRICS.map((name, m) => [name, bootstrapInterval(perUser(cases, values[m]), seed)])) as Accuracy;
    for (const { beta, ndcg: ofSize } of byBeta)
      ofSize[size] = meanOf(cases.map((user, v) => ndcgAt(DEPTH, lists[v], targetWeights(user.relevant, movies.popularity, beta))));
    ndcg[size] = perUser(cases, values[METRICS.indexOf('ndcg@100')]);
    const before = options.baseline?.[size] ?? ndcg[size];
    overPopularity[size] = bootstrapInterval(
      ndcg[size].map((value, v) => value - before[v]),
      seed,
    );
    firstPages = lists.map((list) => Array.from({ length: Math.min(PAGE, list.length) }, (_, place) => list[place]));
    const told = cases.map(({ foldIn }) => foldIn.subarray(0, known));
    pages[size] = pageFigures({
      cases,
      told,
      pages: firstPages,
      popularity: movies.popularity,
      candidates: split.candidates,
      coLikers: options.coLikers,
    });
  });
  const beyond = beyondAccuracy(cases, firstPages, movies);
  return {
    measured: { model, accuracy, overPopularity, byBeta, pages, beyond, byGenre: byGenre(cases, lists, movies, options.genreNames) },
    ndcg,
  };
}

/** In the order of METRICS. */
function accuracyOf(list: ArrayLike<number>, relevantRows: Uint32Array, popularity: Uint32Array): number[] {
  const relevant = new Set(relevantRows);
  const weights = targetWeights(relevantRows, popularity);
  return [
    recallAt(20, list, relevant),
    recallAt(50, list, relevant),
    binaryNdcgAt(100, list, relevant),
    binaryNdcgAt(10, list, relevant),
    weightedRecallAt(20, list, weights),
    ndcgAt(100, list, weights),
  ];
}

/** Mean of the values of each user's cases, in the order of the first of them: with several shuffles a user has several. */
function perUser(cases: readonly HeldOutUser[], values: Float64Array): Float64Array {
  const ofUser = new Map<number, number[]>();
  cases.forEach(({ userId }, v) => {
    const list = ofUser.get(userId);
    if (list === undefined) ofUser.set(userId, [values[v]]);
    else list.push(values[v]);
  });
  return Float64Array.from(ofUser.values(), (list) => meanOf(list));
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
