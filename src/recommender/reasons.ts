import { addRow, dotRow } from '../linalg/csr.ts';
import type { Model } from './model.ts';
import type { ProfileShares, Taste } from './profile.ts';

export const CONTRIBUTION_KINDS = ['LIKED_MOVIE', 'DISLIKED_MOVIE', 'PREFERRED_GENRE', 'POPULARITY', 'CATALOG_AVERAGE'] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

export interface Contribution {
  kind: ContributionKind;
  /** MovieIndex for the movie kinds, genre index for PREFERRED_GENRE, else -1. */
  subject: number;
  value: number;
}

export interface Explained {
  taste: Taste;
  shares: ProfileShares;
  /** Euclidean length of the profile. */
  length: number;
  popularityWeight: number;
  meanRow: () => Float64Array;
}

/**
 * The score of one movie taken apart: the profile is a sum, so the dot product is the sum of each part's own. The values add up to the score
 * (to rounding); largest share first, by absolute value. A part that says nothing of the movie (0) is left out.
 * `scratch` is a zeroed vector of the feature columns, and is zero again on return.
 */
export function contributionsTo(model: Model, row: number, explained: Explained, scratch: Float64Array): Contribution[] {
  const { taste, shares, length, popularityWeight } = explained;
  const contributions: Contribution[] = [];
  const add = (kind: ContributionKind, subject: number, value: number): void => {
    if (value !== 0) contributions.push({ kind, subject, value });
  };
  if (length > 0) {
    const { features } = model;
    const scale = 1 / (length * model.divisors[row]);
    addRow(features, row, 1, scratch);
    for (const liked of taste.liked)
      add('LIKED_MOVIE', liked, (shares.liked / taste.liked.length) * dotRow(features, liked, scratch) * scale);
    if (shares.genre > 0) {
      for (const genre of taste.genres) {
        const column = model.genreColumns[genre];
        if (column >= 0) add('PREFERRED_GENRE', genre, shares.genre * scratch[column] * scale);
      }
    }
    if (shares.disliked > 0) {
      for (const disliked of taste.disliked) {
        add('DISLIKED_MOVIE', disliked, (-shares.disliked / taste.disliked.length) * dotRow(features, disliked, scratch) * scale);
      }
    }
    if (shares.average > 0) add('CATALOG_AVERAGE', -1, shares.average * dotRow(features, row, explained.meanRow()) * scale);
    const { columnIndices, rowOffsets } = features;
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) scratch[columnIndices[p]] = 0;
  }
  add('POPULARITY', -1, popularityWeight * model.popularity[row]);
  return contributions.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}
