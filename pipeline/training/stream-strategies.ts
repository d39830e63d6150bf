import { type DatedLikes, selectLikes } from '../data/likes.ts';
import { trainingSet } from '../data/training-set.ts';
import { type Ranker, ScoreRanker, type Scores } from '../evaluation/ranker.ts';
import type { Freshness } from '../evaluation/stream.ts';
import { foldIntoEase, type TrainedEase } from '../models/ease/ease-folding.ts';
import { type EaseParameters, trainEase } from '../models/ease/ease-trainer.ts';
import type { KeptState } from '../models/parallel/kept-state.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { decayedLikes, PopularityScorer } from '../models/popularity/popularity.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

export interface StreamOptions {
  likes: DatedLikes;
  movies: number;
  /** Seconds since 1970: the stream begins and ends here. */
  from: number;
  to: number;
  ease: EaseParameters;
  run: TrainingRun;
}

/**
 * EASE and popularity, made once before the stream, each day and each hour. In `folded in each hour`, the people who like something in the
 * stream are folded into a model of all others, as refresh does with viewers.
 */
export function streamStrategies(options: StreamOptions): Freshness[] {
  const { likes, movies, from, to, ease, run } = options;
  const everyone = Uint32Array.from({ length: likes.users }, (_, user) => user);
  const before = (time: number, users = everyone): DatedLikes => selectLikes(likes, users, (_, liked) => liked < time);
  const easeAt = async (time: number): Promise<Scores> => trainEase(before(time), movies, ease, run);
  const popularityAt = async (time: number): Promise<Scores> =>
    new PopularityScorer(decayedLikes(trainingSet(before(time), movies, 0), Number.POSITIVE_INFINITY));
  const isActive = (user: number): boolean => {
    for (let p = likes.offsets[user]; p < likes.offsets[user + 1]; p++) {
      const time = likes.times?.[p] ?? 0;
      if (time >= from && time < to) return true;
    }
    return false;
  };
  const active = everyone.filter(isActive);
  const others = before(
    from,
    everyone.filter((user) => !isActive(user)),
  );
  let trained: Promise<TrainedEase> | undefined;
  const foldedAt = async (time: number): Promise<Scores> => {
    trained ??= trainedEase(others, movies, ease, run);
    return foldIntoEase(await trained, before(time, active), movies, ease, run);
  };
  const every = (seconds: number) => (time: number) => Math.max(from, time - (time % seconds));
  const once = () => from;
  const strategies: [string, (time: number) => number, (time: number) => Promise<Scores>][] = [
    ['EASE, once', once, easeAt],
    ['EASE, each day', every(DAY), easeAt],
    ['EASE, each hour', every(HOUR), easeAt],
    ['EASE, folded in each hour', every(HOUR), foldedAt],
    ['popularity, once', once, popularityAt],
    ['popularity, each hour', every(HOUR), popularityAt],
  ];
  return strategies.map(([name, madeAt, make]) => ({ name, at: latest(madeAt, make, movies) }));
}

/** Keeps the latest model until another one is due. */
function latest(
  madeAt: (time: number) => number,
  make: (time: number) => Promise<Scores>,
  movies: number,
): (time: number) => Promise<Ranker> {
  let current: { at: number; ranker: Ranker } | undefined;
  return async (time) => {
    const at = madeAt(time);
    if (current?.at !== at) current = { at, ranker: new ScoreRanker(await make(at), movies) };
    return current.ranker;
  };
}

async function trainedEase(likes: DatedLikes, movies: number, ease: EaseParameters, run: TrainingRun): Promise<TrainedEase> {
  let kept: KeptState = {};
  const keep = (state: KeptState): void => {
    kept = state;
  };
  await trainEase(likes, movies, ease, { ...run, keep });
  return { items: Int32Array.from(kept.items), inverse: Float32Array.from(kept.inverse), scale: kept.scale[0] };
}
