import type { Validation } from '../../src/engine/artifacts/manifest.ts';
import { Recommender } from '../../src/engine/recommender/recommender.ts';
import type { DatedLikes } from '../data/likes.ts';
import { meanOf } from '../data/mean.ts';
import { PROFILE_SIZES } from '../evaluation/measure.ts';
import { binaryNdcgAt } from '../evaluation/metrics.ts';
import { ServedRanker } from '../evaluation/ranker.ts';
import { countEligible, type Split } from '../evaluation/split.ts';
import { splitStrongly } from '../evaluation/strong-generalisation.ts';
import type { ImportedFactors } from '../models/ials/imported-factors.ts';
import type { Checkpoint } from '../models/parallel/checkpoint.ts';
import type { KeptState } from '../models/parallel/kept-state.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import type { FittedContent, HybridTraining } from './build-release.ts';
import { knownLikes, trainRatingsModels, withBlend } from './hybrid.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { withSecondLook } from './second-look.ts';
import { servedPopularity } from './served-popularity.ts';

/** Minimum number of users with enough likes. With fewer users the models do not generalise. */
export const MIN_USERS = 50;

const SEED = 1;
const MAX_VALIDATION_USERS = 1000;
/** When validation takes more than this share of the users, the models are trained again on all users. */
const MAX_HELD_OUT_SHARE = 0.01;
const DEPTH = 100;

export interface TrainHybridOptions {
  /** Content of all movies that the likes refer to. */
  content: Pick<FittedContent, 'fitted' | 'model' | 'movies'>;
  likes: DatedLikes;
  hyper: RatingsModelsConfig;
  run: TrainingRun;
  /** Checkpoint of a model's training, by the name of the model. */
  checkpointOf: (model: string) => Checkpoint | undefined;
  /** Item factors trained elsewhere, in place of iALS. */
  imported?: ImportedFactors | undefined;
  /** Takes sections with the end state of the models, so that a library can be folded in. */
  keep?: ((sections: KeptState) => void) | undefined;
}

/**
 * Trains the ratings models of a release and chooses their blend weights. A tenth of the users, at most 1,000, are held out: the weights
 * are chosen and the served ranking is measured on them. When they are more than 1 % of the users, the models are then trained again on
 * all users and keep these weights.
 */
export async function trainHybrid({
  content,
  likes,
  hyper,
  run,
  checkpointOf,
  imported,
  keep,
}: TrainHybridOptions): Promise<HybridTraining> {
  const { fitted, model } = content;
  const eligible = countEligible(likes);
  const count = Math.min(MAX_VALIDATION_USERS, Math.floor(eligible / 10));
  const noUsers: DatedLikes = {
    users: 0,
    userIds: new Uint32Array(0),
    offsets: new Uint32Array(1),
    rows: new Uint32Array(0),
    times: undefined,
  };
  const split = splitStrongly(likes, fitted.matrix.rows, count, SEED, noUsers);
  const areFinal = count <= MAX_HELD_OUT_SHARE * eligible;
  keep?.({ 'training.users': areFinal ? split.training.likes.userIds : likes.userIds });
  const { likes: training } = split.training;
  const models = await trainRatingsModels(
    training,
    content,
    hyper,
    run,
    (name) => checkpointOf(`${name}-1`),
    imported,
    areFinal ? keep : undefined,
  );
  const blended = await withBlend(models, model, split.validation, split.popularity, hyper, run);
  const collaborative = withSecondLook(blended, content, split.validation, split.popularity, hyper, run);
  const validation = validate(new Recommender({ ...model, collaborative }), split, run);
  // Weights and validation are about movies that people could rate, so the prior of newer movies comes after them.
  const known = knownLikes(likes, fitted.matrix.rows, imported);
  const served = { popularity: servedPopularity(content, known), likeCounts: known };
  if (areFinal) return { collaborative: { ...collaborative, ...served }, validation };
  const ofAllUsers = await trainRatingsModels(likes, content, hyper, run, (name) => checkpointOf(`${name}-2`), imported, keep);
  return { collaborative: { ...collaborative, ...ofAllUsers, ...served }, validation };
}

/** NDCG@100 on the validation users for profiles of 1, 3, 5, 10 and all fold-in likes, among all movies with a like in training. */
function validate(recommender: Recommender, { validation, candidates }: Split, { progress }: TrainingRun): Validation {
  const ranker = new ServedRanker(recommender);
  const task = progress.start({ label: 'validation', total: PROFILE_SIZES.length * validation.length, unit: 'lists' });
  let lists = 0;
  const ndcg = PROFILE_SIZES.map((size): [string, number] => {
    const known = size === 'all' ? Number.POSITIVE_INFINITY : Number(size);
    const figures = validation.map((user) => {
      const allowed = candidates.clone();
      for (const row of user.excluded) allowed.delete(row);
      task.update(lists++);
      return binaryNdcgAt(DEPTH, ranker.rank(user.foldIn.subarray(0, known), allowed, DEPTH), new Set(user.relevant));
    });
    return [size, meanOf(figures)];
  });
  task.end();
  return { protocol: `strong generalisation, validation users, seed ${SEED}`, users: validation.length, ndcg: Object.fromEntries(ndcg) };
}
