import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, selectLikes } from '../data/likes.ts';
import type { TrainingSet } from '../data/training-set.ts';

/** A user that a model has not seen, and that it makes recommendations for. */
export interface HeldOutUser {
  userId: number;
  /** Liked rows that the model may know. A smaller profile consists of the first ones. */
  foldIn: Uint32Array;
  /** When each of them was liked. Undefined: the model is told no order. */
  foldInTimes?: Uint32Array | undefined;
  /** Liked rows that the model should recommend, ascending. At least one. */
  relevant: Uint32Array;
  /** Rows that may not be recommended, ascending: all of `foldIn`, and the user's likes in the training set. */
  excluded: Uint32Array;
}

export interface Split {
  /** Describes the split in one sentence, for the head of a report. */
  about: string;
  training: TrainingSet;
  /** Users for choosing hyper-parameters and, in `strong`, blend weights. `test` is never used for that. */
  validation: HeldOutUser[];
  test: HeldOutUser[];
  /** Rows that are ranked, minus the excluded rows of each user. */
  candidates: Bitset;
  /** Likes of each row, by which movies count as popular. */
  popularity: Uint32Array;
}

/** Users with fewer likes are left out (Liang et al. 2018). */
export const MIN_LIKES = 5;

/** Likes and lower ratings of these users, in this order. */
export function likesOfUsers(likes: DatedLikes, users: Uint32Array): DatedLikes {
  return selectLikes(likes, users, () => true);
}

/** Number of users with enough likes to be held out. */
export function countEligible({ users, offsets, viewers = 0 }: Pick<DatedLikes, 'users' | 'offsets' | 'viewers'>): number {
  let count = 0;
  for (let user = 0; user < users - viewers; user++) if (offsets[user + 1] - offsets[user] >= MIN_LIKES) count++;
  return count;
}

/** Rows with at least one like. */
export function likedMovies(counts: Uint32Array): Bitset {
  return Bitset.of(
    counts.length,
    counts.keys().filter((row) => counts[row] > 0),
  );
}

export function ascending(rows: Iterable<number>): Uint32Array {
  return Uint32Array.from(rows).sort();
}
