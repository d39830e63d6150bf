import { access } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { withDatabase } from './duckdb.ts';
import { IdTable, sortedIds } from './id-table.ts';

/**
 * Ratings grouped by user: user u gave `halfStars[p]` to movie `rows[p]` for p in [offsets[u], offsets[u + 1]), rows ascending.
 * Users are in ascending order of their ids. 9 bytes per rating.
 */
export interface Ratings {
  users: number;
  userIds: Uint32Array;
  /** Row -> movie id. */
  movieIds: ArrayLike<number>;
  offsets: Uint32Array;
  rows: Uint32Array;
  /** 1 to 10. */
  halfStars: Uint8Array;
  /** Seconds since 1970; undefined when the file has no timestamps. */
  times: Uint32Array | undefined;
}

/** Part of the columns as they were read. Pieces have a fixed size, so that no array is copied to grow. */
interface Piece {
  length: number;
  userIds: Uint32Array;
  movieIds: Uint32Array;
  halfStars: Uint8Array;
  times: Uint32Array | undefined;
}

const PIECE = 1 << 20;
/** Row and place within a user are sorted as one double: 2^31 × 2^21 is below 2^53. */
const MAX_OF_A_USER = 1 << 21;

/**
 * Reads a ratings file (userId, movieId, rating, optionally timestamp; CSV, CSV.gz or Parquet).
 *
 * `movieIds` are the ids of the rows, ascending. Ratings of other movies are left out, and so are users without a rating left.
 * Without `movieIds` the rows are the movies of the file. Ratings outside 0.5 to 5 stars are left out. Of two ratings of a movie
 * by one user the later counts, then the higher.
 *
 * DuckDB returns chunks of columns and a counting sort groups them by user. 32 million ratings need no row objects and about
 * 0.9 GB at the peak.
 */
