import { buildFeatureMatrix } from '../../src/features/feature-matrix.ts';
import type { FeatureConfig } from '../../src/features/feature-config.ts';
import { assembleModel } from '../../src/recommender/model.ts';
import { popularityOf } from '../../src/recommender/popularity.ts';
import { Recommender } from '../../src/recommender/recommender.ts';
import { parseArguments } from '../arguments.ts';
import { attentionTo } from '../build-set.ts';
import { readCatalogue } from '../catalogue-csv.ts';
import { usageError } from '../cli-error.ts';
import type { Effects } from '../effects.ts';
import { type CoLikeAgreement, CoLikeTruth } from '../evaluation/co-like-agreement.ts';
import { readLikes } from '../evaluation/likes.ts';
import { readConfig } from './train.ts';

export const help = `evaluate: how well "movies like this one" agrees with what people like together

  --catalogue FILE   merged catalogue (CSV)
  --ratings FILE     MovieLens ratings (userId, movieId, rating; CSV or CSV.gz)
  --configs A,B      configs to compare, by name or file   (reference,default)
  --half NAME        which query movies: held-out, or tuning, on which the weights were chosen   (held-out)

Prints nDCG@10: "as served" over the whole catalogue, "content" among well-known movies without popularity.
`;

export async function run(args: string[], effects: Effects): Promise<void> {
  const values = parseArguments('evaluate', args, {
    catalogue: { type: 'string', required: true },
    ratings: { type: 'string', required: true },
    configs: { type: 'string' },
    half: { type: 'string' },
  });
  const half = values.half ?? 'held-out';
  if (half !== 'held-out' && half !== 'tuning') throw usageError(`evaluate: --half is held-out or tuning, not "${half}"`);
  const configs = await Promise.all((values.configs ?? 'reference,default').split(',').map(readConfig));
  const movies = await readCatalogue(values.catalogue, effects);
  const movieIds = movies.map((movie) => movie.movieId);
  const likes = await readLikes(values.ratings, new Map(movieIds.map((id, row) => [id, row])), effects);
  const truth = new CoLikeTruth(likes, movieIds, half);
  const genres = [...new Set(movies.flatMap((movie) => movie.genres))].sort();
  const popularity = popularityOf(attentionTo(movies));

  effects.log(`${likes.users} users, ${likes.rows.length} likes; ${half} query movies`);
  effects.log('config          queries   as served   content');
  for (const config of configs) {
    const fitted = buildFeatureMatrix(movies, config);
    const served = new Recommender(assembleModel(fitted, popularity, genres, config));
    const contentAlone = new Recommender(assembleModel(fitted, popularity, genres, withoutPopularity(config)));
    effects.log(lineOf(config.name, truth.measure(served, contentAlone)));
    effects.signal.throwIfAborted();
  }
}

function withoutPopularity(config: FeatureConfig): FeatureConfig {
  return { ...config, popularity: { forYou: 0, trending: 0, withoutTaste: 0, similar: 0 } };
}

function lineOf(name: string, { queries, open, content }: CoLikeAgreement): string {
  return `${name.padEnd(14)} ${String(queries).padStart(8)} ${open.toFixed(4).padStart(11)} ${content.toFixed(4).padStart(9)}`;
}
