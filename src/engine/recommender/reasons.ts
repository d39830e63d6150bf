import { addRow, dotRow } from '../linalg/csr.ts';
import type { CostlyPart } from './bounded-search.ts';
import type { Model } from './model.ts';
import type { ProfileShares, Taste } from './profile.ts';
import type { TasteShares } from './taste-model.ts';

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
  /** With ratings models. */
  hybrid?: HybridParts | undefined;
}

/** What ratings say of each movie, beside content. */
export interface HybridParts {
  liked: Pick<TasteShares, 'of'>;
  /** Undefined when nothing is disliked. */
  disliked: Pick<TasteShares, 'of'> | undefined;
  /** 0 to 1, a row a movie, and what it is multiplied by. */
  popularity: Float32Array;
  popularityWeight: number;
  /** All that goes into the scores beside content: this and popularity's share, an entry a movie; without `costly`, where that was not added. */
  added: Float64Array;
  costly?: CostlyPart;
}

/**
 * The score of one movie taken apart: the profile is a sum, so the dot product is the sum of each part's own. The values add up to the score
 * (to rounding); largest share first, by absolute value. A part that says nothing of the movie (0) is left out.
 * `scratch` is a zeroed vector of the feature columns, and is zero again on return.
 */
export function contributionsTo(model: Model, row: number, explained: Explained, scratch: Float64Array): Contribution[] {
  const { taste, shares, length, popularityWeight, hybrid } = explained;
  const contributions: Contribution[] = [];
  const add = (kind: ContributionKind, subject: number, value: number): void => {
    if (value !== 0) contributions.push({ kind, subject, value });
  };
  const liked = new Float64Array(taste.liked.length);
  const disliked = new Float64Array(taste.disliked.length);
  if (length > 0) {
    const { features } = model;
    const scale = 1 / (length * model.divisors[row]);
    addRow(features, row, 1, scratch);
    taste.liked.forEach((like, n) => {
      liked[n] = (shares.liked / taste.liked.length) * dotRow(features, like, scratch) * scale;
    });
    if (shares.genre > 0) {
      for (const genre of taste.genres) {
        const column = model.genreColumns[genre];
        if (column >= 0) add('PREFERRED_GENRE', genre, shares.genre * scratch[column] * scale);
      }
    }
    if (shares.disliked > 0) {
      taste.disliked.forEach((dislike, n) => {
        disliked[n] = (-shares.disliked / taste.disliked.length) * dotRow(features, dislike, scratch) * scale;
      });
    }
    if (shares.average > 0) add('CATALOG_AVERAGE', -1, shares.average * dotRow(features, row, explained.meanRow()) * scale);
    const { columnIndices, rowOffsets } = features;
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) scratch[columnIndices[p]] = 0;
  }
  const popularity = popularityWeight * model.popularity[row] + (hybrid ? hybrid.popularityWeight * hybrid.popularity[row] : 0);
  if (hybrid !== undefined) addHybridShares(row, hybrid, popularity, liked, disliked);
  taste.liked.forEach((like, n) => {
    add('LIKED_MOVIE', like, liked[n]);
  });
  taste.disliked.forEach((dislike, n) => {
    add('DISLIKED_MOVIE', dislike, disliked[n]);
  });
  add('POPULARITY', -1, popularity);
  return contributions.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** Movies are scored with the viewer's vector at 16 bits, shares are solved for in 32: what the rounding leaves goes to the like with the largest share. */
function addHybridShares(row: number, hybrid: HybridParts, popularity: number, liked: Float64Array, disliked: Float64Array): void {
  let rest = hybrid.added[row] - popularity;
  let largest = 0;
  hybrid.liked.of(row).forEach((share, n, shares) => {
    liked[n] += share;
    rest -= share;
    if (Math.abs(share) > Math.abs(shares[largest])) largest = n;
  });
  hybrid.disliked?.of(row).forEach((share, n) => {
    disliked[n] += share;
    rest -= share;
  });
  liked[largest] += rest;
}
