import { readHybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { type DatedLikes, selectLikes } from '../data/likes.ts';
import { foldIntoEase, IndefiniteChangeError, type TrainedEase } from '../models/ease/ease-folding.ts';
import { foldIntoIals, type TrainedIals } from '../models/ials/ials-folding.ts';
import { ialsFactors } from '../models/ials/ials-trainer.ts';
import type { ImportedFactors } from '../models/ials/imported-factors.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import type { FittedContent, HybridTraining } from './build-release.ts';
import type { CarriedFrom } from './carry-models.ts';
import { knownLikes, summedModels } from './hybrid.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { RowMap } from './row-map.ts';
import { servedPopularity } from './served-popularity.ts';

/** The work grows with the third power of the movies that viewers know, on one core. Beyond this many a full training takes less. */
const MAX_KNOWN_MOVIES = 4_000;

/**
 * The ratings models of a data set and of the viewers of a library, from models that were trained on the data set alone and kept their
 * state. EASE, co-likes and popularity are those of a full training; iALS solves for the viewers and for the movies that they have an opinion
 * of, or is trained in full when viewers rate much that nobody else does. Blend weights, the second look and the figures are those of the data set, whose people they are chosen and measured on.
 *
 * Undefined when they have to be trained in full: viewers know too many movies, or change the models too much for the precision of 32 bits.
 */
export async function foldIn(
  { manifest, open }: CarriedFrom,
  likes: DatedLikes,
  content: FittedContent,
  hyper: RatingsModelsConfig,
  run: TrainingRun,
  imported: ImportedFactors | undefined,
): Promise<HybridTraining | undefined> {
  const release = await open();
  const models = readHybridModel(release);
  if (models === undefined || manifest.validation === undefined) return undefined;
  const movies = content.movies.length;
  const rows = new RowMap(release.get('catalog.movieIds', 'i32'), content.columns.movieIds);
  const trainedUsers = new Map([...release.get('training.users', 'u32')].map((userId, user) => [userId, user]));
  const firstViewer = likes.users - (likes.viewers ?? 0);
  const everyone = Uint32Array.from({ length: likes.users }, (_, user) => user);
  const training = selectLikes(
    likes,
    everyone.filter((user) => user >= firstViewer || trainedUsers.has(likes.userIds[user])),
    () => true,
  );
  const viewers = selectLikes(likes, everyone.subarray(firstViewer), () => true);
  if (moviesOf(viewers) > MAX_KNOWN_MOVIES) return undefined;
  const easeOf = (model: 'ease' | 'fewLikes'): TrainedEase => ({
    items: Int32Array.from(release.get(`training.${model}.items`, 'u32'), (row) => rows.after[row]),
    inverse: release.get(`training.${model}.inverse`, 'f32'),
    scale: release.get(`training.${model}.scale`, 'f64')[0],
  });
  const ease = await unlessTooLarge(foldIntoEase(easeOf('ease'), viewers, movies, hyper.ease, run));
  const sparseProfileEase = await unlessTooLarge(foldIntoEase(easeOf('fewLikes'), viewers, movies, hyper.sparseProfileEase, run));
  if (ease === undefined || sparseProfileEase === undefined) return undefined;
  const ials = { ...hyper.ials, ...hyper.hybrid };
  const trainedIals = (): TrainedIals => {
    const { embeddingSize } = ials;
    const vectors = release.get('training.ials.userFactors', 'f32');
    const userFactors = new Float32Array((training.users - viewers.users) * embeddingSize);
    for (let user = 0; user < training.users - viewers.users; user++) {
      const trained = trainedUsers.get(training.userIds[user]) ?? 0;
      userFactors.set(vectors.subarray(trained * embeddingSize, (trained + 1) * embeddingSize), user * embeddingSize);
    }
    const itemOf = new Map([...release.get('training.ials.items', 'u32')].map((row, item) => [row, item]));
    const itemFactors = release.get('training.ials.itemFactors', 'f32');
    return {
      userFactors,
      itemFactor(row) {
        const item = itemOf.get(rows.before[row]);
        return item === undefined ? undefined : itemFactors.subarray(item * embeddingSize, (item + 1) * embeddingSize);
      },
    };
  };
  const factors =
    imported?.parameters ??
    (await foldIntoIals(trainedIals(), training, movies, ials, run)) ??
    (await ialsFactors(training, movies, ials, run));
  const summed = await summedModels(training, content, factors, knownLikes(training, movies, imported), hyper, run, imported);
  const known = knownLikes(likes, movies, imported);
  return {
    validation: manifest.validation,
    collaborative: {
      ...models,
      ...summed,
      ease,
      sparseProfileEase,
      popularity: servedPopularity(content, known),
      likeCounts: known,
      secondLook: models.secondLook && { ...models.secondLook, years: content.columns.years },
    },
  };
}

/** How many movies the viewers have an opinion of. */
function moviesOf({ rows, lowerRatings }: DatedLikes): number {
  return new Set([...rows, ...(lowerRatings?.rows ?? [])]).size;
}

async function unlessTooLarge<T>(model: Promise<T>): Promise<T | undefined> {
  try {
    return await model;
  } catch (error) {
    if (error instanceof IndefiniteChangeError) return undefined;
    throw error;
  }
}
