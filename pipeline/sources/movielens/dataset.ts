import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, hasCode, usageError } from '../../cli/cli-error.ts';
import { formatDuration } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { removeLeftovers, temporaryPathFor } from '../../cli/stage.ts';
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
  context.log(`[${present ? 'stale' : 'new'}] ${dataset}`);
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
    if (present) await moveInto(temporaryFolder, folder, files);
    else await rename(temporaryFolder, folder);
    context.log(`  ${folder}: ${files.length} files, ${formatDuration(context.now().getTime() - started)}`);
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
  await rm(partPath, { force: true });
}

/** Replaces the files of the archive in a folder that exists. Other files there stay: they are somebody else's. */
async function moveInto(from: string, folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await rename(join(from, file), join(folder, file));
  }
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
