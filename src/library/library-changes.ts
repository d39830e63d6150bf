import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import type { ChangeKind } from './history-store.ts';
import type { FeedbackTable, PlayTable, RatingTable, Tables, WatchlistTable } from './tables.ts';

/** Rows in one statement. Both databases limit the number of values in a statement; this stays well below. */
const BATCH_SIZE = 1_000;
/** Rows that are read in one statement. SQLite reads them without a pause. */
const PAGE_SIZE = 5_000;

interface RowOfKind {
  WATCHLIST: WatchlistTable;
  FEEDBACK: FeedbackTable;
  RATING: RatingTable;
  PLAY: PlayTable;
}

/** A row of one user's library before and after. Undefined: there is none. */
export type LibraryChange = {
  [K in ChangeKind]: { kind: K; before: RowOfKind[K] | undefined; after: RowOfKind[K] | undefined };
}[ChangeKind];

export const TABLES = {
  WATCHLIST: 'cinematch_watchlist',
  FEEDBACK: 'cinematch_feedback',
  RATING: 'cinematch_ratings',
  PLAY: 'cinematch_plays',
} as const;
export const KINDS: readonly ChangeKind[] = ['WATCHLIST', 'FEEDBACK', 'RATING', 'PLAY'];

/** All rows of one user that an import can change. */
export interface LibraryRows {
  watchlist: WatchlistTable[];
  feedback: FeedbackTable[];
  ratings: RatingTable[];
  plays: PlayTable[];
}

export async function libraryRows(trx: Transaction<Tables>, userId: string): Promise<LibraryRows> {
  return {
    watchlist: await pagedRows('movie_id', (after) => {
      const rows = trx.selectFrom('cinematch_watchlist').selectAll().where('user_id', '=', userId).orderBy('movie_id').limit(PAGE_SIZE);
      return (after === undefined ? rows : rows.where('movie_id', '>', after)).execute();
    }),
    feedback: await pagedRows('movie_id', (after) => {
      const rows = trx.selectFrom('cinematch_feedback').selectAll().where('user_id', '=', userId).orderBy('movie_id').limit(PAGE_SIZE);
      return (after === undefined ? rows : rows.where('movie_id', '>', after)).execute();
    }),
    ratings: await pagedRows('movie_id', (after) => {
      const rows = trx.selectFrom('cinematch_ratings').selectAll().where('user_id', '=', userId).orderBy('movie_id').limit(PAGE_SIZE);
      return (after === undefined ? rows : rows.where('movie_id', '>', after)).execute();
    }),
    plays: await pagedRows('play_id', (after) => {
      const rows = trx.selectFrom('cinematch_plays').selectAll().where('user_id', '=', userId).orderBy('play_id').limit(PAGE_SIZE);
      return (after === undefined ? rows : rows.where('play_id', '>', after)).execute();
    }),
  };
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
async function pagedRows<K extends string, Row extends Record<K, unknown>>(
  key: K,
  pageAfter: (after: Row[K] | undefined) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await pageAfter(rows.at(-1)?.[key]);
    rows.push(...page);
    if (page.length < PAGE_SIZE) return rows;
    await nextTurn();
  }
}

/**
 * Writes the changes: removes the rows before, and adds the rows after. Other requests run between two statements. `onWritten` is told how
 * many changes are written.
 */
export async function applyChanges(
  trx: Transaction<Tables>,
  userId: string,
  changes: readonly LibraryChange[],
  onWritten: (count: number) => void = () => undefined,
): Promise<void> {
  let written = 0;
  for (const kind of KINDS) {
    const table = TABLES[kind];
    const key = kind === 'PLAY' ? 'play_id' : 'movie_id';
    for (const part of batches(changes.filter((change) => change.kind === kind))) {
      const removed = part.flatMap(({ before }) => (before === undefined ? [] : [keyOf(kind, before)]));
      if (removed.length > 0)
        await trx
          .deleteFrom(table)
          .where('user_id', '=', userId)
          .where(key as 'movie_id', 'in', removed as never)
          .execute();
      const added = part.flatMap(({ after }) => (after === undefined ? [] : [after]));
      if (added.length > 0)
        await trx
          .insertInto(table)
          .values(added as never)
          .execute();
      written += part.length;
      onWritten(written);
      await nextTurn();
    }
  }
}

/** What identifies the row within its table and user. */
export function keyOf(kind: ChangeKind, row: LibraryChange['before'] & object): string | number {
  return kind === 'PLAY' && 'play_id' in row ? row.play_id : row.movie_id;
}

/**
 * The row without its user, in a form that is equal for equal rows, whatever the order of their columns. A library can move to another
 * user.
 */
export function rowText(row: object | undefined): string | null {
  if (row === undefined) return null;
  const columns = Object.entries(row).filter(([column]) => column !== 'user_id');
  return JSON.stringify(Object.fromEntries(columns.sort(([a], [b]) => (a < b ? -1 : 1))));
}

export function batches<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / BATCH_SIZE) }, (_, i) => list.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE));
}
