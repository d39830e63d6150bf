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

/** Downloads a MovieLens data set into RAW/NAME. Does nothing when the folder exists. */
export async function ensureDataset({ raw, dataset, movielensUrl, force }: DatasetOptions, context: PipelineContext): Promise<void> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(dataset))
    throw usageError(`download: "${dataset}" is not a data set name; an example is ml-32m`);
  const started = context.now().getTime();
  const folder = join(raw, dataset);
  await removeLeftovers(folder);
  const present = await exists(folder);
  if (present && !force) {
    context.log(`[fresh] ${dataset}: ${folder} exists, nothing to download`);
    return;
  }
  context.log(`[${present ? 'stale' : 'missing'}] ${dataset}`);
  const partPath = join(raw, `.${dataset}.zip.part`);
  await fetchArchive(`${movielensUrl.replace(/\/+$/, '')}/${dataset}.zip`, partPath, context);
  const temporaryFolder = temporaryPathFor(folder);
  try {
    const files = await unpack(partPath, temporaryFolder, dataset, context.signal);
    if (!files.includes('movies.csv')) {
      throw new CliError(
        `${dataset}: no movies.csv in the archive (found ${files.slice(0, 10).join(', ')}); use ml-20m or a later data set`,
      );
    }
    await replace(temporaryFolder, folder);
    context.log(`  ${folder}: ${files.length} files, ${formatDuration(context.now().getTime() - started)}`);
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
