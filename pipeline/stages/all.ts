import { join } from 'node:path';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { holdsRatings } from '../data/ratings.ts';
import { type MergeReport, mergeCatalog } from '../merge/merge-catalog.ts';
import { findRawFiles } from '../merge/raw-files.ts';
import { trainRelease } from '../training/train-release.ts';
import { publish } from './publish.ts';

export const help = `all: merge, train and publish

  --raw DIR          raw files, as download writes them
  --artifacts DIR    folder for the merged catalog and the release
  --dataset NAME     which ml-* folder of DIR   (the only one)
  --ratings FILE     ratings or rating statistics of another place; with ratings the release has a hybrid model
  --config NAME      default, reference, or a JSON file   (default)
  --min-year YEAR    keep movies from this year on   (1950)
  --region CODE      country of the streaming services   (US)
  --name NAME        name of the data set, shown by catalog.dataset
  --force            repeat all stages, also fresh ones
`;

export interface AllOptions {
  raw: string;
  artifacts: string;
  dataset: string | undefined;
  ratings: string | undefined;
  config: string;
  minYear: number | undefined;
  region: string | undefined;
  name: string | undefined;
  force: boolean;
}

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('all', args, {
    raw: { type: 'string', required: true },
    artifacts: { type: 'string', required: true },
    dataset: { type: 'string' },
    ratings: { type: 'string' },
    config: { type: 'string' },
    'min-year': { type: 'string' },
    region: { type: 'string' },
    name: { type: 'string' },
    force: { type: 'boolean' },
  });
  await all(
    { ...values, config: values.config ?? 'default', minYear: wholeNumber('all', 'min-year', values['min-year'], 0, 9999) },
    context,
  );
}

/** Runs the three stages. Each does nothing when its inputs are unchanged. */
export async function all(
  { raw, artifacts, dataset, ratings, config, minYear, region, name, force }: AllOptions,
  context: PipelineContext,
): Promise<void> {
  const catalog = join(artifacts, 'movies_merged.csv');
  const report = await mergeCatalog({ raw, out: catalog, dataset, ratings, minYear, region, force }, context);
  const found = (await findRawFiles({ raw, dataset, ratings })).ratings;
  // Statistics per movie are not enough to train ratings models.
  const userRatings = found !== undefined && (await holdsRatings(found, context)) ? found : undefined;
  const manifest = await trainRelease(
    { catalog, artifacts, ratings: userRatings, config, dataset: name ?? nameOf(report), force },
    context,
  );
  await publish(artifacts, manifest.version, context, { force });
}

function nameOf({ dataset, sources }: MergeReport): string {
  return sources.tmdb === undefined ? dataset : `${dataset} + TMDb`;
}
