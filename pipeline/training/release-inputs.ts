import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { FORMAT_VERSION } from '../../src/engine/artifacts/section-file.ts';
import type { ModelConfig } from '../../src/engine/recommender/model-config.ts';
import { CliError } from '../cli/cli-error.ts';
import { parquetFiles, type SparkParameters } from '../models/ials/imported-factors.ts';
import { fingerprintText, type RatingsModelsConfig } from './ratings-models-config.ts';

/** Raise this when the same catalog and config produce another release. */
const TRAIN_VERSION = 5;

export interface ReleaseInputs {
  catalog: string;
  ratings?: string | undefined;
  library?: string | undefined;
  scale?: number | undefined;
  factors?: ({ path: string } & SparkParameters) | undefined;
  config: ModelConfig;
  hyper: RatingsModelsConfig;
}

/** SHA-256 of each input, under the keys that `manifest.inputs` stores. The keys are part of the version, so they never change. */
export async function hashInputs({
  catalog,
  ratings,
  library,
  scale,
  factors,
  config,
  hyper,
}: ReleaseInputs): Promise<Record<string, string>> {
  return {
    catalogue: await hashOf(catalog, 'catalog; make one with "npm run pipeline -- merge"'),
    config: sha256(JSON.stringify(config)),
    ...(factors !== undefined && { factors: await hashOfFactors(factors) }),
    ...(scale !== undefined && { scale: String(scale) }),
    ...(ratings !== undefined && { ratings: await hashOf(ratings, 'ratings file'), ratingsModels: sha256(fingerprintText(hyper)) }),
    ...(ratings !== undefined && library !== undefined && { library: await hashOf(library, 'file of training data') }),
  };
}

/** Name of the release of these inputs: the same inputs give the same name. */
export function versionOf(dataset: string, inputs: Readonly<Record<string, string>>): string {
  return `${slug(dataset)}-${sha256(JSON.stringify([TRAIN_VERSION, FORMAT_VERSION, dataset, inputs])).slice(0, 10)}`;
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

async function hashOfFactors({ path, alpha, regularization }: NonNullable<ReleaseInputs['factors']>): Promise<string> {
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
