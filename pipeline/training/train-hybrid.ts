import type { Validation } from '../../src/engine/artifacts/manifest.ts';
import { Recommender } from '../../src/engine/recommender/recommender.ts';
import type { DatedLikes, Likes } from '../data/likes.ts';
import { PROFILE_SIZES } from '../evaluation/measure.ts';
import { binaryNdcgAt, meanOf } from '../evaluation/metrics.ts';
import { ServedRanker } from '../evaluation/ranker.ts';
import { MIN_LIKES, type Split } from '../evaluation/split.ts';
import { splitStrongly } from '../evaluation/strong-generalisation.ts';
import type { ImportedFactors } from '../models/ials/imported-factors.ts';
import type { Checkpoint } from '../models/parallel/checkpoint.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import type { FittedContent, HybridTraining } from './build-release.ts';
import { trainRatingsModels, withBlend } from './hybrid.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';

/** With fewer people whose taste is known there is nothing to learn that would hold for others. */
export const MIN_USERS = 50;

const SEED = 1;
const MAX_VALIDATION_USERS = 1000;
/** Of the people, in validation: with more the models are trained once more, on everybody. */
const SPARED_SHARE = 0.01;
const DEPTH = 100;

export interface TrainHybridOptions {
  /** Of every movie that the likes may be of. */
  content: Pick<FittedContent, 'fitted' | 'model' | 'movies'>;
  likes: DatedLikes;
  hyper: RatingsModelsConfig;
  run: TrainingRun;
  /** Where the training of a model can be taken up again. */
  checkpointOf: (model: string) => Checkpoint | undefined;
  /** Movies' vectors trained elsewhere, instead of iALS. */
  given?: ImportedFactors | undefined;
}

/** People who can be asked about. */
export function countEligible({ users, offsets }: Likes): number {
  let count = 0;
  for (let user = 0; user < users; user++) if (offsets[user + 1] - offsets[user] >= MIN_LIKES) count++;
  return count;
}

/**
 * The ratings models of a set. A tenth of the people, at most 1,000, are kept from the models first: on them the weights are chosen and the
 * result, as it will be served, is measured. Where they are more than 1 % the models are then trained again on everybody, with those weights.
 */
export async function trainHybrid({ content, likes, hyper, run, checkpointOf, given }: TrainHybridOptions): Promise<HybridTraining> {
  const { fitted, model } = content;
  const eligible = countEligible(likes);
  const count = Math.min(MAX_VALIDATION_USERS, Math.floor(eligible / 10));
  const nobody: DatedLikes = {
    users: 0,
    userIds: new Uint32Array(0),
    offsets: new Uint32Array(1),
    rows: new Uint32Array(0),
    times: undefined,
  };
  const split = splitStrongly(likes, fitted.matrix.rows, count, SEED, nobody);
  const models = await trainRatingsModels(split.training.likes, content, hyper, run, (name) => checkpointOf(`${name}-1`), given);
  const taste = withBlend(models, model, split.validation, hyper, run);
  const validation = validate(new Recommender({ ...model, collaborative: taste }), split, run);
  if (count <= SPARED_SHARE * eligible) return { collaborative: taste, validation };
  const everybody = await trainRatingsModels(likes, content, hyper, run, (name) => checkpointOf(`${name}-2`), given);
  return { collaborative: { ...taste, ...everybody }, validation };
}

/** NDCG@100 of the validation users, told 1, 3, 5, 10 or all of their likes, among all films that a training user likes. */
function validate(recommender: Recommender, { validation, candidates }: Split, { progress }: TrainingRun): Validation {
  const ranker = new ServedRanker(recommender);
  const task = progress.start({ label: 'validation', total: PROFILE_SIZES.length * validation.length, unit: 'lists' });
  let lists = 0;
  const ndcg = PROFILE_SIZES.map((given): [string, number] => {
    const told = given === 'all' ? Number.POSITIVE_INFINITY : Number(given);
    const figures = validation.map((viewer) => {
      const shown = candidates.clone();
      for (const row of viewer.excluded) shown.delete(row);
      task.update(lists++);
      return binaryNdcgAt(DEPTH, ranker.rank(viewer.foldIn.subarray(0, told), shown, DEPTH), new Set(viewer.relevant));
    });
    return [given, meanOf(figures)];
  });
  task.end();
  return { protocol: `strong generalisation, validation users, seed ${SEED}`, users: validation.length, ndcg: Object.fromEntries(ndcg) };
}
