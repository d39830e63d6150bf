import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import { batches } from './library-changes.ts';
import type { FeedbackTable, PlayTable, RatingTable, Tables, WatchlistTable } from './tables.ts';

/** Rows of one statement. SQLite reads or deletes them without a pause, in some 10 ms. */
export const PAGE_SIZE = 2_500;
/** Rows that are moved or deleted before others have a turn: some 10 ms. */
const CHANGED_AT_ONCE = 500;

/** Rows of one user that an import can change. */
export interface LibraryRows {
  watchlist: WatchlistTable[];
  feedback: FeedbackTable[];
  ratings: RatingTable[];
  plays: PlayTable[];
}

/** The rows about these movies. Other requests run between two batches. */
export async function rowsOfMovies(trx: Transaction<Tables>, userId: string, movieIds: readonly MovieId[]): Promise<LibraryRows> {
  const rows: LibraryRows = { watchlist: [], feedback: [], ratings: [], plays: [] };
  const watchlist = trx.selectFrom('cinematch_watchlist').selectAll().where('user_id', '=', userId);
  const feedback = trx.selectFrom('cinematch_feedback').selectAll().where('user_id', '=', userId);
  const ratings = trx.selectFrom('cinematch_ratings').selectAll().where('user_id', '=', userId);
  const plays = trx.selectFrom('cinematch_plays').selectAll().where('user_id', '=', userId);
  for (const ids of batches(movieIds)) {
    rows.watchlist.push(...(await watchlist.where('movie_id', 'in', ids).execute()));
    rows.feedback.push(...(await feedback.where('movie_id', 'in', ids).execute()));
    rows.ratings.push(...(await ratings.where('movie_id', 'in', ids).execute()));
    rows.plays.push(...(await plays.where('movie_id', 'in', ids).execute()));
    await nextTurn();
  }
  return rows;
}

export function watchlistRows(database: Kysely<Tables>, userId: string): Promise<WatchlistTable[]> {
  const list = database.selectFrom('cinematch_watchlist').selectAll().where('user_id', '=', userId).orderBy('movie_id');
  return pagedRows('movie_id', (after, first) => (after === undefined ? list : list.where('movie_id', '>', after)).limit(first).execute());
}

export function feedbackRows(database: Kysely<Tables>, userId: string): Promise<FeedbackTable[]> {
  const list = database.selectFrom('cinematch_feedback').selectAll().where('user_id', '=', userId).orderBy('movie_id');
  return pagedRows('movie_id', (after, first) => (after === undefined ? list : list.where('movie_id', '>', after)).limit(first).execute());
}

export function ratingRows(database: Kysely<Tables>, userId: string): Promise<RatingTable[]> {
  const list = database.selectFrom('cinematch_ratings').selectAll().where('user_id', '=', userId).orderBy('movie_id');
  return pagedRows('movie_id', (after, first) => (after === undefined ? list : list.where('movie_id', '>', after)).limit(first).execute());
}

export function playRows(database: Kysely<Tables>, userId: string): Promise<PlayTable[]> {
  const list = database.selectFrom('cinematch_plays').selectAll().where('user_id', '=', userId).orderBy('play_id');
  return pagedRows('play_id', (after, first) => (after === undefined ? list : list.where('play_id', '>', after)).limit(first).execute());
}

/** All rows, page by page in the order of their key. Other requests run between two pages. */
export async function pagedRows<K extends string, Row extends Record<K, unknown>>(
  key: K,
  pageAfter: (after: Row[K] | undefined, first: number) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await pageAfter(rows.at(-1)?.[key], PAGE_SIZE);
    rows.push(...page);
    if (page.length < PAGE_SIZE) return rows;
    await nextTurn();
  }
}

/** The rows by their time, the latest first. The key decides between rows of the same time. */
export function newestFirst<Time extends string, Key extends string, Row extends Record<Time, number> & Record<Key, number | string>>(
  rows: Row[],
  time: Time,
  key: Key,
): Row[] {
  return rows.sort((a, b) => b[time] - a[time] || Number(a[key] < b[key]) - Number(a[key] > b[key]));
}

/**
 * Deletes the rows of a table that are `chosen`, and returns how many. `keys` identify a row. Other requests run between two statements.
 * Deletes no more after `max` rows or some more.
 */
export function deleteInBatches(
  trx: Transaction<Tables>,
  table: string,
  keys: readonly string[],
  chosen: RawBuilder<unknown>,
  max?: number,
): Promise<number> {
  return inBatches(trx, sql`delete from ${sql.table(table)}`, table, keys, chosen, max);
}

/** Gives the rows of a table that are `chosen` to another user, and returns how many. They are no longer chosen then. */
export function moveInBatches(
  trx: Transaction<Tables>,
  table: string,
  keys: readonly string[],
  chosen: RawBuilder<unknown>,
  toUserId: string,
): Promise<number> {
  return inBatches(trx, sql`update ${sql.table(table)} set user_id = ${toUserId}`, table, keys, chosen);
}

async function inBatches(
  trx: Transaction<Tables>,
  statement: RawBuilder<unknown>,
  table: string,
  keys: readonly string[],
  chosen: RawBuilder<unknown>,
  max = Number.POSITIVE_INFINITY,
): Promise<number> {
  const key = sql.join(keys.map((name) => sql.ref(name)));
  const some = sql`${statement} where (${key}) in (select ${key} from ${sql.table(table)} where ${chosen} limit ${CHANGED_AT_ONCE})`;
  let count = 0;
  let rows: number;
  do {
    rows = Number((await some.execute(trx)).numAffectedRows);
    count += rows;
    // Also after the last ones: the rows of the next table follow.
    if (rows > 0) await nextTurn();
  } while (rows === CHANGED_AT_ONCE && count < max);
  return count;
}
