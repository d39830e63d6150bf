import type { DatedLikes } from './likes.ts';

/** The data that a model may be trained on. */
export interface TrainingSet {
  likes: DatedLikes;
  /** Latest time of a like, in seconds since 1970. Recommendations are made at this moment. 0 when the likes have no times. */
  now: number;
  /** Number of rows of the catalog. The likes refer to some of them. */
  movies: number;
  seed: number;
}

export function trainingSet(likes: DatedLikes, movies: number, seed: number): TrainingSet {
  let now = 0;
  if (likes.times !== undefined) for (let p = 0; p < likes.times.length; p++) if (likes.times[p] > now) now = likes.times[p];
  return { likes, now, movies, seed };
}
