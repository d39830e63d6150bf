import { addRow } from '../linalg/csr.ts';
import type { ContentModel } from './content/content-model.ts';

/** What is known of a viewer, in the catalogue's own numbers; nothing twice. */
export interface UserProfile {
  /** MovieIndex. */
  liked: readonly number[];
  /** MovieIndex. */
  disliked: readonly number[];
  /** Genre indices. */
  genres: readonly number[];
}

/** The share of each part of a profile vector: profile = liked × mean(likes) + genre × Σ genre columns + average × mean row - disliked × mean(dislikes). */
export interface ProfileShares {
  liked: number;
  genre: number;
  average: number;
  disliked: number;
}

/**
 * Which parts make the profile: 0.8 × mean of the likes + 0.2 × the preferred genres with both, either alone at full weight, the catalogue's
 * mean with neither (the weights are the config's). Dislikes push away in every case.
 */
export function profileShares(model: ContentModel, taste: UserProfile): ProfileShares {
  const { likes, genres, dislikes } = model.config.profile;
  const disliked = taste.disliked.length > 0 ? dislikes : 0;
  const hasLikes = taste.liked.length > 0;
  const hasGenres = taste.genres.some((genre) => model.genreColumns[genre] >= 0);
  if (hasLikes && hasGenres) return { liked: likes, genre: genres, average: 0, disliked };
  if (hasLikes) return { liked: 1, genre: 0, average: 0, disliked };
  if (hasGenres) return { liked: 0, genre: 1, average: 0, disliked };
  return { liked: 0, genre: 0, average: 1, disliked };
}

/** Writes the profile vector into `dense` (zeroed by the caller; one entry a feature column) and returns its Euclidean length. */
export function writeProfile(
  model: ContentModel,
  taste: UserProfile,
  shares: ProfileShares,
  meanRow: () => Float64Array,
  dense: Float64Array,
): number {
  if (shares.liked > 0) for (const row of taste.liked) addRow(model.features, row, shares.liked / taste.liked.length, dense);
  if (shares.genre > 0) {
    for (const genre of taste.genres) if (model.genreColumns[genre] >= 0) dense[model.genreColumns[genre]] += shares.genre;
  }
  if (shares.average > 0) {
    const mean = meanRow();
    for (let j = 0; j < mean.length; j++) dense[j] += shares.average * mean[j];
  }
  if (shares.disliked > 0) for (const row of taste.disliked) addRow(model.features, row, -shares.disliked / taste.disliked.length, dense);
  let squares = 0;
  for (let j = 0; j < dense.length; j++) squares += dense[j] * dense[j];
  return Math.sqrt(squares);
}

/**
 * How alike these movies' features are, 0 (nothing in common, if there were endlessly many) to 1 (all the same, or one movie): the squared length of
 * their mean row over the mean of their squared lengths, which for rows of one length is the mean cosine of all pairs, each with itself included.
 * 1 when there is nothing to compare. `scratch` is a zeroed vector of the feature columns, and is zero again on return.
 */
export function intraListSimilarity({ features }: ContentModel, movies: ArrayLike<number>, scratch: Float64Array): number {
  const { rowOffsets, columnIndices, values } = features;
  let together = 0;
  let own = 0;
  for (let n = 0; n < movies.length; n++) {
    const end = rowOffsets[movies[n] + 1];
    for (let p = rowOffsets[movies[n]]; p < end; p++) {
      const value = values[p];
      // (s + v)² = s² + v (2 s + v)
      together += value * (2 * scratch[columnIndices[p]] + value);
      scratch[columnIndices[p]] += value;
      own += value * value;
    }
  }
  for (let n = 0; n < movies.length; n++) {
    for (let p = rowOffsets[movies[n]]; p < rowOffsets[movies[n] + 1]; p++) scratch[columnIndices[p]] = 0;
  }
  return own === 0 ? 1 : together / (movies.length * own);
}

/** What content's say about these likes is multiplied by beside ratings: the square of their alikeness, with its scratch. */
export function contentWeight(model: ContentModel, likes: ArrayLike<number>, scratch: Float64Array): number {
  return intraListSimilarity(model, likes, scratch) ** 2;
}
