import { Bitset } from '../../src/linalg/bitset.ts';
import type { DatedLikes, Likes } from './likes.ts';

/** What a model may learn from. */
export interface TrainingSet {
  likes: Likes;
  /** Seconds since 1970, beside `likes.rows`; undefined when the ratings file has none. */
  times: Uint32Array | undefined;
  /** The latest of `times`: recommendations are made from here on. */
  now: number;
  /** Rows of the catalogue; likes are of some of them. */
  movies: number;
  seed: number;
}

/** One viewer asked for recommendations. */
export interface TestCase {
  userId: number;
  /** Rows that the model may be told, in the order in which they are told when it is told some only. */
  given: Uint32Array;
  /** Rows to be found, ascending; at least one. */
  targets: Uint32Array;
  /** Rows that are no candidates for this viewer, ascending: all of `given`, told or not, and what the viewer liked in training. */
  hidden: Uint32Array;
}

export interface Split {
  /** One sentence for the head of a report. */
  about: string;
  training: TrainingSet;
  /** On these hyper-parameters and weights may be chosen, never on `test`. */
  validation: TestCase[];
  test: TestCase[];
  /** What is ranked, less what is hidden from a viewer. */
  candidates: Bitset;
  /** Likes a movie by which films count as popular or not, an entry a row. */
  popularity: Uint32Array;
}

/** Users below this say too little to be split (Liang et al. 2018). */
export const LEAST_LIKES = 5;

/** The likes of these users, in this order. */
export function likesOfUsers(likes: DatedLikes, users: Uint32Array): DatedLikes {
  return selectLikes(likes, users, () => true);
}

/** The likes of these users, in this order, that `keep` says yes to (it is given the position in `likes.rows`); users left without one stay. */
export function selectLikes(likes: DatedLikes, users: Uint32Array, keep: (p: number) => boolean): DatedLikes {
  let total = 0;
  for (const user of users) for (let p = likes.offsets[user]; p < likes.offsets[user + 1]; p++) if (keep(p)) total++;
  const chosen = {
    users: users.length,
    userIds: new Uint32Array(users.length),
    offsets: new Uint32Array(users.length + 1),
    rows: new Uint32Array(total),
    times: likes.times === undefined ? undefined : new Uint32Array(total),
  };
  let q = 0;
  users.forEach((user, n) => {
    for (let p = likes.offsets[user]; p < likes.offsets[user + 1]; p++) {
      if (!keep(p)) continue;
      chosen.rows[q] = likes.rows[p];
      if (chosen.times !== undefined && likes.times !== undefined) chosen.times[q] = likes.times[p];
      q++;
    }
    chosen.userIds[n] = likes.userIds[user];
    chosen.offsets[n + 1] = q;
  });
  return chosen;
}

export function trainingSet(likes: DatedLikes, movies: number, seed: number): TrainingSet {
  let now = 0;
  if (likes.times !== undefined) for (let p = 0; p < likes.times.length; p++) if (likes.times[p] > now) now = likes.times[p];
  return { likes: { users: likes.users, offsets: likes.offsets, rows: likes.rows }, times: likes.times, now, movies, seed };
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
