import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { openRelease, readManifest } from '../../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { indexArray } from '../../src/engine/linalg/csr.ts';
import { CoLikesModel } from '../../src/engine/recommender/collaborative/co-likes-model.ts';
import { FactorModel } from '../../src/engine/recommender/collaborative/factor-model.ts';
import { ItemItemModel } from '../../src/engine/recommender/collaborative/item-item-model.ts';
import { readHybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { withColdFactors } from '../models/cold-start/cold-factors.ts';
import { voteFeaturesOf } from '../models/cold-start/vote-features.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import type { FittedContent, HybridTraining } from './build-release.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { servedPopularity } from './served-popularity.ts';

/** Models are trained again when they do not know movies that have more than this share of the ratings. */
const MAX_UNKNOWN_SHARE = 0.01;
/** Inputs that the ratings models are made from. */
const MODEL_INPUTS = ['ratings', 'library', 'ratingsModels', 'scale', 'factors', 'config'] as const;

/** The published release, when its ratings models are those that the same ratings would give. */
export interface CarriedFrom {
  manifest: Manifest;
  directory: string;
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
    return { manifest, directory, trainedIn: manifest.inputs.models ?? manifest.version };
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
  { manifest, directory }: CarriedFrom,
  content: FittedContent,
  hyper: RatingsModelsConfig,
  { progress }: TrainingRun,
): Promise<HybridTraining | undefined> {
  const release = await openRelease(directory);
  const models = readHybridModel(release);
  if (models?.likeCounts === undefined || manifest.validation === undefined) return undefined;
  const { movies, fitted } = content;
  const rows = new RowMap(release.get('catalog.movieIds', 'i32'), content.columns.movieIds);
  let ratings = 0;
  let unknown = 0;
  movies.forEach(({ ratingCount }, row) => {
    ratings += ratingCount;
    if (rows.before[row] < 0) unknown += ratingCount;
  });
  if (unknown > MAX_UNKNOWN_SHARE * ratings) return undefined;
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

/** Where the movies of one catalog are in another. Both are in ascending order of movieId, so the order of rows stays. */
class RowMap {
  /** The former row of each row; -1: a movie that was not there. */
  readonly before: Int32Array;
  /** The row of each former row; -1: a movie that is gone. */
  readonly #after: Int32Array;

  constructor(before: Int32Array, after: Int32Array) {
    const rowOf = new Map([...after].map((movieId, row) => [movieId, row]));
    this.#after = Int32Array.from(before, (movieId) => rowOf.get(movieId) ?? -1);
    this.before = new Int32Array(after.length).fill(-1);
    this.#after.forEach((row, old) => {
      if (row >= 0) this.before[row] = old;
    });
  }

  movedNumbers(numbers: Float32Array): Float32Array {
    return Float32Array.from(this.before, (old) => (old < 0 ? 0 : numbers[old]));
  }

  moved(model: ItemItemModel): ItemItemModel {
    const weights = model.toRows();
    const rows = this.before.length;
    const rowOffsets = new Uint32Array(rows + 1);
    const columnIndices = indexArray(rows, weights.values.length);
    const values = new Float32Array(weights.values.length);
    let q = 0;
    for (let row = 0; row < rows; row++) {
      const old = this.before[row];
      const [start, end] = old < 0 ? [0, 0] : [weights.rowOffsets[old], weights.rowOffsets[old + 1]];
      for (let p = start; p < end; p++) {
        const column = this.#after[weights.columnIndices[p]];
        if (column < 0) continue;
        columnIndices[q] = column;
        values[q++] = weights.values[p];
      }
      rowOffsets[row + 1] = q;
    }
    return ItemItemModel.ofRows({ rows, columns: rows, rowOffsets, columnIndices: columnIndices.slice(0, q), values: values.slice(0, q) });
  }
}
