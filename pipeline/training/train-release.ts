import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { openRelease, readManifest, writeRelease } from '../../src/engine/artifacts/model-release.ts';
import { versionDirectory, writePointer } from '../../src/engine/artifacts/version-store.ts';
import { formatCount, formatDuration, formatMetric, formatSize } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { removeLeftovers, replace, temporaryPathFor } from '../cli/stage.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { withLibraryRatings } from '../data/library-ratings.ts';
import { type DatedLikes, likesOf } from '../data/likes.ts';
import { deleteOldVersions } from '../data/old-versions.ts';
import { readRatings } from '../data/ratings.ts';
import { countEligible } from '../evaluation/split.ts';
import { type ImportedFactors, readImportedFactors, type SparkParameters } from '../models/ials/imported-factors.ts';
import { Checkpoint } from '../models/parallel/checkpoint.ts';
import type { KeptState } from '../models/parallel/kept-state.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { assembleRelease, type FittedContent, fitContent, type HybridTraining } from './build-release.ts';
import { type CarriedFrom, carryModels, publishedModels } from './carry-models.ts';
import { readFeatureConfig } from './feature-config-file.ts';
import { foldIn } from './fold-in.ts';
import { type RatingsModelsConfig, readRatingsModelsConfig, withRerank } from './ratings-models-config.ts';
import { featureCounts, sizeOf } from './release-figures.ts';
import { hashInputs, versionOf } from './release-inputs.ts';
import { RowMap } from './row-map.ts';
import { MIN_USERS, trainHybrid } from './train-hybrid.ts';

export interface TrainOptions {
  catalog: string;
  artifacts: string;
  /** Undefined: the release has a content model only. */
  ratings?: string | undefined;
  /** A file of `npm run db -- training-data`, whose ratings count beside these. Nothing without ratings. */
  library?: string | undefined;
  /** The highest rating of the ratings file. Undefined: 5. */
  scale?: number | undefined;
  /** Item factors trained elsewhere. They need ratings too. */
  factors?: ({ path: string } & SparkParameters) | undefined;
  config: string;
  /** Undefined: pipeline/config/ratings-models.json. */
  ratingsConfig?: string | undefined;
  dataset: string;
  force: boolean;
  /** Trains the learned second look too. */
  rerank?: boolean | undefined;
  /**
   * Takes the ratings models of the published release, when they are of the same ratings, instead of training them. A library is folded into
   * models of the ratings alone, which stay in a folder of their own.
   */
  carryModels?: boolean | undefined;
  /** Keeps the end state of the training in the release, so that a library can be folded in. */
  keepState?: boolean | undefined;
}

/** The folder, in the artifacts folder, of models of the ratings alone. A hidden name: it is no version that can be published. */
const BASE_FOLDER = '.training-base';

/**
 * Trains a release, unless a sound release of the same inputs exists, and returns its manifest.
 * A killed run leaves no half-written release.
 */
