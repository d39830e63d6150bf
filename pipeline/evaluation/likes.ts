import { access } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import { withDatabase } from '../duckdb.ts';
import type { Effects } from '../effects.ts';

/** A rating of this and more is a like (Liang et al. 2018). */
const LIKED_FROM = 4;

/** Users' likes, as rows of the catalogue: user u likes `rows[offsets[u] .. offsets[u + 1])`, ascending. Users are in order of their ids. */
export interface Likes {
  users: number;
  offsets: Uint32Array;
  rows: Uint32Array;
}

/** Reads the likes of a MovieLens ratings file (userId, movieId, rating, ...); movies that the catalogue does not have are left out. */
export async function readLikes(path: string, rowOf: ReadonlyMap<number, number>, effects: Effects): Promise<Likes> {
  await access(path).catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such ratings file`, { cause });
  });
  const [userIds, movieIds] = await withDatabase(effects.signal, async (connection) => {
    const sql = 'SELECT userId::INTEGER, movieId::INTEGER FROM read_csv($path, header = true) WHERE rating >= $liked ORDER BY ALL';
    try {
      const reader = await connection.runAndReadAll(sql, { path, liked: LIKED_FROM });
      return reader.getColumnsJS();
    } catch (cause) {
      throw new CliError(`${path}: is not a ratings file with the columns userId, movieId, rating`, { cause });
    }
  });
  const offsets: number[] = [];
  const rows: number[] = [];
  let user: unknown;
  userIds.forEach((userId, n) => {
    const row = rowOf.get(Number(movieIds[n]));
    if (row === undefined) return;
    if (userId !== user) {
      offsets.push(rows.length);
      user = userId;
    }
    rows.push(row);
  });
  offsets.push(rows.length);
  return { users: offsets.length - 1, offsets: Uint32Array.from(offsets), rows: Uint32Array.from(rows) };
}