export async function readRatings(path: string, movieIds: ArrayLike<number> | undefined, context: PipelineContext): Promise<Ratings> {
  await access(path).catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such ratings file`, { cause });
  });
  const pieces = await withDatabase(context.signal, async (connection) => {
    try {
      return await readPieces(connection, path, context);
    } catch (cause) {
      if (context.signal.aborted) throw cause;
      throw new CliError(`${path}: not a ratings file; it needs the columns userId, movieId, rating (CSV, CSV.gz or Parquet)`, { cause });
    }
  });
  return byUser(pieces, movieIds ?? sortedIds(pieces.map((piece) => piece.movieIds.subarray(0, piece.length))));
}

/** Whether a file holds the single ratings of users, and not only the average and count of each movie. */
export async function holdsRatings(path: string, { signal }: PipelineContext): Promise<boolean> {
  const names = await withDatabase(signal, (connection) => columnNames(connection, path));
  return ['userId', 'movieId', 'rating'].every((name) => names.includes(name));
}

function sourceOf(path: string): string {
  return path.endsWith('.parquet') ? 'read_parquet($path)' : 'read_csv($path, header = true)';
}

async function columnNames(connection: DuckDBConnection, path: string): Promise<string[]> {
  return (await connection.runAndReadAll(`SELECT * FROM ${sourceOf(path)} LIMIT 0`, { path })).columnNames();
}

async function readPieces(connection: DuckDBConnection, path: string, context: PipelineContext): Promise<Piece[]> {
  const source = sourceOf(path);
  const names = await columnNames(connection, path);
  const timed = names.includes('timestamp');
  const sql = `SELECT userId::UINTEGER, movieId::UINTEGER, floor(rating * 2)::UTINYINT${timed ? ', timestamp::UINTEGER' : ''}
    FROM ${source} WHERE rating BETWEEN 0.5 AND 5 AND userId IS NOT NULL AND movieId IS NOT NULL`;
  const result = await connection.stream(sql, { path });
  const task = context.progress.start({ label: 'ratings read', unit: 'rows' });
  const pieces: Piece[] = [];
  let piece = newPiece(timed);
  let count = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const size = chunk.rowCount;
    if (piece.length + size > PIECE) {
      pieces.push(piece);
      piece = newPiece(timed);
    }
    const columns = [piece.userIds, piece.movieIds, piece.halfStars, ...(piece.times === undefined ? [] : [piece.times])];
    columns.forEach((column, j) => {
      const vector = chunk.getColumnVector(j);
      const start = piece.length;
      // A missing timestamp counts as 0.
      for (let n = 0; n < size; n++) column[start + n] = (vector.getItem(n) as number | null) ?? 0;
    });
    piece.length += size;
    count += size;
    task.update(count);
    context.signal.throwIfAborted();
  }
  task.end();
  return [...pieces, piece];
}

function newPiece(timed: boolean): Piece {
  return {
    length: 0,
    userIds: new Uint32Array(PIECE),
    movieIds: new Uint32Array(PIECE),
    halfStars: new Uint8Array(PIECE),
    times: timed ? new Uint32Array(PIECE) : undefined,
  };
}

/** Counting sort by user. The pieces are released one by one. */
function byUser(pieces: Piece[], movieIds: ArrayLike<number>): Ratings {
  const rowOf = new IdTable(movieIds);
  const known = pieces.map((piece) => {
    let length = 0;
    for (let n = 0; n < piece.length; n++) {
      if (rowOf.get(piece.movieIds[n]) < 0) continue;
      piece.userIds[length] = piece.userIds[n];
      piece.movieIds[length] = piece.movieIds[n];
      piece.halfStars[length] = piece.halfStars[n];
      if (piece.times !== undefined) piece.times[length] = piece.times[n];
      length++;
    }
    piece.length = length;
    return piece.userIds.subarray(0, length);
  });
  const userIds = sortedIds(known);
  const userOf = new IdTable(userIds);
  const users = userIds.length;
  const offsets = new Uint32Array(users + 1);
  for (const ids of known) for (let n = 0; n < ids.length; n++) offsets[userOf.get(ids[n]) + 1]++;
  for (let user = 0; user < users; user++) offsets[user + 1] += offsets[user];
  const total = offsets[users];
  const rows = new Uint32Array(total);
  const halfStars = new Uint8Array(total);
  const times = pieces[0].times === undefined ? undefined : new Uint32Array(total);
  const next = offsets.slice(0, users);
  known.length = 0;
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    for (let n = 0; n < piece.length; n++) {
      const p = next[userOf.get(piece.userIds[n])]++;
      rows[p] = rowOf.get(piece.movieIds[n]);
      halfStars[p] = piece.halfStars[n];
      if (times !== undefined && piece.times !== undefined) times[p] = piece.times[n];
    }
  }
  return withoutRepeats({ users, userIds, movieIds, offsets, rows, halfStars, times });
}

/** Sorts the ratings of each user by row and keeps one rating per movie. Works in place: the returned arrays are views. */
function withoutRepeats(ratings: Ratings): Ratings {
  const { users, offsets, rows, halfStars, times } = ratings;
  let to = 0;
  let start = 0;
  for (let user = 0; user < users; user++) {
    const end = offsets[user + 1];
    sortByRow(ratings, start, end);
    offsets[user] = to;
    for (let p = start; p < end; p++) {
      const isRepeat = to > offsets[user] && rows[to - 1] === rows[p];
      if (isRepeat && !isLater(ratings, p, to - 1)) continue;
      if (isRepeat) to--;
      rows[to] = rows[p];
      halfStars[to] = halfStars[p];
      if (times !== undefined) times[to] = times[p];
      to++;
    }
    start = end;
  }
  offsets[users] = to;
  return { ...ratings, rows: rows.subarray(0, to), halfStars: halfStars.subarray(0, to), times: times?.subarray(0, to) };
}

function isLater({ halfStars, times }: Ratings, p: number, q: number): boolean {
  const difference = times === undefined ? 0 : times[p] - times[q];
  return difference > 0 || (difference === 0 && halfStars[p] > halfStars[q]);
}

function sortByRow({ rows, halfStars, times }: Ratings, start: number, end: number): void {
  let p = start + 1;
  while (p < end && rows[p - 1] <= rows[p]) p++;
  if (p >= end) return;
  if (end - start > MAX_OF_A_USER) throw new CliError(`one user has ${end - start} ratings; at most ${MAX_OF_A_USER} per user can be read`);
  const keys = Float64Array.from(rows.subarray(start, end), (row, n) => row * MAX_OF_A_USER + n).sort();
  const [oldStars, oldTimes] = [halfStars.slice(start, end), times?.slice(start, end)];
  for (let n = 0; n < keys.length; n++) {
    const from = keys[n] % MAX_OF_A_USER;
    rows[start + n] = (keys[n] - from) / MAX_OF_A_USER;
    halfStars[start + n] = oldStars[from];
    if (times !== undefined && oldTimes !== undefined) times[start + n] = oldTimes[from];
  }
}
