import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import type { ModelConfig } from '../../src/engine/recommender/model-config.ts';
import { type DatedLikes, selectLikes } from '../data/likes.ts';
import { trainingSet } from '../data/training-set.ts';
import { type Ranker, ScoreRanker, type Scores } from '../evaluation/ranker.ts';
import type { Freshness } from '../evaluation/stream.ts';
import { foldIntoEase, type TrainedEase } from '../models/ease/ease-folding.ts';
import { type EaseParameters, trainEase } from '../models/ease/ease-trainer.ts';
import type { KeptState } from '../models/parallel/kept-state.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { decayedLikes, PopularityScorer } from '../models/popularity/popularity.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { hybridStream } from './stream-hybrid.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

export interface StreamOptions {
  likes: DatedLikes;
  movies: number;
  /** Seconds since 1970: the stream begins and ends here. */
  from: number;
  to: number;
  ease: EaseParameters;
  /** The catalog whose rows the likes have, for the hybrid. Undefined: it is not measured. */
  hybrid?: { catalog: readonly CatalogRow[]; config: ModelConfig; hyper: RatingsModelsConfig } | undefined;
  run: TrainingRun;
}

/**
 * EASE and popularity, made once before the stream, each day and each hour. In `folded in each hour`, the people who like something in the
 * stream are folded into a model of all others, as refresh does with viewers. With a catalog also the hybrid, see hybridStream.
 */
export function streamStrategies(options: StreamOptions): Freshness[] {
  const { likes, movies, from, to, ease, hybrid, run } = options;
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
  const trained = once(() => trainedEase(others, movies, ease, run));
  const foldedAt = async (time: number): Promise<Scores> => foldIntoEase(await trained(), before(time, active), movies, ease, run);
  const scores = (make: (time: number) => Promise<Scores>) => async (time: number) => new ScoreRanker(await make(time), movies);
  const every = (seconds: number) => (time: number) => Math.max(from, time - (time % seconds));
  const never = () => from;
  const strategies: Strategy[] = [
    { name: 'EASE, once', madeAt: never, make: scores(easeAt) },
    { name: 'EASE, each day', madeAt: every(DAY), make: scores(easeAt) },
    { name: 'EASE, each hour', madeAt: every(HOUR), make: scores(easeAt) },
    { name: 'EASE, folded in each hour', prepare: trained, madeAt: every(HOUR), make: scores(foldedAt) },
    { name: 'popularity, once', madeAt: never, make: scores(popularityAt) },
    { name: 'popularity, each hour', madeAt: every(HOUR), make: scores(popularityAt) },
  ];
  if (hybrid !== undefined) {
    const { prepare, make } = hybridStream({ ...hybrid, before, from, run });
    strategies.push(
      { name: 'hybrid, once', prepare, madeAt: never, make },
      { name: 'hybrid, each day', prepare, madeAt: every(DAY), make },
      { name: 'hybrid, each hour', prepare, madeAt: every(HOUR), make },
    );
  }
  return strategies.map(({ name, prepare, madeAt, make }) => ({ name, ...(prepare && { prepare }), at: latest(madeAt, make) }));
}

interface Strategy {
  name: string;
  prepare?: () => Promise<unknown>;
  /** When the model of a time is made. */
  madeAt: (time: number) => number;
  make: (time: number) => Promise<Ranker>;
}

/** Keeps the latest model until another one is due. */
function latest(madeAt: (time: number) => number, make: (time: number) => Promise<Ranker>): (time: number) => Promise<Ranker> {
  let current: { at: number; ranker: Ranker } | undefined;
  return async (time) => {
    const at = madeAt(time);
    if (current?.at !== at) current = { at, ranker: await make(at) };
    return current.ranker;
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
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
