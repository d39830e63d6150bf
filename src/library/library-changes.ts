import type { Transaction } from 'kysely';
import type { ChangeKind } from './history-store.ts';
import type { FeedbackTable, PlayTable, RatingTable, Tables, WatchlistTable } from './tables.ts';

/** Rows in one statement. Both databases limit the number of values in a statement; this stays well below. */
const BATCH_SIZE = 1_000;

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

const TABLES = {
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
    watchlist: await trx.selectFrom('cinematch_watchlist').selectAll().where('user_id', '=', userId).execute(),
    feedback: await trx.selectFrom('cinematch_feedback').selectAll().where('user_id', '=', userId).execute(),
    ratings: await trx.selectFrom('cinematch_ratings').selectAll().where('user_id', '=', userId).execute(),
    plays: await trx.selectFrom('cinematch_plays').selectAll().where('user_id', '=', userId).execute(),
  };
}

/** Writes the changes: removes the rows before, and adds the rows after. */
export async function applyChanges(trx: Transaction<Tables>, userId: string, changes: readonly LibraryChange[]): Promise<void> {
  for (const kind of KINDS) {
    const table = TABLES[kind];
    const own = changes.filter((change) => change.kind === kind);
    const removed = own.flatMap(({ before }) => (before === undefined ? [] : [keyOf(kind, before)]));
    const key = kind === 'PLAY' ? 'play_id' : 'movie_id';
    for (const keys of batches(removed)) {
      await trx
        .deleteFrom(table)
        .where('user_id', '=', userId)
        .where(key as 'movie_id', 'in', keys as never)
        .execute();
    }
    const added = own.flatMap(({ after }) => (after === undefined ? [] : [after]));
    for (const rows of batches(added))
      await trx
        .insertInto(table)
        .values(rows as never)
        .execute();
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
