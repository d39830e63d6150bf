import { basename } from 'node:path';
import { parseArguments, positiveNumber, ratingScale } from '../cli/arguments.ts';
import { usageError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { type TrainOptions, trainRelease } from '../training/train-release.ts';

export const help = `train: catalog -> a versioned release (a folder of artifacts)

  --catalog FILE     merged catalog (CSV), from merge
  --artifacts DIR    the artifacts folder; the release is written to DIR/VERSION
  --ratings FILE     users' ratings (userId, movieId, rating; CSV, CSV.gz or Parquet); with them the release has a hybrid model
  --library FILE     with --ratings: what viewers of a server think, from npm run db -- training-data; counts beside the ratings
  --scale N          the highest rating of the ratings file; it counts as 5 stars   (5)
  --factors FILE     with --ratings: item factors trained elsewhere, instead of iALS (Parquet file or folder, as Spark's ALS writes)
  --factors-alpha N, --factors-regularization N   its alpha and regParam   (1 and 0.1, Spark's defaults)
  --config NAME      default, reference, or a JSON file   (default)
  --ratings-config FILE  hyper-parameters of the models that need ratings   (pipeline/config/ratings-models.json)
  --rerank           with --ratings: train the learned second look too, for servers with RERANK=learned
  --name NAME        name of the data set, shown by catalog.dataset   (the file name)
  --force            train even when the release exists

The version is computed from the inputs: the same catalog, ratings and config give the same version. An interrupted training on ratings
continues where it stopped.
`;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('train', args, {
    catalog: { type: 'string', required: true, formerly: 'catalogue' },
    artifacts: { type: 'string', required: true },
    ratings: { type: 'string' },
    library: { type: 'string' },
    scale: { type: 'string' },
    factors: { type: 'string' },
    'factors-alpha': { type: 'string' },
    'factors-regularization': { type: 'string' },
    config: { type: 'string' },
    'ratings-config': { type: 'string' },
    rerank: { type: 'boolean' },
    name: { type: 'string' },
    force: { type: 'boolean' },
  });
  const factors = factorOptions('train', values);
  if (factors !== undefined && values.ratings === undefined)
    throw usageError('train: --factors needs --ratings too, because EASE, popularity and the blend weights are trained on ratings');
  if (values.library !== undefined && values.ratings === undefined)
    throw usageError('train: --library needs --ratings too, because its viewers count beside the users of a data set');
  await trainRelease(
    {
      catalog: values.catalog,
      artifacts: values.artifacts,
      ratings: values.ratings,
      library: values.library,
      scale: ratingScale('train', values.scale),
      factors,
      config: values.config ?? 'default',
      ratingsConfig: values['ratings-config'],
      rerank: values.rerank,
      dataset: values.name ?? basename(values.catalog).replace(/\.csv(\.gz)?$/, ''),
      force: values.force,
    },
    context,
  );
}

/** Factors trained elsewhere, and the parameters of their training. */
export function factorOptions(
  command: string,
  values: Readonly<Record<'factors' | 'factors-alpha' | 'factors-regularization', string | undefined>>,
): TrainOptions['factors'] {
  const alpha = positiveNumber(command, 'factors-alpha', values['factors-alpha']);
  const regularization = positiveNumber(command, 'factors-regularization', values['factors-regularization']);
  const { factors: path } = values;
  if (path === undefined && (alpha ?? regularization) !== undefined)
    throw usageError(`${command}: --factors-alpha and --factors-regularization need --factors`);
  return path === undefined ? undefined : { path, alpha: alpha ?? 1, regularization: regularization ?? 0.1 };
}
