import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, selectLikes } from '../data/likes.ts';

/** What a model may learn from. */
export interface TrainingSet {
  likes: DatedLikes;
  /** The latest of the likes' times: recommendations are made from here on. */
  now: number;
  /** Rows of the catalogue; likes are of some of them. */
  movies: number;
  seed: number;
}

/** One viewer asked for recommendations. */
export interface HeldOutUser {
  userId: number;
  /** Rows that the model may be told, in the order in which they are told when it is told some only. */
  foldIn: Uint32Array;
  /** Rows to be found, ascending; at least one. */
  relevant: Uint32Array;
  /** Rows that are no candidates for this viewer, ascending: all of `given`, told or not, and what the viewer liked in training. */
  excluded: Uint32Array;
}

export interface Split {
  /** One sentence for the head of a report. */
  about: string;
  training: TrainingSet;
  /** On these hyper-parameters may be chosen, never on `test`; and in `strong` the weights of a blend. */
  validation: HeldOutUser[];
  test: HeldOutUser[];
  /** What is ranked, less what is hidden from a viewer. */
  candidates: Bitset;
  /** Likes a movie by which films count as popular or not, an entry a row. */
  popularity: Uint32Array;
}

/** Users below this say too little to be split (Liang et al. 2018). */
export const MIN_LIKES = 5;

/** The likes of these users, in this order, and what they rated lower. */
export function likesOfUsers(likes: DatedLikes, users: Uint32Array): DatedLikes {
  return selectLikes(likes, users, () => true);
}

export function trainingSet(likes: DatedLikes, movies: number, seed: number): TrainingSet {
  let now = 0;
  if (likes.times !== undefined) for (let p = 0; p < likes.times.length; p++) if (likes.times[p] > now) now = likes.times[p];
  return { likes, now, movies, seed };
}

/** The rows whose number of likes is above 0. */
export function likedMovies(counts: Uint32Array): Bitset {
  return Bitset.of(
    counts.length,
    counts.keys().filter((row) => counts[row] > 0),
  );
}

export function ascending(rows: Iterable<number>): Uint32Array {
  return Uint32Array.from(rows).sort();
}