export async function trainRelease(options: TrainOptions, context: PipelineContext): Promise<Manifest> {
  const { catalog, artifacts, ratings, library, scale, factors, config: configName, ratingsConfig, dataset, force, rerank } = options;
  const started = context.now().getTime();
  const config = await readFeatureConfig(configName);
  const configured = await readRatingsModelsConfig(ratingsConfig);
  const hyper = rerank === true ? withRerank(configured) : configured;
  const trainedInputs = await hashInputs({ catalog, ratings, library, scale, factors, config, hyper });
  await mkdir(artifacts, { recursive: true });
  const place = { artifacts, dataset, force };
  let target = await targetOf(trainedInputs, place);
  let source =
    options.carryModels === true && !force && target.status !== 'fresh' ? await publishedModels(artifacts, trainedInputs) : undefined;
  const base =
    source === undefined && target.status !== 'fresh' && foldsLibrary(options) && !force
      ? await knownBase(artifacts, trainedInputs)
      : undefined;
  const models = source ?? base;
  // A release that was made of these models is there even when it was never published.
  if (models !== undefined) {
    const made = await targetOf({ ...trainedInputs, models: models.trainedIn }, place);
    if (source !== undefined || made.status === 'fresh') target = made;
  }
  if (target.status === 'fresh') {
    const { directory } = target;
    const manifest = await readManifest(directory);
    context.log(`[fresh] train: ${directory}, ${formatCount(manifest.movieCount)} movies, ${formatSize(sizeOf(manifest))}, nothing to do`);
    return manifest;
  }
  context.log(`[${target.status}] train: ${config.name} config`);
  const movies = await readCatalog(catalog, context);
  if (library !== undefined && ratings === undefined) context.log(`  ${library}: not used, because there are no ratings`);
  context.log(`  ${formatCount(movies.length)} movies read in ${formatDuration(context.now().getTime() - started)}`);
  const content = fitContent(movies, config);
  const run = { threads: availableParallelism(), progress: context.progress, signal: context.signal };
  let carried = source && (await carryModels(source, content, hyper, run));
  if (carried !== undefined) context.log(`  ratings models of ${source?.trainedIn}: the ratings are the same`);
  else if (source !== undefined) target = await targetOf(trainedInputs, place);
  if (carried === undefined && ratings !== undefined && foldsLibrary(options)) {
    source = await baseModels(options, trainedInputs, content, context);
    const read = source && (await readLikes({ ratings, library, scale, factors, content }, context));
    carried = source && read && (await foldIn(source, read.likes, content, hyper, run, read.imported));
    if (source !== undefined && carried !== undefined) {
      context.log(`  ratings models of ${source.trainedIn}, with the library folded in`);
      target = await targetOf({ ...trainedInputs, models: source.trainedIn }, place);
    } else if (source !== undefined) context.log('  the library changes too much to be folded in: a full training');
  }
  const { version, directory, inputs } = target;
  const checkpoints = new Map<string, Checkpoint>();
  const checkpointOf = (model: string): Checkpoint => {
    const checkpoint = new Checkpoint(join(artifacts, `.${version}.${model}.checkpoint`), `${version} ${model}`, context.now);
    checkpoints.set(model, checkpoint);
    return checkpoint;
  };
  const hybrid =
    carried ??
    (ratings === undefined
      ? undefined
      : await trainOnRatings(
          { ratings, library, scale, factors, content, hyper, run, checkpointOf, keepState: options.keepState },
          context,
        ));
  const { about, sections } = assembleRelease(content, { version, dataset, builtAt: context.now(), inputs }, hybrid);
  context.signal.throwIfAborted();
  const temporary = temporaryPathFor(directory);
  const manifest = await writeRelease(temporary, about, sections);
  await replace(temporary, directory);
  for (const checkpoint of checkpoints.values()) await checkpoint.remove();
  const { columns, entries } = featureCounts(manifest);
  context.log(`  ${formatCount(columns)} features, ${formatCount(entries)} entries, ${(entries / movies.length).toFixed(1)} per movie`);
  context.log(`  ${directory}: ${formatSize(sizeOf(manifest))}, ${formatDuration(context.now().getTime() - started)}`);
  return manifest;
}

interface Target {
  inputs: Record<string, string>;
  version: string;
  directory: string;
  status: 'new' | 'stale' | 'fresh';
}

/** The release of these inputs. */
async function targetOf(
  inputs: Record<string, string>,
  { artifacts, dataset, force }: Pick<TrainOptions, 'artifacts' | 'dataset' | 'force'>,
): Promise<Target> {
  const version = versionOf(dataset, inputs);
  const directory = versionDirectory(artifacts, version);
  await removeLeftovers(directory);
  return { inputs, version, directory, status: await statusOf(directory, force) };
}

async function statusOf(directory: string, force: boolean): Promise<'new' | 'stale' | 'fresh'> {
  try {
    await openRelease(directory);
    return force ? 'stale' : 'fresh';
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return 'new';
  }
}

function foldsLibrary({ carryModels, ratings, library }: TrainOptions): boolean {
  return carryModels === true && ratings !== undefined && library !== undefined;
}

/** The models of the ratings alone that are kept for these inputs. */
function knownBase(artifacts: string, { library: _, ...inputs }: Record<string, string>): Promise<CarriedFrom | undefined> {
  return publishedModels(join(artifacts, BASE_FOLDER), inputs);
}

