import type { UserProfile } from './profile.ts';

/** In the order in which cached rankings number them: new kinds go to the end. */
export const CONTRIBUTION_KINDS = [
  'LIKED_MOVIE',
  'DISLIKED_MOVIE',
  'PREFERRED_GENRE',
  'POPULARITY',
  'CATALOG_AVERAGE',
  'OPERATOR_RULE',
  'RATED_MOVIE',
] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

/** A part of a score that one fact is responsible for. The contributions of a movie add up to its score. */
export interface Contribution {
  kind: ContributionKind;
  /** MovieIndex for LIKED_MOVIE, DISLIKED_MOVIE and RATED_MOVIE, genre index for PREFERRED_GENRE, else -1. */
  subject: number;
  value: number;
}

/** The parts of one movie's score, by the facts of the viewer's profile. */
export interface ScoreParts {
  /** One entry a liked movie, in the order of the profile. */
  liked: Float64Array;
  /** One entry a disliked movie, in the order of the profile. */
  disliked: Float64Array;
  /** One entry a rated movie, in the order of the profile. */
  rated: Float64Array;
  /** One entry a preferred genre, in the order of the profile. */
  genres: Float64Array;
  catalogAverage: number;
  popularity: number;
  /** What rules of the operator add. */
  operatorRules: number;
}

/** The parts as contributions, largest absolute value first. Parts that are 0 are left out. */
export function toContributions(profile: UserProfile, parts: ScoreParts): Contribution[] {
  const contributions: Contribution[] = [];
  const add = (kind: ContributionKind, subject: number, value: number): void => {
    if (value !== 0) contributions.push({ kind, subject, value });
  };
  profile.genres.forEach((genre, n) => {
    add('PREFERRED_GENRE', genre, parts.genres[n]);
  });
  add('CATALOG_AVERAGE', -1, parts.catalogAverage);
  profile.liked.forEach((movie, n) => {
    add('LIKED_MOVIE', movie, parts.liked[n]);
  });
  profile.disliked.forEach((movie, n) => {
    add('DISLIKED_MOVIE', movie, parts.disliked[n]);
  });
  profile.rated?.forEach((movie, n) => {
    add('RATED_MOVIE', movie, parts.rated[n]);
  });
  add('POPULARITY', -1, parts.popularity);
  add('OPERATOR_RULE', -1, parts.operatorRules);
  return contributions.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}
