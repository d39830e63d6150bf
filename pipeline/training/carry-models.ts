import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { type ModelRelease, openRelease, readManifest } from '../../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { CoLikesModel } from '../../src/engine/recommender/collaborative/co-likes-model.ts';
import { FactorModel } from '../../src/engine/recommender/collaborative/factor-model.ts';
import { readHybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { withColdFactors } from '../models/cold-start/cold-factors.ts';
import { voteFeaturesOf } from '../models/cold-start/vote-features.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import type { FittedContent, HybridTraining } from './build-release.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { RowMap } from './row-map.ts';
import { servedPopularity } from './served-popularity.ts';

/** Inputs that the ratings models are made from. */
const MODEL_INPUTS = ['ratings', 'library', 'ratingsModels', 'scale', 'factors', 'config'] as const;

/** The published release, when its ratings models are those that the same ratings would give. */
export interface CarriedFrom {
  manifest: Manifest;
  /** Opens the release, once: to read and to verify it takes long. */
  open(): Promise<ModelRelease>;
  /** The version in which these models were trained. */
  trainedIn: string;
}

/** Undefined when the published release has no ratings models, or has models of other ratings, configs or of an older form. */
export async function publishedModels(artifacts: string, inputs: Readonly<Record<string, string>>): Promise<CarriedFrom | undefined> {
  if (inputs.ratings === undefined) return undefined;
  try {
    const pointer = await readPointer(artifacts);
    if (pointer === null) return undefined;
    const directory = versionDirectory(artifacts, pointer.version);
    const manifest = await readManifest(directory);
    const isSame = MODEL_INPUTS.every((name) => manifest.inputs[name] === inputs[name]);
    if (!isSame || manifest.validation === undefined || manifest.sections['taste.likes'] === undefined) return undefined;
    let opened: Promise<ModelRelease> | undefined;
    const open = (): Promise<ModelRelease> => {
      opened ??= openRelease(directory);
      return opened;
    };
    return { manifest, open, trainedIn: manifest.inputs.models ?? manifest.version };
  } catch {
    // Without a sound release there is nothing to carry over.
    return undefined;
  }
}

/**
 * The ratings models of a published release for another catalog, without training: weights and vectors move to the rows of their movies.
 * Movies without likes get vectors from their features, as after training. Popularity is computed anew. Undefined when the models do not know movies that
 * have many of the ratings.
 */
export async function carryModels(
  { manifest, open }: CarriedFrom,
  content: FittedContent,
  hyper: RatingsModelsConfig,
  { progress }: TrainingRun,
): Promise<HybridTraining | undefined> {
  const release = await open();
  const models = readHybridModel(release);
  if (models?.likeCounts === undefined || manifest.validation === undefined) return undefined;
  const { movies, fitted } = content;
  const rows = new RowMap(release.get('catalog.movieIds', 'i32'), content.columns.movieIds);
  if (!rows.knowsRatings(movies)) return undefined;
  const likeCounts = Uint32Array.from(rows.before, (old) => (old < 0 ? 0 : (models.likeCounts?.[old] ?? 0)));
  const { dimensions } = models.factors.foldIn;
  const factors = new Float32Array(movies.length * dimensions);
  rows.before.forEach((old, row) => {
    if (likeCounts[row] > 0) models.factors.writeVector(old, factors.subarray(row * dimensions, (row + 1) * dimensions));
  });
  const cold = { ...hyper.coldFactors, shrinkage: 0 };
  const task = progress.start({ label: 'cold movies', total: cold.iterations, unit: 'steps' });
  const trained = { ...models.factors.foldIn, factors };
  const withCold = withColdFactors(trained, fitted.matrix, likeCounts, cold, voteFeaturesOf(movies), (step) => task.update(step));
  task.end();
  const { coLikes } = models;
  return {
    validation: manifest.validation,
    collaborative: {
      ...models,
      ease: rows.moved(models.ease),
      sparseProfileEase: rows.moved(models.sparseProfileEase),
      factors: FactorModel.of(withCold),
      popularity: servedPopularity(content, likeCounts),
      coLikes: coLikes && new CoLikesModel(rows.moved(coLikes.weights), rows.movedNumbers(coLikes.prior), rows.movedNumbers(coLikes.share)),
      likeCounts,
      secondLook: models.secondLook && { ...models.secondLook, years: content.columns.years },
    },
  };
}
