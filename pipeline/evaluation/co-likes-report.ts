import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { buildFeatureMatrix, type FeatureMatrix } from '../../src/engine/features/feature-matrix.ts';
import { assembleContentModel } from '../../src/engine/recommender/content/content-model.ts';
import type { HybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import type { ModelConfig } from '../../src/engine/recommender/model-config.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { Recommender } from '../../src/engine/recommender/recommender.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import type { Likes } from '../data/likes.ts';
import { ratingStatsOf } from '../models/popularity/rating-stats.ts';
import { type CoLikeAgreement, CoLikeTruth, type QueryHalf } from './co-like-agreement.ts';
import { genresOf } from './movie-genres.ts';

export interface CoLikesOptions {
  movies: readonly CatalogRow[];
  likes: Likes;
  configs: readonly ModelConfig[];
  half: QueryHalf;
  /** Trains the ratings models of a hybrid on likes of other users. Undefined: no hybrid is measured. */
  trainRatingsModels?: ((fitted: FeatureMatrix) => Promise<HybridModel>) | undefined;
}

/** Logs the agreement of "movies like this one" with co-likes, for each feature config and for a hybrid of the last config. */
export async function reportCoLikes(
  { movies, likes, configs, half, trainRatingsModels }: CoLikesOptions,
  context: PipelineContext,
): Promise<void> {
  const movieIds = movies.map((movie) => movie.movieId);
  const truth = new CoLikeTruth(likes, movieIds, half);
  const { genreNames } = genresOf(movies);
  const popularity = popularityOf(ratingStatsOf(movies));

  context.log(`${likes.users} users, ${likes.rows.length} likes; ${half} query movies`);
  context.log('config          queries   as served   content');
  for (const config of configs) {
    const fitted = buildFeatureMatrix(movies, config);
    const served = new Recommender(assembleContentModel(fitted, popularity, genreNames, config));
    const contentOnly = new Recommender(assembleContentModel(fitted, popularity, genreNames, withoutPopularity(config)));
    context.log(lineOf(config.name, truth.measure(served, contentOnly)));
    context.signal.throwIfAborted();
    if (trainRatingsModels === undefined || config !== configs.at(-1)) continue;
    const collaborative = await trainRatingsModels(fitted);
    const hybrid = new Recommender({ ...assembleContentModel(fitted, popularity, genreNames, config), collaborative });
    context.log(lineOf('hybrid', truth.measure(hybrid)));
  }
}

function withoutPopularity(config: ModelConfig): ModelConfig {
  return { ...config, popularity: { forYou: 0, trending: 0, withoutTaste: 0, similar: 0 } };
}

function lineOf(name: string, { queries, open, content }: CoLikeAgreement): string {
  return `${name.padEnd(14)} ${String(queries).padStart(8)} ${open.toFixed(4).padStart(11)} ${(content?.toFixed(4) ?? '-').padStart(9)}`;
}
