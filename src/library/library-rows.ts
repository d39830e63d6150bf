import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import type { FeedbackTable, PlayTable, RatingTable, Tables, WatchlistTable } from './tables.ts';

/** Rows of one statement. SQLite reads or deletes them without a pause, in some 10 ms. */
export const PAGE_SIZE = 2_500;

/** All rows of one user that an import can change. */
export interface LibraryRows {
  watchlist: WatchlistTable[];
  feedback: FeedbackTable[];
  ratings: RatingTable[];
  plays: PlayTable[];
}

/** Each list in the order of its key. Other requests run between two statements. */
export async function libraryRows(database: Kysely<Tables>, userId: string): Promise<LibraryRows> {
  return {
    watchlist: await watchlistRows(database, userId),
    feedback: await feedbackRows(database, userId),
    ratings: await ratingRows(database, userId),
    plays: await playRows(database, userId),
  };
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

/** The same for one movie. */
export async function rowsOfMovie(trx: Transaction<Tables>, user_id: string, movie_id: MovieId): Promise<LibraryRows> {
  const own = { user_id, movie_id };
  return {
    watchlist: await trx
      .selectFrom('cinematch_watchlist')
      .selectAll()
      .where(({ and }) => and(own))
      .execute(),
    feedback: await trx
      .selectFrom('cinematch_feedback')
      .selectAll()
      .where(({ and }) => and(own))
      .execute(),
    ratings: await trx
      .selectFrom('cinematch_ratings')
      .selectAll()
      .where(({ and }) => and(own))
      .execute(),
    plays: await trx
      .selectFrom('cinematch_plays')
      .selectAll()
      .where(({ and }) => and(own))
      .execute(),
  };
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

/** Deletes the rows of a table that are `chosen`. `keys` identify a row. Other requests run between two statements. */
export async function deleteInBatches(
  trx: Transaction<Tables>,
  table: string,
  keys: readonly string[],
  chosen: RawBuilder<unknown>,
): Promise<void> {
  const key = sql.join(keys.map((name) => sql.ref(name)));
  const some = sql`delete from ${sql.table(table)} where (${key}) in (select ${key} from ${sql.table(table)} where ${chosen} limit ${PAGE_SIZE})`;
  while (Number((await some.execute(trx)).numAffectedRows) === PAGE_SIZE) await nextTurn();
}
