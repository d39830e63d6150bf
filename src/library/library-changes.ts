import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { ChangeKind } from './history-store.ts';
import type { FeedbackTable, PlayTable, RatingTable, Tables, WatchlistTable } from './tables.ts';

/** Rows in one statement. Both databases limit the number of values in a statement; this stays well below. SQLite writes them without a pause. */
const BATCH_SIZE = 250;

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
