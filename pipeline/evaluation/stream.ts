import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { CliError } from '../cli/cli-error.ts';
import type { DatedLikes } from '../data/likes.ts';
import { meanOf } from '../data/mean.ts';
import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { binaryNdcgAt } from './metrics.ts';
import type { Ranker } from './ranker.ts';

/** A moment at which somebody is asked what to recommend: after so many likes, in the order of their times. */
export interface Question {
  userId: number;
  /** Time of the last known like, in seconds since 1970. */
  time: number;
  known: Uint32Array;
  /** When each of `known` was liked. */
  knownTimes: Uint32Array;
  /** The next likes, ascending. */
  relevant: Uint32Array;
}

/** How models are kept fresh. */
export interface Freshness {
  name: string;
  /** What is made once, before the first question. Its time is not that of a model. */
  prepare?(): Promise<unknown>;
  /** The model that is there at a time. Calls come with ascending times. */
  at(time: number): Promise<Ranker>;
}

export interface FreshnessFigures {
  name: string;
  ndcg: number;
  /** Difference to the first strategy, with the interval over users. */
  gain: Interval;
  /** Models that were made, and the seconds of processor time of each. */
  models: number;
  cpuSeconds: number;
  /** Seconds of processor time of what is made once before; 0 when nothing is, or when an earlier strategy made it. */
  preparedCpuSeconds: number;
}

/** The first question comes after so many likes. */
const FIRST_LIKES = 5;
/** Likes from one question to the next, which are what it should find. */
const NEXT_LIKES = 10;
const DEPTH = 100;

/** The questions of a stream from one time to before another, in the order of their times. */
export function questionsOf({ users, userIds, offsets, rows, times }: DatedLikes, from: number, to: number): Question[] {
  if (times === undefined) throw new CliError('a stream needs ratings with timestamps, and this file has no column timestamp');
  const questions: Question[] = [];
  for (let user = 0; user < users; user++) {
    const order = Array.from({ length: offsets[user + 1] - offsets[user] }, (_, n) => offsets[user] + n);
    order.sort((a, b) => times[a] - times[b] || rows[a] - rows[b]);
    for (let count = FIRST_LIKES; count < order.length; count += NEXT_LIKES) {
      const time = times[order[count - 1]];
      if (time < from || time >= to) continue;
      const known = Uint32Array.from(order.slice(0, count), (p) => rows[p]);
      const relevant = Uint32Array.from(order.slice(count, count + NEXT_LIKES), (p) => rows[p]).sort();
      const knownTimes = Uint32Array.from(order.slice(0, count), (p) => times[p]);
      questions.push({ userId: userIds[user], time, known, knownTimes, relevant });
    }
  }
  return questions.sort((a, b) => a.time - b.time || a.userId - b.userId);
}

/** Asks every question of each strategy. Each question knows all likes so far, whenever the model was made. */
export async function measureFreshness(
  strategies: readonly Freshness[],
  questions: readonly Question[],
  movies: number,
  seed: number,
  cpuSeconds: () => number,
  progress: (done: number) => void,
): Promise<FreshnessFigures[]> {
  const figures: FreshnessFigures[] = [];
  let first: Float64Array | undefined;
  let done = 0;
  for (const { name, prepare, at } of strategies) {
    const ndcg = new Float64Array(questions.length);
    const before = cpuSeconds();
    await prepare?.();
    const preparedCpuSeconds = cpuSeconds() - before;
    let seconds = 0;
    const made = new Set<Ranker>();
    for (const [n, { time, known, knownTimes, relevant }] of questions.entries()) {
      const begun = cpuSeconds();
      const ranker = await at(time);
      seconds += cpuSeconds() - begun;
      made.add(ranker);
      const candidates = Bitset.full(movies);
      for (const row of known) candidates.delete(row);
      ndcg[n] = binaryNdcgAt(DEPTH, ranker.rank(known, candidates, DEPTH, knownTimes), new Set(relevant));
      progress(++done);
    }
    first ??= ndcg;
    const gain = bootstrapInterval(gainsOfUsers(questions, ndcg, first), seed);
    figures.push({ name, ndcg: meanOf([...ndcg]), gain, models: made.size, cpuSeconds: seconds / made.size, preparedCpuSeconds });
  }
  return figures;
}

/** Mean difference for each user: the questions of one user are not independent. */
function gainsOfUsers(questions: readonly Question[], ndcg: Float64Array, first: Float64Array): Float64Array {
  const byUser = Map.groupBy(questions.keys(), (n) => questions[n].userId);
  return Float64Array.from(byUser.values(), (places) => meanOf(places.map((n) => ndcg[n] - first[n])));
}

export function freshnessTable(figures: readonly FreshnessFigures[]): string {
  const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
  const rows = figures.map(
    ({ name, ndcg, gain, models, cpuSeconds, preparedCpuSeconds }, n) =>
      `| ${name} | ${ndcg.toFixed(4)} | ${n === 0 ? '' : `${signed(gain.mean)} (${signed(gain.low)} to ${signed(gain.high)})`} | ${models} | ${cpuSeconds.toFixed(2)} s | ${preparedCpuSeconds.toFixed(2)} s |`,
  );
  return [
    '| model made | NDCG@100 | difference by person | models | processor time of one | before the first |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
