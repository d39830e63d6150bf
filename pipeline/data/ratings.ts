import { access } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { checkWhole, inspectCsv } from './csv-file.ts';
import { streamChunks, withDatabase } from './duckdb.ts';
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

const COLUMNS = ['userId', 'movieId', 'rating'] as const;
const MAX_QUOTED = 80;
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
      if (context.signal.aborted || cause instanceof CliError) throw cause;
      throw new CliError(`${path}: ${problemOf(cause)}`, { cause });
    }
  });
  return byUser(pieces, movieIds ?? sortedIds(pieces.map((piece) => piece.movieIds.subarray(0, piece.length))));
}

/** Whether a file holds the single ratings of users, and not only the average and count of each movie. */
export async function holdsRatings(path: string, { signal }: PipelineContext): Promise<boolean> {
  const { columns } = await withDatabase(signal, (connection) => sourceOf(path, connection, signal));
  return COLUMNS.every((name) => columns.includes(name));
}

interface RatingsSource {
  /** DuckDB's table function, with the path bound to $path. */
  table: string;
  columns: readonly string[];
  /** Whether the timestamps are dates. Others are seconds since 1970. */
  hasDates: boolean;
}

/**
 * The columns come from the header of a CSV file and their types from here: DuckDB's detection reads a sample and takes a file with one
 * short line for another format. With given types it names the line of a value that does not fit.
 */
async function sourceOf(path: string, connection: DuckDBConnection, signal: AbortSignal): Promise<RatingsSource> {
  if (path.endsWith('.parquet')) {
    const result = await connection.runAndReadAll('SELECT * FROM read_parquet($path) LIMIT 0', { path });
    const columns = result.columnNames();
    const type = String(result.columnTypes()[columns.indexOf('timestamp')]);
    return { table: 'read_parquet($path)', columns, hasDates: /^(TIMESTAMP|DATE)/.test(type) };
  }
  const file = await inspectCsv(path, []);
  await checkWhole(file, signal);
  const hasDates = !/^\d*$/.test(file.firstRow[file.columns.indexOf('timestamp')] ?? '');
  const types: Record<string, string> = {
    userId: 'UINTEGER',
    movieId: 'UINTEGER',
    rating: 'DOUBLE',
    timestamp: hasDates ? 'TIMESTAMP' : 'UINTEGER',
  };
  const columns = file.columns.map((name) => `'${name.replaceAll("'", "''")}': '${types[name] ?? 'VARCHAR'}'`).join(', ');
  const options = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', compression = '${file.compression}'`;
  return { table: `read_csv($path, ${options}, columns = {${columns}})`, columns: file.columns, hasDates };
}

/** The problem in one line, with the number and text of the line in a CSV file. */
function problemOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const found = /CSV Error on Line: (\d+)\n(?:Original Line: (.*)\n)?(.*)/.exec(message);
  if (found === null) return message.split('\n')[0];
  const [, line, text = '', reason] = found;
  const value = /column "(\w+)".* string "(.*)" to '(\w+)'/.exec(reason);
  const columns = /Number of Columns: (\d+) Found: (\d+)/.exec(reason);
  const why =
    value !== null
      ? `${value[1]} is "${value[2]}", expected ${value[3] === 'UINTEGER' ? 'a whole number from 0 to 4294967295' : 'a number'}`
      : columns !== null
        ? `has ${columns[2]} columns, expected ${columns[1]}`
        : reason;
  return `line ${line} (${text.slice(0, MAX_QUOTED)}): ${why}`;
}

/** Half stars that stand for a missing rating, and for a rating outside 0.5 to 5. */
const [NO_RATING, OUTSIDE] = [0, 255];

async function readPieces(connection: DuckDBConnection, path: string, context: PipelineContext): Promise<Piece[]> {
  const { table, columns, hasDates } = await sourceOf(path, connection, context.signal);
  const missing = COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new CliError(
      `${path}: not a ratings file; it needs the columns userId, movieId, rating (CSV, CSV.gz or Parquet), and ${missing.join(', ')} is missing`,
    );
  const timed = columns.includes('timestamp');
  const time = hasDates ? 'epoch(timestamp)::UINTEGER' : 'timestamp::UINTEGER';
  const sql = `SELECT userId::UINTEGER, movieId::UINTEGER,
      CASE WHEN rating IS NULL THEN ${NO_RATING} WHEN rating BETWEEN 0.5 AND 5 THEN floor(rating * 2) ELSE ${OUTSIDE} END::UTINYINT${timed ? `, ${time}` : ''}
    FROM ${table} WHERE userId IS NOT NULL AND movieId IS NOT NULL`;
  const task = context.progress.start({ label: 'ratings read', unit: 'rows' });
  const pieces: Piece[] = [];
  let piece = newPiece(timed);
  let count = 0;
  let outside = 0;
  for await (const chunk of streamChunks(connection, sql, { path })) {
    const size = chunk.rowCount;
    if (piece.length + size > PIECE) {
      pieces.push(piece);
      piece = newPiece(timed);
    }
    const { userIds, movieIds, halfStars, times } = piece;
    const [users, movies, stars] = [chunk.getColumnVector(0), chunk.getColumnVector(1), chunk.getColumnVector(2)];
    const seconds = timed ? chunk.getColumnVector(3) : undefined;
    let to = piece.length;
    for (let n = 0; n < size; n++) {
      const rating = stars.getItem(n) as number;
      if (rating === OUTSIDE) outside++;
      if (rating === OUTSIDE || rating === NO_RATING) continue;
      userIds[to] = users.getItem(n) as number;
      movieIds[to] = movies.getItem(n) as number;
      halfStars[to] = rating;
      // A missing timestamp counts as 0.
      if (times !== undefined && seconds !== undefined) times[to] = (seconds.getItem(n) as number | null) ?? 0;
      to++;
    }
    count += to - piece.length;
    piece.length = to;
    task.update(count);
    context.signal.throwIfAborted();
  }
  task.end();
  reportOutside(path, outside, count, context);
  return [...pieces, piece];
}

/** Ratings on another scale are refused: those of its lower half would be read as low ratings. */
function reportOutside(path: string, outside: number, valid: number, context: PipelineContext): void {
  if (outside === 0) return;
  const total = outside + valid;
  if (outside > total / 2)
    throw new CliError(
      `${path}: ${outside} of ${total} ratings are outside 0.5 to 5; convert ratings on another scale to stars, for example 1 to 10 by halving`,
    );
  context.log(`  ${path}: ${outside} of ${total} ratings are outside 0.5 to 5 and are left out`);
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
