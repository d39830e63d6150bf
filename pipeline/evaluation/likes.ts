import type { Effects } from '../effects.ts';
import { type Ratings, readRatings } from './ratings.ts';

/** A rating of 4 and more is a like (Liang et al. 2018), in half stars. */
const LIKED_FROM = 8;

/** Users' likes, as rows of the catalogue: user u likes `rows[offsets[u] .. offsets[u + 1])`, ascending. Users are in order of their ids. */
export interface Likes {
  users: number;
  offsets: Uint32Array;
  rows: Uint32Array;
}

/** Likes with who and when. */
export interface DatedLikes extends Likes {
  userIds: Uint32Array;
  /** Seconds since 1970, beside `rows`; undefined when nobody noted them. */
  times: Uint32Array | undefined;
}

/** The ratings that are likes; users without one are left out. */
export function likesOf({ users, userIds, offsets, rows, halfStars, times }: Ratings): DatedLikes {
  let liking = 0;
  let total = 0;
  for (let user = 0; user < users; user++) {
    const before = total;
    for (let p = offsets[user]; p < offsets[user + 1]; p++) if (halfStars[p] >= LIKED_FROM) total++;
    if (total > before) liking++;
  }
  const likes = {
    users: liking,
    userIds: new Uint32Array(liking),
    offsets: new Uint32Array(liking + 1),
    rows: new Uint32Array(total),
    times: times === undefined ? undefined : new Uint32Array(total),
  };
  let u = 0;
  let q = 0;
  for (let user = 0; user < users; user++) {
    for (let p = offsets[user]; p < offsets[user + 1]; p++) {
      if (halfStars[p] < LIKED_FROM) continue;
      likes.rows[q] = rows[p];
      if (likes.times !== undefined && times !== undefined) likes.times[q] = times[p];
      q++;
    }
    if (q === likes.offsets[u]) continue;
    likes.userIds[u] = userIds[user];
    likes.offsets[++u] = q;
  }
  return likes;
}

/** Reads the likes of a MovieLens ratings file (userId, movieId, rating, ...); movies that the catalogue does not have are left out. */
export async function readLikes(path: string, movieIds: ArrayLike<number>, effects: Effects): Promise<Likes> {
  return likesOf(await readRatings(path, movieIds, effects));
}

/** Likes of each movie. */
export function likeCounts({ rows }: Likes, movies: number): Uint32Array {
  const counts = new Uint32Array(movies);
  for (let p = 0; p < rows.length; p++) counts[rows[p]]++;
  return counts;
}
