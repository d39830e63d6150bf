import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { kindOf, rowOfText } from './import-journal.ts';
import { batches, type LibraryChange } from './library-changes.ts';
import { pagedRows } from './library-rows.ts';
import type { ImportChangeTable, Tables } from './tables.ts';

type Row = LibraryChange['after'] & object;

/**
 * The changes without those that would bring back what the viewer has removed, or what an undo took away. The first adds a row that says the
 * same as a row of an earlier import, and that row is there no longer. The second says the same as a change of an import that was undone.
 * A row that says something new, such as another rating, is not left out.
 */
export async function withoutRemoved(trx: Transaction<Tables>, userId: string, changes: LibraryChange[]): Promise<LibraryChange[]> {
  if (changes.length === 0) return changes;
  const said = new Set(changes.flatMap((change) => outcomeOf(change) ?? []));
  const imports = await trx
    .selectFrom('cinematch_imports')
    .select(['import_id', 'undone_at'])
    .where('user_id', '=', userId)
    .orderBy('imported_at')
    .orderBy('import_id')
    .execute();
  const removed = new Set<string>();
  const undone = new Set<string>();
  for (const { import_id, undone_at } of imports) {
    const own = trx.selectFrom('cinematch_import_changes').selectAll().where('user_id', '=', userId).where('import_id', '=', import_id);
    const entries = await pagedRows<'number', ImportChangeTable>('number', (after, first) => {
      const list = own.orderBy('number').limit(first);
      return (after === undefined ? list : list.where('number', '>', after)).execute();
    });
    const follow = ({ kind: text, before, after }: ImportChangeTable): void => {
      const kind = kindOf(text);
      const [was, became] = [rowOfText(before, userId), rowOfText(after, userId)];
      const statement = outcomeOf({ kind, before: was, after: became });
      // What an import itself took away may come again. An undo has put it back.
      if (was !== undefined && undone_at === null) removed.delete(statementOf(kind, was));
      if (statement === undefined || !said.has(statement)) return;
      removed.add(statement);
      if (undone_at === null) undone.delete(statement);
      else undone.add(statement);
    };
    for (const part of batches(entries)) {
      part.forEach(follow);
      await nextTurn();
    }
  }
  return changes.filter((change) => {
    const statement = outcomeOf(change) ?? '';
    return !undone.has(statement) && !(isAddition(change) && removed.has(statement));
  });
}

/** What is said of the movie after a change, also that nothing is said any longer. */
function outcomeOf({ kind, before, after }: { kind: LibraryChange['kind']; before: Row | undefined; after: Row | undefined }) {
  if (after !== undefined) return statementOf(kind, after);
  return before && `${kind} ${before.movie_id} none`;
}

/** Whether the change adds a row, or a mark as watched that the row does not have. */
function isAddition({ kind, before, after }: LibraryChange): boolean {
  if (after === undefined) return false;
  if (before === undefined || kind === 'PLAY') return true;
  return kind === 'WATCHLIST' && before.watched === 0 && after.watched === 1;
}

/** What the row says of its movie: equal for equal statements, whatever the id of the row and the time of adding. */
function statementOf(kind: LibraryChange['kind'], row: Row): string {
  const about = `${kind} ${row.movie_id}`;
  if ('half_stars' in row) return `${about} ${row.half_stars} ${row.rated_at}`;
  if ('signal' in row) return `${about} ${row.signal}`;
  return 'played_at' in row ? `${about} ${row.played_at}` : `${about} ${row.watched} ${row.watched_at}`;
}
