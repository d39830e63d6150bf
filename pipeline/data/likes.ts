import type { PipelineContext } from '../cli/pipeline-context.ts';
import { type Ratings, readRatings } from './ratings.ts';

/** A rating of 4 and more is a like (Liang et al. 2018), in half stars. */
const LIKED_FROM = 8;

/** Users' likes, as rows of the catalogue: user u likes `rows[offsets[u] .. offsets[u + 1])`, ascending. Users are in order of their ids. */
export interface Likes {
  users: number;
  offsets: Uint32Array;
  rows: Uint32Array;
  /** What the same users rated lower; undefined when it is not known. */
  lesser?: LowerRatings | undefined;
}

/** Ratings that are no likes: user u gave `halfStars[p]` to movie `rows[p]`, p in [offsets[u], offsets[u + 1]), rows ascending. */
export interface LowerRatings {
  offsets: Uint32Array;
  rows: Uint32Array;
  halfStars: Uint8Array;
  times: Uint32Array | undefined;
}

/** Likes with who and when. */
export interface DatedLikes extends Likes {
  userIds: Uint32Array;
  /** Seconds since 1970, beside `rows`; undefined when nobody noted them. */
  times: Uint32Array | undefined;
}

/** The ratings that are likes, and beside them the lesser ones of the same users; users without a like are left out. */
export function likesOf({ users, userIds, offsets, rows, halfStars, times }: Ratings): DatedLikes {
  const isLike = (p: number): boolean => halfStars[p] >= LIKED_FROM;
  const everyone = Uint32Array.from({ length: users }, (_, user) => user);
  const liking = everyone.filter((user) => {
    for (let p = offsets[user]; p < offsets[user + 1]; p++) if (isLike(p)) return true;
    return false;
  });
  const likes = positionsOf(offsets, liking, isLike);
  const lesser = positionsOf(offsets, liking, (p) => !isLike(p));
  return {
    users: liking.length,
    userIds: liking.map((user) => userIds[user]),
    ...chosen({ rows, times }, likes),
    lesser: { ...chosen({ rows, times }, lesser), halfStars: gradesAt(halfStars, lesser.positions) },
  };
}

/** Of these users' likes, in this order, and of what they rated lower, what `keep` says yes to (time 0 when not known); users left without a like stay. */
export function selectLikes(likes: DatedLikes, users: Uint32Array, keep: (row: number, time: number) => boolean): DatedLikes {
  const { userIds, lesser } = likes;
  const keptOf = ({ offsets, rows, times }: Pick<DatedLikes, 'offsets' | 'rows' | 'times'>): Positions =>
    positionsOf(offsets, users, (p) => keep(rows[p], times === undefined ? 0 : times[p]));
  const kept = keptOf(likes);
  const keptLesser = lesser && keptOf(lesser);
  return {
    users: users.length,
    userIds: users.map((user) => userIds[user]),
    ...chosen(likes, kept),
    lesser: lesser && keptLesser && { ...chosen(lesser, keptLesser), halfStars: gradesAt(lesser.halfStars, keptLesser.positions) },
  };
}

/** Entries of users one after the other: user n's are positions[offsets[n] .. offsets[n + 1]). */
interface Positions {
  offsets: Uint32Array;
  positions: Uint32Array;
}

/** Of each of these users the entries that `keep` says yes to. */
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

function gradesAt(halfStars: Uint8Array, positions: Uint32Array): Uint8Array {
  const grades = new Uint8Array(positions.length);
  for (let q = 0; q < positions.length; q++) grades[q] = halfStars[positions[q]];
  return grades;
}

/** Reads the likes of a MovieLens ratings file (userId, movieId, rating, ...); movies that the catalogue does not have are left out. */
export async function readLikes(path: string, movieIds: ArrayLike<number>, effects: PipelineContext): Promise<Likes> {
  return likesOf(await readRatings(path, movieIds, effects));
}

/** Likes of each movie. */
export function likeCounts({ rows }: Likes, movies: number): Uint32Array {
  const counts = new Uint32Array(movies);
  for (let p = 0; p < rows.length; p++) counts[rows[p]]++;
  return counts;
}
