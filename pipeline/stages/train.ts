import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { openRelease, readManifest, writeRelease } from '../../src/engine/artifacts/model-release.ts';
import { FORMAT_VERSION } from '../../src/engine/artifacts/section-file.ts';
import { versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { type ModelConfig, parseModelConfig } from '../../src/engine/recommender/model-config.ts';
import { parseArguments, positiveNumber } from '../cli/arguments.ts';
import { CliError, usageError } from '../cli/cli-error.ts';
import { formatCount, formatDuration, formatSize } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { removeLeftovers, replace, temporaryPathFor } from '../cli/stage.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { likesOf } from '../data/likes.ts';
import { readRatings } from '../data/ratings.ts';
import { parquetFiles, readImportedFactors, type SparkParameters } from '../models/ials/imported-factors.ts';
import { Checkpoint } from '../models/parallel/checkpoint.ts';
import { assembleRelease, type FittedContent, fitContent, type HybridTraining } from '../training/build-release.ts';
import { type RatingsModelsConfig, readRatingsModelsConfig } from '../training/ratings-models-config.ts';
import { countEligible, MIN_USERS, trainHybrid } from '../training/train-hybrid.ts';

export const help = `train: catalogue -> a versioned set of artifacts

  --catalogue FILE   merged catalogue (CSV), from merge
  --artifacts DIR    where the set goes, as DIR/VERSION
  --ratings FILE     people's ratings (userId, movieId, rating; CSV, CSV.gz or Parquet), to learn taste from: makes the set a hybrid
  --factors FILE     with --ratings: item factors trained elsewhere, instead of iALS (Parquet file or folder, as Spark's ALS writes)
  --factors-alpha N, --factors-regularization N   its alpha and regParam   (1 and 0.1, Spark's own)
  --config NAME      default, reference, or a JSON file   (default)
  --ratings-config FILE  hyper-parameters of what learns from ratings   (pipeline/config/ratings-models.json)
  --name NAME        the data set's name, shown by catalog.dataset   (the file's name)
  --force            train even when the set is there already

The version is made from the inputs: the same catalogue, ratings and config give the same version. Training on ratings that is interrupted goes on where it was.
`;

export interface TrainOptions {
  catalogue: string;
  artifacts: string;
  /** Undefined: content alone. */
  ratings?: string | undefined;
  /** Item factors trained elsewhere; they need ratings beside them. */
  factors?: ({ path: string } & SparkParameters) | undefined;
  config: string;
  /** Undefined: the one that ships with the project. */
  ratingsConfig?: string | undefined;
  dataset: string;
  force: boolean;
}

/** To be raised when the same catalogue and config give another set. */
const TRAIN_VERSION = 3;

export async function run(args: string[], effects: PipelineContext): Promise<void> {
  const values = parseArguments('train', args, {
    catalogue: { type: 'string', required: true },
    artifacts: { type: 'string', required: true },
    ratings: { type: 'string' },
    factors: { type: 'string' },
    'factors-alpha': { type: 'string' },
    'factors-regularization': { type: 'string' },
    config: { type: 'string' },
    'ratings-config': { type: 'string' },
    name: { type: 'string' },
    force: { type: 'boolean' },
  });
  const alpha = positiveNumber('train', 'factors-alpha', values['factors-alpha']);
  const regularization = positiveNumber('train', 'factors-regularization', values['factors-regularization']);
  const { factors: path } = values;
  if (path === undefined && (alpha ?? regularization) !== undefined)
    throw usageError('train: --factors-alpha and --factors-regularization say nothing without --factors');
  if (path !== undefined && values.ratings === undefined)
    throw usageError('train: --factors needs --ratings too: EASE, popularity and the weights are learned from them');
  await train(
    {
      catalogue: values.catalogue,
      artifacts: values.artifacts,
      ratings: values.ratings,
      factors: path === undefined ? undefined : { path, alpha: alpha ?? 1, regularization: regularization ?? 0.1 },
      config: values.config ?? 'default',
      ratingsConfig: values['ratings-config'],
      dataset: values.name ?? basename(values.catalogue).replace(/\.csv(\.gz)?$/, ''),
      force: values.force,
    },
    effects,
  );
}

/** Trains the set unless a sound one of the same inputs is there; returns its manifest. Nothing half-written is left when it is killed. */
export async function train(
  { catalogue, artifacts, ratings, factors, config: configName, ratingsConfig, dataset, force }: TrainOptions,
  effects: PipelineContext,
): Promise<Manifest> {
  const started = effects.now().getTime();
  const config = await readConfig(configName);
  const hyper = await readRatingsModelsConfig(ratingsConfig);
  const inputs: Record<string, string> = {
    catalogue: await hashOf(catalogue, 'catalogue; make one with "npm run pipeline -- merge"'),
    config: sha256(JSON.stringify(config)),
    ...(factors !== undefined && { factors: await hashOfFactors(factors) }),
    ...(ratings !== undefined && { ratings: await hashOf(ratings, 'ratings file'), ratingsModels: sha256(JSON.stringify(hyper)) }),
  };
  const version = `${slug(dataset)}-${sha256(JSON.stringify([TRAIN_VERSION, FORMAT_VERSION, dataset, inputs])).slice(0, 10)}`;
  const directory = versionDirectory(artifacts, version);
  await mkdir(artifacts, { recursive: true });
  await removeLeftovers(directory);

  const status = await statusOf(directory, force);
  if (status === 'fresh') {
    const manifest = await readManifest(directory);
    effects.log(`[fresh] train: ${directory}, ${formatCount(manifest.movieCount)} movies, ${formatSize(sizeOf(manifest))}, nothing to do`);
    return manifest;
  }
  effects.log(`[${status}] train: ${config.name} config`);
  const movies = await readCatalog(catalogue, effects);
  effects.log(`  ${formatCount(movies.length)} movies read in ${formatDuration(effects.now().getTime() - started)}`);
  const content = fitContent(movies, config);
  const origin = { version, dataset, builtAt: effects.now(), inputs };
  const checkpoints = new Map<string, Checkpoint>();
  const checkpointOf = (model: string): Checkpoint => {
    const checkpoint = new Checkpoint(join(artifacts, `.${version}.${model}.checkpoint`), `${version} ${model}`, effects.now);
    checkpoints.set(model, checkpoint);
    return checkpoint;
  };
  const learned = ratings === undefined ? undefined : await learn({ ratings, factors, content, hyper, checkpointOf }, effects);
  const { about, sections } = assembleRelease(content, origin, learned);
  effects.signal.throwIfAborted();
  const temporary = temporaryPathFor(directory);
  const manifest = await writeRelease(temporary, about, sections);
  await replace(temporary, directory);
  for (const checkpoint of checkpoints.values()) await checkpoint.remove();
  const { columns, entries } = featureCounts(manifest);
  effects.log(`  ${formatCount(columns)} features, ${formatCount(entries)} entries, ${(entries / movies.length).toFixed(1)} a movie`);
  effects.log(`  ${directory}: ${formatSize(sizeOf(manifest))}, ${formatDuration(effects.now().getTime() - started)}`);
  return manifest;
}

interface LearnOptions {
  ratings: string;
  factors: TrainOptions['factors'];
  content: FittedContent;
  hyper: RatingsModelsConfig;
  checkpointOf: (model: string) => Checkpoint;
}

/** The ratings models; undefined, and said so, when too few people rated. */
async function learn(
  { ratings, factors, content, hyper, checkpointOf }: LearnOptions,
  effects: PipelineContext,
): Promise<HybridTraining | undefined> {
  const { movieIds } = content.columns;
  const given = factors && (await readImportedFactors(factors.path, movieIds, factors, effects));
  if (given !== undefined) {
    const { rows, unknown, isGiven, parameters } = given;
    effects.log(
      `  ${formatCount(rows)} vectors of ${parameters.dimensions} numbers given; ${formatCount(unknown)} of them of films that the catalogue does not have, ${formatCount(isGiven.length - (rows - unknown))} films without one`,
    );
  }
  const likes = likesOf(await readRatings(ratings, movieIds, effects));
  const people = countEligible(likes);
  effects.log(`  ${formatCount(likes.rows.length)} likes of ${formatCount(likes.users)} people, ${formatCount(people)} with 5 or more`);
  if (people < MIN_USERS) {
    effects.log(`  too few to learn taste from, ${MIN_USERS} are needed: content alone`);
    return undefined;
  }
  const run = { threads: availableParallelism(), progress: effects.progress, signal: effects.signal };
  const learned = await trainHybrid({ content, likes, hyper, run, checkpointOf, given });
  const figures = Object.entries(learned.validation.ndcg).map(([told, ndcg]) => `${told}: ${formatMetric(ndcg)}`);
  effects.log(`  NDCG@100 of ${formatCount(learned.validation.users)} people kept from the models, by likes told: ${figures.join(', ')}`);
  return learned;
}

/** Four decimals, never rounded up. */
export function formatMetric(figure: number): string {
  return (Math.floor(figure * 1e4) / 1e4).toFixed(4);
}

/** Bytes of a set's sections. */
export function sizeOf(manifest: Manifest): number {
  return Object.values(manifest.sections).reduce((sum, section) => sum + section.bytes, 0);
}

export function featureCounts(manifest: Manifest): { columns: number; entries: number } {
  return { columns: manifest.sections['features.names.offsets'].count - 1, entries: manifest.sections['features.values'].count };
}

/** A config that ships with the project, by name, or one from a file. */
export async function readConfig(name: string): Promise<ModelConfig> {
  const path = /^[a-z]+$/.test(name) ? new URL(`../config/${name}.json`, import.meta.url) : name;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CliError(`--config ${name}: expected default, reference or a file that can be read`, { exitCode: 2, cause });
  }
  try {
    return parseModelConfig(JSON.parse(text), `config ${name}`);
  } catch (cause) {
    throw new CliError(
      cause instanceof SyntaxError
        ? `config ${name}: is not JSON (${cause.message})`
        : String(cause instanceof Error ? cause.message : cause),
      { cause },
    );
  }
}

async function statusOf(directory: string, force: boolean): Promise<'missing' | 'stale' | 'fresh'> {
  try {
    await openRelease(directory);
    return force ? 'stale' : 'fresh';
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return 'missing';
  }
}

async function hashOf(path: string, what: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new CliError(`${path}: there is no such ${what}`, { cause });
  }
  return hash.digest('hex');
}

async function hashOfFactors({ path, alpha, regularization }: NonNullable<TrainOptions['factors']>): Promise<string> {
  const files = await parquetFiles(path);
  const hashes = await Promise.all(files.map((file) => hashOf(file, 'file of factors')));
  return sha256(JSON.stringify([alpha, regularization, hashes]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'set'
  );
}
