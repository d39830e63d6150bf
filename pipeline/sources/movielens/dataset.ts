import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError, hasCode, usageError } from '../../cli/cli-error.ts';
import { formatDuration } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { removeLeftovers, replace, temporaryPathFor } from '../../cli/stage.ts';
import { fetchArchive } from './archive.ts';
import { unpack } from './unpack.ts';

export interface DatasetOptions {
  readonly raw: string;
  readonly dataset: string;
  readonly movielensUrl: string;
  readonly force: boolean;
}

/** Puts a MovieLens data set into RAW/NAME; does nothing when it is there, wherever it came from. */
export async function ensureDataset({ raw, dataset, movielensUrl, force }: DatasetOptions, effects: PipelineContext): Promise<void> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(dataset)) throw usageError(`download: "${dataset}" is no name of a data set; ml-32m is one`);
  const started = effects.now().getTime();
  const folder = join(raw, dataset);
  await removeLeftovers(folder);
  const present = await exists(folder);
  if (present && !force) {
    effects.log(`[fresh] ${dataset}: ${folder} is there, nothing to fetch`);
    return;
  }
  effects.log(`[${present ? 'stale' : 'missing'}] ${dataset}`);
  const partPath = join(raw, `.${dataset}.zip.part`);
  await fetchArchive(`${movielensUrl.replace(/\/+$/, '')}/${dataset}.zip`, partPath, effects);
  const temporaryFolder = temporaryPathFor(folder);
  try {
    const files = await unpack(partPath, temporaryFolder, dataset, effects.signal);
    if (!files.includes('movies.csv')) {
      throw new CliError(
        `${dataset}: the archive has no movies.csv but ${files.slice(0, 10).join(', ')}; data sets from ml-20m on have it`,
      );
    }
    await replace(temporaryFolder, folder);
    effects.log(`  ${folder}: ${files.length} files, ${formatDuration(effects.now().getTime() - started)}`);
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
  await rm(partPath, { force: true });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
