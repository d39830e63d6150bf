import type { PipelineContext } from '../cli/pipeline-context.ts';
import { type Ratings, readRatings } from './ratings.ts';

/** In half stars: a rating of 4 stars or more is a like (Liang et al. 2018). */
export const LIKED_FROM = 8;

/** Likes of users, as rows of the catalog: user u likes `rows[offsets[u] .. offsets[u + 1])`, ascending. Users are in order of their ids. */
export interface Likes {
  users: number;
  offsets: Uint32Array;
  rows: Uint32Array;
  /** Ratings below a like of the same users. Undefined when they are not known. */
  lowerRatings?: LowerRatings | undefined;
  /** How many of the last users are viewers of a library, who are never held out. Undefined: none. */
  viewers?: number | undefined;
}

/** Ratings below a like: user u gave `halfStars[p]` to movie `rows[p]`, p in [offsets[u], offsets[u + 1]), rows ascending. */
export interface LowerRatings {
  offsets: Uint32Array;
  rows: Uint32Array;
  halfStars: Uint8Array;
  times: Uint32Array | undefined;
}

/** Likes with the ids of the users and the times. */
export interface DatedLikes extends Likes {
  userIds: Uint32Array;
  /** Seconds since 1970, one entry for each entry of `rows`. Undefined when the file has no timestamps. */
  times: Uint32Array | undefined;
}

/** Splits ratings into likes and lower ratings. Users without a like are left out. */
export function likesOf({ users, userIds, offsets, rows, halfStars, times, viewers }: Ratings): DatedLikes {
  const isLike = (p: number): boolean => halfStars[p] >= LIKED_FROM;
  const everyone = Uint32Array.from({ length: users }, (_, user) => user);
  const liking = everyone.filter((user) => {
    for (let p = offsets[user]; p < offsets[user + 1]; p++) if (isLike(p)) return true;
    return false;
  });
  const likes = positionsOf(offsets, liking, isLike);
  const lower = positionsOf(offsets, liking, (p) => !isLike(p));
  return {
    users: liking.length,
    userIds: liking.map((user) => userIds[user]),
    viewers: viewers && liking.filter((user) => user >= users - viewers).length,
    ...chosen({ rows, times }, likes),
    lowerRatings: { ...chosen({ rows, times }, lower), halfStars: halfStarsAt(halfStars, lower.positions) },
  };
}

/**
 * The likes and lower ratings of these users, in this order, that `keep` accepts. A rating without a time has time 0.
 * Users that are left without a like stay. Viewers of a library come last among these users.
 */
export function selectLikes(likes: DatedLikes, users: Uint32Array, keep: (row: number, time: number) => boolean): DatedLikes {
  const { userIds, lowerRatings, viewers } = likes;
  const keptOf = ({ offsets, rows, times }: Pick<DatedLikes, 'offsets' | 'rows' | 'times'>): Positions =>
    positionsOf(offsets, users, (p) => keep(rows[p], times === undefined ? 0 : times[p]));
  const kept = keptOf(likes);
  const keptLower = lowerRatings && keptOf(lowerRatings);
  return {
    users: users.length,
    userIds: users.map((user) => userIds[user]),
    viewers: viewers && users.filter((user) => user >= likes.users - viewers).length,
    ...chosen(likes, kept),
    lowerRatings: lowerRatings &&
      keptLower && { ...chosen(lowerRatings, keptLower), halfStars: halfStarsAt(lowerRatings.halfStars, keptLower.positions) },
  };
}

/** Positions of entries, user after user: user n has positions[offsets[n] .. offsets[n + 1]). */
interface Positions {
  offsets: Uint32Array;
  positions: Uint32Array;
}

/** The entries of these users that `keep` accepts. */
function positionsOf(offsets: Uint32Array, users: Uint32Array, keep: (p: number) => boolean): Positions {
  let total = 0;
  for (const user of users) for (let p = offsets[user]; p < offsets[user + 1]; p++) if (keep(p)) total++;
  const kept = { offsets: new Uint32Array(users.length + 1), positions: new Uint32Array(total) };
  let q = 0;
  users.forEach((user, n) => {
    for (let p = offsets[user]; p < offsets[user + 1]; p++) if (keep(p)) kept.positions[q++] = p;
    kept.offsets[n + 1] = q;
  });
  return kept;
}

function chosen(
  { rows, times }: Pick<DatedLikes, 'rows' | 'times'>,
  { offsets, positions }: Positions,
): Pick<DatedLikes, 'offsets' | 'rows' | 'times'> {
  return { offsets, rows: positions.map((p) => rows[p]), times: times && positions.map((p) => times[p]) };
}

function halfStarsAt(halfStars: Uint8Array, positions: Uint32Array): Uint8Array {
  const selected = new Uint8Array(positions.length);
  for (let q = 0; q < positions.length; q++) selected[q] = halfStars[positions[q]];
  return selected;
}

/** Reads the likes of a MovieLens ratings file (userId, movieId, rating, ...); ratings of movies that are not in the catalog are left out. */
export async function readLikes(path: string, movieIds: ArrayLike<number>, context: PipelineContext, scale?: number): Promise<DatedLikes> {
  return likesOf(await readRatings(path, movieIds, context, scale));
}

/** Number of likes of each movie. */
export function likeCounts({ rows }: Likes, movies: number): Uint32Array {
  const counts = new Uint32Array(movies);
  for (let p = 0; p < rows.length; p++) counts[rows[p]]++;
  return counts;
}