/**
 * Models of the ratings alone, with the state that a fold-in needs. They are trained when there are none of these ratings, or when they do not
 * know movies with many ratings. Undefined when the ratings are too few for models.
 */
async function baseModels(
  options: TrainOptions,
  inputs: Record<string, string>,
  { movies, columns }: FittedContent,
  context: PipelineContext,
): Promise<CarriedFrom | undefined> {
  const artifacts = join(options.artifacts, BASE_FOLDER);
  const known = options.force ? undefined : await knownBase(options.artifacts, inputs);
  if (known !== undefined) {
    const release = await known.open().catch(() => undefined);
    const isKnown =
      release?.has('training.users') === true && new RowMap(release.get('catalog.movieIds', 'i32'), columns.movieIds).knowsRatings(movies);
    if (isKnown) return known;
  }
  context.log('  models of the ratings alone, which later refreshes fold the library into:');
  const { version } = await trainRelease({ ...options, artifacts, library: undefined, carryModels: false, keepState: true }, context);
  const pointer = { version, previous: null, publishedAt: context.now().toISOString() };
  await writePointer(artifacts, pointer);
  await deleteOldVersions(artifacts, pointer, 1);
  return knownBase(options.artifacts, inputs);
}

interface RatingsOptions {
  ratings: string;
  library: string | undefined;
  scale: number | undefined;
  factors: TrainOptions['factors'];
  content: FittedContent;
}

interface RatingsTrainingOptions extends RatingsOptions {
  hyper: RatingsModelsConfig;
  run: TrainingRun;
  checkpointOf: (model: string) => Checkpoint;
  keepState: boolean | undefined;
}

/** Reads the likes of the ratings and of the library, and the imported factors, with a log line for each. */
async function readLikes(
  { ratings, library, scale, factors, content }: RatingsOptions,
  context: PipelineContext,
): Promise<{ likes: DatedLikes; imported: ImportedFactors | undefined }> {
  const { movieIds } = content.columns;
  const imported = factors && (await readImportedFactors(factors.path, movieIds, factors, context));
  if (imported !== undefined) {
    const { rows, unknown, hasVector, parameters } = imported;
    const without = hasVector.length - (rows - unknown);
    context.log(
      `  ${formatCount(rows)} vectors of ${parameters.dimensions} numbers imported; ${formatCount(unknown)} are of movies that are not in the catalog; ${formatCount(without)} movies have no vector`,
    );
  }
  const read = await readRatings(ratings, movieIds, context, scale);
  return { likes: likesOf(library === undefined ? read : await withLibraryRatings(read, library, content.movies, context)), imported };
}

/** Trains the models that need ratings. Undefined, with a log line, when too few users have enough likes. */
async function trainOnRatings(
  { hyper, run, checkpointOf, keepState, ...options }: RatingsTrainingOptions,
  context: PipelineContext,
): Promise<HybridTraining | undefined> {
  const { likes, imported } = await readLikes(options, context);
  const { content } = options;
  const users = countEligible(likes);
  context.log(`  ${formatCount(likes.rows.length)} likes of ${formatCount(likes.users)} users, ${formatCount(users)} with 5 or more`);
  if (users < MIN_USERS) {
    context.log(`  too few users to train on their ratings (${MIN_USERS} needed): content model only`);
    return undefined;
  }
  const state: KeptState = {};
  const keep = keepState === true ? (sections: KeptState) => void Object.assign(state, sections) : undefined;
  const hybrid = await trainHybrid({ content, likes, hyper, run, checkpointOf, imported, keep });
  if (hybrid.validation.users === 0) {
    context.log('  no held-out user can be measured (their other likes are of movies that nobody else likes): content model only');
    return undefined;
  }
  const figures = Object.entries(hybrid.validation.ndcg).map(([size, ndcg]) => `${size}: ${formatMetric(ndcg)}`);
  context.log(`  NDCG@100 of ${formatCount(hybrid.validation.users)} held-out users, by number of known likes: ${figures.join(', ')}`);
  return { ...hybrid, state };
}
