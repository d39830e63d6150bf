import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ArtifactError } from '../../src/artifacts/artifact-error.ts';
import { openSet, readManifest, writeSet } from '../../src/artifacts/artifact-set.ts';
import type { Manifest } from '../../src/artifacts/manifest.ts';
import { FORMAT_VERSION } from '../../src/artifacts/section-file.ts';
import { versionDirectory } from '../../src/artifacts/version-store.ts';
import { type FeatureConfig, parseFeatureConfig } from '../../src/features/feature-config.ts';
import { parseArguments } from '../arguments.ts';
import { buildSet } from '../build-set.ts';
import { readCatalogue } from '../catalogue-csv.ts';
import { CliError } from '../cli-error.ts';
import type { Effects } from '../effects.ts';
import { formatCount, formatDuration, formatSize } from '../format.ts';
import { removeLeftovers, replace, temporaryPathFor } from '../stage.ts';

export const help = `train: catalogue -> a versioned set of artifacts

  --catalogue FILE   merged catalogue (CSV), from merge
  --artifacts DIR    where the set goes, as DIR/VERSION
  --config NAME      default, reference, or a JSON file   (default)
  --name NAME        the data set's name, shown by catalog.dataset   (the file's name)
  --force            train even when the set is there already

The version is made from the catalogue and the config: the same inputs give the same version.
`;

export interface TrainOptions {
  catalogue: string;
  artifacts: string;
  config: string;
  dataset: string;
  force: boolean;
}

/** To be raised when the same catalogue and config give another set. */
const TRAIN_VERSION = 1;

export async function run(args: string[], effects: Effects): Promise<void> {
  const values = parseArguments('train', args, {
    catalogue: { type: 'string', required: true },
    artifacts: { type: 'string', required: true },
    config: { type: 'string' },
    name: { type: 'string' },
    force: { type: 'boolean' },
  });
  await train(
    {
      catalogue: values.catalogue,
      artifacts: values.artifacts,
      config: values.config ?? 'default',
      dataset: values.name ?? basename(values.catalogue).replace(/\.csv(\.gz)?$/, ''),
      force: values.force,
    },
    effects,
  );
}

/** Trains the set unless a sound one of the same inputs is there; returns its manifest. Nothing half-written is left when it is killed. */
export async function train(
  { catalogue, artifacts, config: configName, dataset, force }: TrainOptions,
  effects: Effects,
): Promise<Manifest> {
  const started = effects.now().getTime();
  const config = await readConfig(configName);
  const inputs = { catalogue: await hashOf(catalogue), config: sha256(JSON.stringify(config)) };
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
  const movies = await readCatalogue(catalogue, effects);
  effects.log(`  ${formatCount(movies.length)} movies read in ${formatDuration(effects.now().getTime() - started)}`);
  const { about, sections } = buildSet(movies, config, { version, dataset, builtAt: effects.now(), inputs });
  effects.signal.throwIfAborted();
  const temporary = temporaryPathFor(directory);
  const manifest = await writeSet(temporary, about, sections);
  await replace(temporary, directory);
  const { columns, entries } = featureCounts(manifest);
  effects.log(`  ${formatCount(columns)} features, ${formatCount(entries)} entries, ${(entries / movies.length).toFixed(1)} a movie`);
  effects.log(`  ${directory}: ${formatSize(sizeOf(manifest))}, ${formatDuration(effects.now().getTime() - started)}`);
  return manifest;
}

/** Bytes of a set's sections. */
export function sizeOf(manifest: Manifest): number {
  return Object.values(manifest.sections).reduce((sum, section) => sum + section.bytes, 0);
}

export function featureCounts(manifest: Manifest): { columns: number; entries: number } {
  return { columns: manifest.sections['features.names.offsets'].count - 1, entries: manifest.sections['features.values'].count };
}

/** A config that ships with the project, by name, or one from a file. */
export async function readConfig(name: string): Promise<FeatureConfig> {
  const path = /^[a-z]+$/.test(name) ? new URL(`../config/${name}.json`, import.meta.url) : name;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CliError(`--config ${name}: expected default, reference or a file that can be read`, { exitCode: 2, cause });
  }
  try {
    return parseFeatureConfig(JSON.parse(text), `config ${name}`);
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
    await openSet(directory);
    return force ? 'stale' : 'fresh';
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return 'missing';
  }
}

async function hashOf(path: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch (cause) {
    throw new CliError(`${path}: there is no such catalogue; make one with "npm run pipeline -- merge"`, { cause });
  }
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
