import { join } from 'node:path';
import { parseArguments, ratingScale, type Values, wholeNumber } from '../cli/arguments.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { regionCode, regionCodes } from '../cli/region.ts';
import { holdsRatings } from '../data/ratings.ts';
import { type MergeOptions, type MergeReport, mergeCatalog } from '../merge/merge-catalog.ts';
import { findRawFiles } from '../merge/raw-files.ts';
import { type TrainOptions, trainRelease } from '../training/train-release.ts';
import { publish } from './publish.ts';
import { factorOptions } from './train.ts';

export const help = `all: merge, train and publish

  --raw DIR          raw files, as download writes them
  --artifacts DIR    folder for the merged catalog and the release
  --dataset NAME     which ml-* folder of DIR   (the only one)
  --ratings FILE     ratings or rating statistics of another place; with ratings the release has a hybrid model
  --config NAME      default, reference, or a JSON file   (default)
  --scale N          the highest rating of the ratings file; it counts as 5 stars   (5)
  --min-year YEAR    keep movies from this year on   (1930, and all that the ratings have likes for; 1950 with --config reference)
  --require-overview, --require-tmdb, --min-ratings N, --adult   keep fewer or more movies, as merge does
  --library FILE, --ratings-config FILE, --rerank, --factors FILE, --factors-alpha N, --factors-regularization N   as for train
  --region CODE      country whose subscriptions are the services of a film   (US)
  --regions A,B      countries whose offers are kept, beside that of --region   (all)
  --keep N           delete all releases but the N newest, the current and the previous one   (all stay)
  --name NAME        name of the data set, shown by catalog.dataset
  --force            repeat all stages, also fresh ones
`;

/** The catalog of the reference config stays as it was, so that its numbers do. */
const REFERENCE_MIN_YEAR = 1950;

export interface AllOptions {
  raw: string;
  artifacts: string;
  dataset?: string | undefined;
  ratings?: string | undefined;
  config: string;
  merge?: Pick<MergeOptions, 'minYear' | 'requireOverview' | 'requireTmdb' | 'adult' | 'minRatings' | 'scale' | 'regions'>;
  train?: Pick<TrainOptions, 'library' | 'factors' | 'ratingsConfig' | 'rerank' | 'carryModels'>;
  /** Number of releases that stay, beside the current and the previous one. Undefined: all. */
  keep?: number | undefined;
  region?: string | undefined;
  name?: string | undefined;
  force?: boolean;
}

/** Options of merge, train and publish together. */
export const BUILD_OPTIONS = {
  raw: { type: 'string', required: true },
  artifacts: { type: 'string', required: true },
  dataset: { type: 'string' },
  ratings: { type: 'string' },
  config: { type: 'string' },
  library: { type: 'string' },
  scale: { type: 'string' },
  'min-year': { type: 'string' },
  'require-overview': { type: 'boolean' },
  'require-tmdb': { type: 'boolean' },
  adult: { type: 'boolean' },
  'min-ratings': { type: 'string' },
  'ratings-config': { type: 'string' },
  rerank: { type: 'boolean' },
  factors: { type: 'string' },
  'factors-alpha': { type: 'string' },
  'factors-regularization': { type: 'string' },
  region: { type: 'string' },
  regions: { type: 'string' },
  keep: { type: 'string' },
  name: { type: 'string' },
  force: { type: 'boolean' },
} as const;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  await all(buildOptions('all', parseArguments('all', args, BUILD_OPTIONS)), context);
}

/** Checks the values of BUILD_OPTIONS. A usage error names the command and the option. */
export function buildOptions(command: string, values: Values<typeof BUILD_OPTIONS>): AllOptions {
  return {
    raw: values.raw,
    artifacts: values.artifacts,
    dataset: values.dataset,
    ratings: values.ratings,
    config: values.config ?? 'default',
    keep: wholeNumber(command, 'keep', values.keep, 1, 1_000_000),
    region: regionCode(command, values.region),
    name: values.name,
    force: values.force,
    merge: {
      minYear: wholeNumber(command, 'min-year', values['min-year'], 0, 9999),
      requireOverview: values['require-overview'],
      requireTmdb: values['require-tmdb'],
      adult: values.adult,
      minRatings: wholeNumber(command, 'min-ratings', values['min-ratings'], 0, 1_000_000_000),
      scale: ratingScale(command, values.scale),
      regions: regionCodes(command, values.regions),
    },
    train: {
      library: values.library,
      factors: factorOptions(command, values),
      ratingsConfig: values['ratings-config'],
      rerank: values.rerank,
    },
  };
}

/** Runs the three stages. Each does nothing when its inputs are unchanged. Returns the version that is current then. */
export async function all(
  { raw, artifacts, dataset, ratings, config, merge, train, keep, region, name, force = false }: AllOptions,
  context: PipelineContext,
  onStep: (step: 'merge' | 'train' | 'publish') => void = () => {},
): Promise<string> {
  onStep('merge');
  const catalog = join(artifacts, 'movies_merged.csv');
  const minYear = merge?.minYear ?? (config === 'reference' ? REFERENCE_MIN_YEAR : undefined);
  const report = await mergeCatalog({ ...merge, minYear, raw, out: catalog, dataset, ratings, region, force }, context);
  const found = (await findRawFiles({ raw, dataset, ratings })).ratings;
  // Statistics per movie are not enough to train ratings models.
  const userRatings = found !== undefined && (await holdsRatings(found, context)) ? found : undefined;
  if (found !== undefined && userRatings === undefined)
    context.log(`  ${found}: statistics per movie; ratings models need single ratings (userId, movieId, rating): content model only`);
  onStep('train');
  const manifest = await trainRelease(
    { ...train, catalog, artifacts, ratings: userRatings, scale: merge?.scale, config, dataset: name ?? nameOf(report), force },
    context,
  );
  onStep('publish');
  await publish(artifacts, manifest.version, context, { keep, force });
  return manifest.version;
}

function nameOf({ dataset, sources }: MergeReport): string {
  return sources.tmdb === undefined ? dataset : `${dataset} + TMDb`;
}
