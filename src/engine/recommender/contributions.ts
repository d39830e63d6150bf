import { addRow, dotRow } from '../linalg/csr.ts';
import type { ContentModel } from './content/content-model.ts';
import type { DeferredTerm } from './hybrid/bounded-search.ts';
import type { CollaborativeTerms } from './hybrid/collaborative-terms.ts';
import type { ProfileShares, UserProfile } from './profile.ts';

export const CONTRIBUTION_KINDS = ['LIKED_MOVIE', 'DISLIKED_MOVIE', 'PREFERRED_GENRE', 'POPULARITY', 'CATALOG_AVERAGE'] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

export interface Contribution {
  kind: ContributionKind;
  /** MovieIndex for the movie kinds, genre index for PREFERRED_GENRE, else -1. */
  subject: number;
  value: number;
}

export interface ScoreInputs {
  profile: UserProfile;
  shares: ProfileShares;
  /** Euclidean length of the profile. */
  norm: number;
  popularityWeight: number;
  meanRow: () => Float64Array;
  /** With ratings models. */
  hybrid?: HybridTerms | undefined;
}

/** What ratings say of each movie, beside content. */
export interface HybridTerms {
  liked: Pick<CollaborativeTerms, 'attributions'>;
  /** Undefined when nothing is disliked. */
  disliked: Pick<CollaborativeTerms, 'attributions'> | undefined;
  /** 0 to 1, a row a movie, and what it is multiplied by. */
  popularity: Float32Array;
  popularityWeight: number;
  /** All that goes into the scores beside content: this and popularity's share, an entry a movie; without `costly`, where that was not added. */
  baseScores: Float64Array;
  deferred?: DeferredTerm;
}

/**
 * The score of one movie taken apart: the profile is a sum, so the dot product is the sum of each part's own. The values add up to the score
 * (to rounding); largest share first, by absolute value. A part that says nothing of the movie (0) is left out.
 * `scratch` is a zeroed vector of the feature columns, and is zero again on return.
 */
export function contributionsTo(model: ContentModel, row: number, explained: ScoreInputs, scratch: Float64Array): Contribution[] {
  const { profile, shares, norm, popularityWeight, hybrid } = explained;
  const contributions: Contribution[] = [];
  const add = (kind: ContributionKind, subject: number, value: number): void => {
    if (value !== 0) contributions.push({ kind, subject, value });
  };
  const liked = new Float64Array(profile.liked.length);
  const disliked = new Float64Array(profile.disliked.length);
  if (norm > 0) {
    const { features } = model;
    const scale = 1 / (norm * model.normalizers[row]);
    addRow(features, row, 1, scratch);
    profile.liked.forEach((like, n) => {
      liked[n] = (shares.liked / profile.liked.length) * dotRow(features, like, scratch) * scale;
    });
    if (shares.genre > 0) {
      for (const genre of profile.genres) {
        const column = model.genreColumns[genre];
        if (column >= 0) add('PREFERRED_GENRE', genre, shares.genre * scratch[column] * scale);
      }
    }
    if (shares.disliked > 0) {
      profile.disliked.forEach((dislike, n) => {
        disliked[n] = (-shares.disliked / profile.disliked.length) * dotRow(features, dislike, scratch) * scale;
      });
    }
    if (shares.average > 0) add('CATALOG_AVERAGE', -1, shares.average * dotRow(features, row, explained.meanRow()) * scale);
    const { columnIndices, rowOffsets } = features;
    for (let p = rowOffsets[row]; p < rowOffsets[row + 1]; p++) scratch[columnIndices[p]] = 0;
  }
  const popularity = popularityWeight * model.popularity[row] + (hybrid ? hybrid.popularityWeight * hybrid.popularity[row] : 0);
  if (hybrid !== undefined) addHybridShares(row, hybrid, popularity, liked, disliked);
  profile.liked.forEach((like, n) => {
    add('LIKED_MOVIE', like, liked[n]);
  });
  profile.disliked.forEach((dislike, n) => {
    add('DISLIKED_MOVIE', dislike, disliked[n]);
  });
  add('POPULARITY', -1, popularity);
  return contributions.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** Movies are scored with the viewer's vector at 16 bits, shares are solved for in 32: what the rounding leaves goes to the like with the largest share. */
function addHybridShares(row: number, hybrid: HybridTerms, popularity: number, liked: Float64Array, disliked: Float64Array): void {
  let rest = hybrid.baseScores[row] - popularity;
  let largest = 0;
  hybrid.liked.attributions(row).forEach((share, n, shares) => {
    liked[n] += share;
    rest -= share;
    if (Math.abs(share) > Math.abs(shares[largest])) largest = n;
  });
  hybrid.disliked?.attributions(row).forEach((share, n) => {
    disliked[n] += share;
    rest -= share;
  });
  liked[largest] += rest;
}
