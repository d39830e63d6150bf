import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readCatalogColumns } from '../../src/engine/artifacts/catalog-columns.ts';
import type { ModelRelease } from '../../src/engine/artifacts/model-release.ts';
import { readRecommenderModel } from '../../src/engine/recommender/model.ts';
import { CliError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { writeAtomically } from '../cli/stage.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { openChosenRelease } from '../data/chosen-release.ts';
import { readLikes } from '../data/likes.ts';
import { trainingSet } from '../data/training-set.ts';
import type { NamedTrainer } from '../evaluation/compare-models.ts';
import { reportProfiles } from '../evaluation/profiles-report.ts';
import { readWrittenProfiles } from '../evaluation/written-profiles.ts';
import { readFeatureConfig } from '../training/feature-config-file.ts';
import { hyperOf, type ModelSetup, modelNamed, rankerOfRelease } from '../training/measured-models.ts';

export interface ProfilesEvaluation {
  catalog: string;
  ratings: string;
  models: readonly string[];
  /** File with profiles. Undefined: the project's own. */
  profiles: string | undefined;
  /** Folder with the release that ranks. Undefined: models are trained as `train` does. */
  artifacts: string | undefined;
  /** Undefined: the current release. */
  version: string | undefined;
  seed: number;
  out: string | undefined;
}

/** Ranks for written profiles with models that learned from all users, as a release does, or with a release itself. */
export async function evaluateProfiles(options: ProfilesEvaluation, context: PipelineContext): Promise<void> {
  const profiles = await readWrittenProfiles(options.profiles).catch((cause: unknown) => {
    throw new CliError(`${options.profiles}: not a list of profiles: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  const catalog = await readCatalog(options.catalog, context);
  const movieIds = catalog.map((movie) => movie.movieId);
  const likes = await readLikes(options.ratings, movieIds, context);
  let trainers: NamedTrainer[];
  if (options.artifacts === undefined) {
    const training = trainingSet(likes, catalog.length, options.seed);
    const setup: ModelSetup = {
      catalog,
      config: await readFeatureConfig('default'),
      hyper: await hyperOf(options.models),
      validation: [],
      hidesLikes: false,
      run: { threads: availableParallelism(), progress: context.progress, signal: context.signal },
    };
    trainers = options.models.map((name) => ({ name, train: () => modelNamed(name).train(training, setup) }));
  } else {
    const release = await releaseOf(options.artifacts, options.version, movieIds);
    context.log(`ranked by ${release.manifest.version}`);
    const model = readRecommenderModel(release);
    trainers = options.models.map((name) => ({ name, train: () => rankerOfRelease(model, name) }));
  }
  const lists = await reportProfiles({ trainers, profiles, catalog, likes, seed: options.seed }, context);
  if (options.out === undefined) return;
  await mkdir(options.out, { recursive: true });
  await writeAtomically(join(options.out, 'profiles.md'), lists);
  context.log(join(options.out, 'profiles.md'));
}

/** The release, whose rows must be those of the catalog. */
async function releaseOf(artifacts: string, version: string | undefined, movieIds: readonly number[]): Promise<ModelRelease> {
  try {
    const release = await openChosenRelease('evaluate', artifacts, version);
    const own = readCatalogColumns(release).movieIds;
    if (own.length === movieIds.length && movieIds.every((id, row) => own[row] === id)) return release;
    throw new CliError(
      `evaluate: ${release.manifest.version} has ${own.length} movies and the catalog ${movieIds.length}, or others; name the catalog that it was trained on`,
    );
  } catch (cause) {
    if (cause instanceof ArtifactError) throw new CliError(`evaluate: ${cause.message}`, { cause });
    throw cause;
  }
}
