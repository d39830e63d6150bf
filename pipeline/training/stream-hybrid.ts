import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { buildFeatureMatrix } from '../../src/engine/features/feature-matrix.ts';
import { assembleContentModel } from '../../src/engine/recommender/content/content-model.ts';
import type { ModelConfig } from '../../src/engine/recommender/model-config.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { Recommender } from '../../src/engine/recommender/recommender.ts';
import { CliError } from '../cli/cli-error.ts';
import { type DatedLikes, likeCounts } from '../data/likes.ts';
import { genresOf } from '../evaluation/movie-genres.ts';
import { type Ranker, ServedRanker } from '../evaluation/ranker.ts';
import { countEligible, MIN_LIKES } from '../evaluation/split.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import type { FittedContent, HybridTraining } from './build-release.ts';
import { trainRatingsModels } from './hybrid.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { servedPopularity } from './served-popularity.ts';
import { MIN_USERS, trainHybrid } from './train-hybrid.ts';

export interface HybridStreamOptions {
  catalog: readonly CatalogRow[];
  config: ModelConfig;
  hyper: RatingsModelsConfig;
  /** The likes before a time. */
  before: (time: number) => DatedLikes;
  /** When the stream begins. */
  from: number;
  run: TrainingRun;
}

/**
 * The hybrid as it is served, at any time of a stream. Its blend weights are chosen once, on the likes before the stream, as a refresh keeps
 * them. All models are trained on the likes before the time, and popularity is that of these likes.
 */
export function hybridStream({ catalog, config, hyper, before, from, run }: HybridStreamOptions): {
  prepare: () => Promise<HybridTraining>;
  make: (time: number) => Promise<Ranker>;
} {
  const fitted = buildFeatureMatrix(catalog, config);
  const { genreNames } = genresOf(catalog);
  const contentOf = (likes: DatedLikes): Pick<FittedContent, 'fitted' | 'model' | 'movies'> => {
    const popularity = popularityOf({ counts: likeCounts(likes, catalog.length) });
    return { movies: catalog, fitted, model: assembleContentModel(fitted, popularity, genreNames, config) };
  };
  const known = before(from);
  const eligible = countEligible(known);
  if (eligible < MIN_USERS)
    throw new CliError(
      `evaluate: the hybrid needs ${MIN_USERS} people with ${MIN_LIKES} likes before the stream, found ${eligible}; leave --catalog out or begin later`,
    );
  let base: Promise<HybridTraining> | undefined;
  const prepare = (): Promise<HybridTraining> => {
    base ??= trainHybrid({ content: contentOf(known), likes: known, hyper, run, checkpointOf: () => undefined });
    return base;
  };
  return {
    prepare,
    async make(time) {
      const { collaborative } = await prepare();
      const likes = before(time);
      const content = contentOf(likes);
      const models = await trainRatingsModels(likes, content, hyper, run);
      const counts = likeCounts(likes, catalog.length);
      const popularity = servedPopularity(content, counts);
      return new ServedRanker(
        new Recommender({ ...content.model, collaborative: { ...collaborative, ...models, popularity, likeCounts: counts } }),
      );
    },
  };
}
