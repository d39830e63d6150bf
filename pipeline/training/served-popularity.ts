import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { withNewMoviesPrior } from '../models/popularity/new-movies-prior.ts';
import type { FittedContent } from './build-release.ts';

/** Popularity among likes, with the prior of newer movies when the config asks for it. */
export function servedPopularity(
  { fitted, model, movies }: Pick<FittedContent, 'fitted' | 'model' | 'movies'>,
  counts: ArrayLike<number>,
): Float32Array {
  return popularityOf(model.config.popularity.newMovies ? withNewMoviesPrior({ counts }, movies, fitted.matrix) : { counts });
}
