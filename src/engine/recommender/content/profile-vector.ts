import { addRow } from '../../linalg/csr.ts';
import type { UserProfile } from '../profile.ts';
import type { ContentModel } from './content-model.ts';

/**
 * Weights of the parts of a profile vector, whose mean of likes is weighted by `likedWeights`:
 *
 *   profile = liked × mean(rows of likes) + genre × Σ unit vectors of the preferred genres
 *           + average × mean(all rows) - disliked × mean(rows of dislikes)
 */
export interface ProfileWeights {
  liked: number;
  genre: number;
  average: number;
  disliked: number;
}

/**
 * The weights for a viewer, from the settings of the model. With both likes and genres each gets its configured weight; either alone gets
 * weight 1; with neither the mean of the catalog gets weight 1. Dislikes get their configured weight in every case.
 */
export function profileWeights(model: ContentModel, profile: UserProfile): ProfileWeights {
  const { likes, genres, dislikes } = model.config.profile;
  const disliked = profile.disliked.length > 0 ? dislikes : 0;
  const hasLikes = profile.liked.length > 0;
  const hasGenres = profile.genres.some((genre) => model.genreColumns[genre] >= 0);
  if (hasLikes && hasGenres) return { liked: likes, genre: genres, average: 0, disliked };
  if (hasLikes) return { liked: 1, genre: 0, average: 0, disliked };
  if (hasGenres) return { liked: 0, genre: 1, average: 0, disliked };
  return { liked: 0, genre: 0, average: 1, disliked };
}

/** Weight of like n in the profile vector. */
export function weightOfLike({ liked, likedWeights }: UserProfile, weights: ProfileWeights, n: number): number {
  return ((likedWeights?.[n] ?? 1) * weights.liked) / liked.length;
}

/**
 * Adds the profile vector to `vector` (one entry a feature column, zeroed by the caller) and returns its Euclidean norm. `meanRow` gives
 * the mean of all rows; it is called only when that has a weight.
 */
export function addProfile(
  model: ContentModel,
  profile: UserProfile,
  weights: ProfileWeights,
  meanRow: () => Float64Array,
  vector: Float64Array,
): number {
  if (weights.liked > 0)
    profile.liked.forEach((row, n) => {
      addRow(model.features, row, weightOfLike(profile, weights, n), vector);
    });
  if (weights.genre > 0) {
    for (const genre of profile.genres) if (model.genreColumns[genre] >= 0) vector[model.genreColumns[genre]] += weights.genre;
  }
  if (weights.average > 0) {
    const mean = meanRow();
    for (let j = 0; j < mean.length; j++) vector[j] += weights.average * mean[j];
  }
  if (weights.disliked > 0)
    for (const row of profile.disliked) addRow(model.features, row, -weights.disliked / profile.disliked.length, vector);
  let squares = 0;
  for (let j = 0; j < vector.length; j++) squares += vector[j] * vector[j];
  return Math.sqrt(squares);
}
