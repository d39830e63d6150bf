import type { DatedLikes } from '../data/likes.ts';
import { splitColdMovies } from './cold-movies.ts';
import { countEligible, type Split } from './split.ts';
import { splitStrongly } from './strong-generalisation.ts';
import { type LikeOrder, splitInTime } from './temporal-split.ts';

/** The protocols that split users and likes. docs/research/evaluation.md defines them. */
export const PROTOCOLS = ['strong', 'temporal', 'cold'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const MAX_HELD_OUT = 10_000;

export interface SplitOptions {
  protocol: Protocol;
  /** Number of test users, and of validation users. Undefined: a tenth of the eligible users, at most 10,000. */
  heldOut: number | undefined;
  seed: number;
  /** How often each test user is asked, with other likes (`strong` only). */
  shuffles: number;
  /** Likes of the test users, when they come from another file (`strong` only). */
  testLikes: DatedLikes | undefined;
  /** What models are told of the order of likes (`temporal` only). */
  order?: LikeOrder | undefined;
}

export function splitBy({ protocol, heldOut, seed, shuffles, testLikes, order }: SplitOptions, likes: DatedLikes, movies: number): Split {
  if (protocol === 'temporal') return splitInTime(likes, movies, seed, order);
  const count = heldOut ?? Math.min(MAX_HELD_OUT, Math.max(1, Math.floor(countEligible(likes) / 10)));
  return protocol === 'strong'
    ? splitStrongly(likes, movies, count, seed, testLikes, shuffles)
    : splitColdMovies(likes, movies, count, seed);
}
