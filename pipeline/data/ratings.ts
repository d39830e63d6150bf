import { access } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { queryObjects, streamChunks, withDatabase } from './duckdb.ts';
import { IdTable, sortedIds } from './id-table.ts';
import type { MalformedLine } from './malformed-lines.ts';
import { DEFAULT_SCALE, inspectRatingsFile, OUTSIDE, type RatingsFile, reportLeftOut, UNUSABLE, withRatings } from './ratings-file.ts';

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
  /** How many of the last users are viewers of a library. Undefined: none. */
  viewers?: number | undefined;
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
 * Reads the ratings of a file, whose forms `inspectRatingsFile` lists.
 *
 * `movieIds` are the ids of the rows, ascending. Ratings of other movies are left out, and so are users without a rating left.
 * Without `movieIds` the rows are the movies of the file. `scale` is the highest rating; half stars are rounded down. Of two ratings of a
 * movie by one user the later counts, then the higher. User ids that are no numbers of 32 bits are numbered in the order of their text.
 *
 * A counting sort groups the columns by user. 32 million ratings need no row objects and about 0.9 GB at the peak.
 */
export async function readRatings(
  path: string,
  movieIds: ArrayLike<number> | undefined,
  context: PipelineContext,
  scale = DEFAULT_SCALE,
): Promise<Ratings> {
  await access(path).catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such ratings file`, { cause });
  });
  const pieces = await withDatabase(context.signal, (connection) => readPieces(connection, path, scale, context));
  return byUser(pieces, movieIds ?? sortedIds(pieces.map((piece) => piece.movieIds.subarray(0, piece.length))));
}

/** Whether a file holds the single ratings of users, and not only the average and count of each movie. */
export async function holdsRatings(path: string, { signal }: PipelineContext): Promise<boolean> {
  const { kind } = await withDatabase(signal, (connection) => inspectRatingsFile(path, connection, signal));
  return kind === 'ratings';
}

async function readPieces(connection: DuckDBConnection, path: string, scale: number, context: PipelineContext): Promise<Piece[]> {
  const file = await inspectRatingsFile(path, connection, context.signal);
  if (file.kind !== 'ratings') throw new CliError(`${path}: has statistics per movie; single ratings (userId, movieId, rating) are needed`);
  const task = context.progress.start({ label: 'ratings read', unit: 'rows' });
  const malformed = await loadTable(connection, file, scale);
  const [{ unusable, outside, used }] = await queryObjects(
    connection,
    `SELECT count(*) FILTER (halfStars = ${UNUSABLE}) AS unusable, count(*) FILTER (halfStars = ${OUTSIDE}) AS outside,
       count(*) FILTER (halfStars BETWEEN 1 AND 10) AS used FROM ratings`,
  );
  reportLeftOut(path, { malformed, unusable: Number(unusable), outside: Number(outside) }, Number(used), scale, context.log);
  const pieces: Piece[] = [];
  let piece = newPiece(file.hasTimes);
  let count = 0;
  const sql = 'SELECT "user", movie, halfStars, time FROM ratings WHERE halfStars BETWEEN 1 AND 10';
  for await (const chunk of streamChunks(connection, sql)) {
    const size = chunk.rowCount;
    if (piece.length + size > PIECE) {
      pieces.push(piece);
      piece = newPiece(file.hasTimes);
    }
    const { userIds, movieIds, halfStars, times } = piece;
    const [users, movies, stars, seconds] = [0, 1, 2, 3].map((column) => chunk.getColumnVector(column));
    for (let n = 0; n < size; n++) {
      const to = piece.length + n;
      userIds[to] = users.getItem(n) as number;
      movieIds[to] = movies.getItem(n) as number;
      halfStars[to] = stars.getItem(n) as number;
      if (times !== undefined) times[to] = seconds.getItem(n) as number;
    }
    piece.length += size;
    count += size;
    task.update(count);
    context.signal.throwIfAborted();
  }
  task.end();
  return [...pieces, piece];
}

/**
 * Fills the table `ratings` (user, movie, halfStars, time). A table, because an error in a stream looks like its end. Ids of 32 bits are
 * read first: they need a fifth of the memory. When one does not fit, all are read as text.
 */
async function loadTable(connection: DuckDBConnection, file: RatingsFile, scale: number): Promise<MalformedLine[]> {
  const load = (numericUsers: boolean) =>
    withRatings(connection, file, { scale, numericUsers }, async (query, bindings) => {
      await connection.run(`CREATE OR REPLACE TEMP TABLE ratings AS SELECT "user", movie, halfStars, time FROM (${query})`, bindings);
    });
  if (
    file.csv === undefined
      ? /INT/.test(file.types.userId) && !/BIG|HUGE/.test(file.types.userId)
      : isUint32(file.csv.firstRow[file.columns.indexOf('userId')])
  ) {
    const malformed = await load(true);
    if (!malformed.some(({ problem }) => problem.startsWith('userId'))) return malformed;
  }
  const malformed = await load(false);
  await connection.run(`CREATE TEMP TABLE users AS SELECT name, row_number() OVER (ORDER BY name)::UINTEGER AS number
    FROM (SELECT DISTINCT "user" AS name FROM ratings WHERE halfStars BETWEEN 1 AND 10)`);
  // Numbers stay numbers, so that a split by user id does not change when a line with text is left out.
  await connection.run(`UPDATE users SET number = TRY_CAST(name AS UINTEGER)
    WHERE (SELECT bool_and(regexp_full_match(name, '[0-9]+') AND TRY_CAST(name AS UINTEGER) IS NOT NULL) FROM users)`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ratings AS
    SELECT number AS "user", movie, halfStars, time FROM ratings LEFT JOIN users ON name = "user"`);
  return malformed;
}

function isUint32(text = ''): boolean {
  return /^\d+$/.test(text) && Number(text) < 2 ** 32;
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
