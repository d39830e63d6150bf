import { availableParallelism } from 'node:os';
import type { FeatureConfig } from '../../src/engine/features/feature-config.ts';
import { buildFeatureMatrix } from '../../src/engine/features/feature-matrix.ts';
import { assembleModel } from '../../src/engine/recommender/model.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { Recommender } from '../../src/engine/recommender/recommender.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { readLikes } from '../data/likes.ts';
import { ratingStatsOf } from '../training/build-release.ts';
import { trainRatingsModels } from '../training/hybrid.ts';
import { readRatingsModelsConfig } from '../training/ratings-models-config.ts';
import { type CoLikeAgreement, CoLikeTruth, type QueryHalf } from './co-like-agreement.ts';

export interface CoLikesOptions {
  catalogue: string;
  ratings: string;
  configs: readonly FeatureConfig[];
  half: QueryHalf;
  /** Ratings of other people, for a hybrid to learn from; undefined: there is none in the table. */
  learnFrom: string | undefined;
}

/** Prints, for each feature config and for the hybrid of the last, how well "movies like this one" agrees with what people like together. */
export async function printCoLikes(
  { catalogue, ratings, configs, half, learnFrom }: CoLikesOptions,
  effects: PipelineContext,
): Promise<void> {
  const movies = await readCatalog(catalogue, effects);
  const movieIds = movies.map((movie) => movie.movieId);
  const likes = await readLikes(ratings, movieIds, effects);
  const truth = new CoLikeTruth(likes, movieIds, half);
  const genres = [...new Set(movies.flatMap((movie) => movie.genres))].sort();
  const popularity = popularityOf(ratingStatsOf(movies));

  effects.log(`${likes.users} users, ${likes.rows.length} likes; ${half} query movies`);
  effects.log('config          queries   as served   content');
  for (const config of configs) {
    const fitted = buildFeatureMatrix(movies, config);
    const served = new Recommender(assembleModel(fitted, popularity, genres, config));
    const contentAlone = new Recommender(assembleModel(fitted, popularity, genres, withoutPopularity(config)));
    effects.log(lineOf(config.name, truth.measure(served, contentAlone)));
    effects.signal.throwIfAborted();
    if (learnFrom === undefined || config !== configs.at(-1)) continue;
    const hyper = await readRatingsModelsConfig();
    const others = await readLikes(learnFrom, movieIds, effects);
    const run = { threads: availableParallelism(), progress: effects.progress, signal: effects.signal };
    const models = await trainRatingsModels(others, { fitted, movies }, hyper, run);
    // Nobody is recommended anything here: there is nothing to blend.
    const taste = { ...models, blend: [], similar: hyper.similar };
    effects.log(lineOf('hybrid', truth.measure(new Recommender(assembleModel(fitted, popularity, genres, config, taste)))));
  }
}

function withoutPopularity(config: FeatureConfig): FeatureConfig {
  return { ...config, popularity: { forYou: 0, trending: 0, withoutTaste: 0, similar: 0 } };
}

function lineOf(name: string, { queries, open, content }: CoLikeAgreement): string {
  return `${name.padEnd(14)} ${String(queries).padStart(8)} ${open.toFixed(4).padStart(11)} ${(content?.toFixed(4) ?? '-').padStart(9)}`;
}
