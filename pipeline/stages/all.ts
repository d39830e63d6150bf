import { join } from 'node:path';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { holdsRatings } from '../data/ratings.ts';
import { findRawFiles } from '../merge/raw-files.ts';
import { type MergeReport, mergeCatalogue } from './merge.ts';
import { publish } from './publish.ts';
import { train } from './train.ts';

export const help = `all: merge, train and publish in one go

  --raw DIR          raw files, as download leaves them
  --artifacts DIR    where the merged catalogue and the set go
  --dataset NAME     which ml-* folder of DIR   (the only one)
  --ratings FILE     ratings or rating statistics that lie elsewhere; from ratings taste is learned
  --config NAME      default, reference, or a JSON file   (default)
  --min-year YEAR    1950
  --region CODE      country of the streaming services   (US)
  --name NAME        the data set's name, shown by catalog.dataset
  --force            do everything again, also what is fresh
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

export async function run(args: string[], effects: PipelineContext): Promise<void> {
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
    effects,
  );
}

/** Each stage does nothing when its inputs are unchanged. */
export async function all(
  { raw, artifacts, dataset, ratings, config, minYear, region, name, force }: AllOptions,
  effects: PipelineContext,
): Promise<void> {
  const catalogue = join(artifacts, 'movies_merged.csv');
  const report = await mergeCatalogue({ raw, out: catalogue, dataset, ratings, minYear, region, force }, effects);
  const found = (await findRawFiles({ raw, dataset, ratings })).ratings;
  // Figures by movie say nothing of anybody's taste.
  const single = found !== undefined && (await holdsRatings(found, effects)) ? found : undefined;
  const manifest = await train({ catalogue, artifacts, ratings: single, config, dataset: name ?? nameOf(report), force }, effects);
  await publish(artifacts, manifest.version, effects, { force });
}

function nameOf({ dataset, sources }: MergeReport): string {
  return sources.tmdb === undefined ? dataset : `${dataset} + TMDb`;
}
