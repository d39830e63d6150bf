import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { MAX_IMPORTS } from '../list-caps.ts';
import { dateText } from './history/history-date.ts';
import type { ChangeKind, ImportChange, ImportRecord } from './history-store.ts';
import { applyChanges, batches, KINDS, keyOf, type LibraryChange, rowText } from './library-changes.ts';
import { deleteInBatches, pagedRows, rowsOfMovies } from './library-rows.ts';
import type { ImportOrigin } from './library-store.ts';
import type { FeedbackTable, ImportChangeTable, ImportTable, PlayTable, RatingTable, Tables, WatchlistTable } from './tables.ts';

/** Thrown when this import has been merged. Nothing is merged again. */
export class KnownImportError extends Error {
  override readonly name = 'KnownImportError';
}

/** Refuses an import that is stored. */
export async function refuseKnownImport(trx: Transaction<Tables>, userId: string, importId: string): Promise<void> {
  const own = trx.selectFrom('cinematch_imports').select('import_id').where('user_id', '=', userId).where('import_id', '=', importId);
  if ((await own.executeTakeFirst()) !== undefined) throw new KnownImportError(`the import ${importId} has been merged`);
}

/** Writes down what an import changed, so that it can be shown and undone. */
export async function recordImport(
  trx: Transaction<Tables>,
  userId: string,
  { importId, files, rowCount }: ImportOrigin,
  { movieCount, changes, at }: { movieCount: number; changes: readonly LibraryChange[]; at: Date },
): Promise<void> {
  const row = { user_id: userId, import_id: importId, imported_at: at.getTime(), files: JSON.stringify(files), row_count: rowCount };
  await trx
    .insertInto('cinematch_imports')
    .values({ ...row, movie_count: movieCount, undone_at: null })
    .execute();
  let number = 0;
  for (const part of batches(changes)) {
    const entries = part.map(({ kind, before, after }): ImportChangeTable => {
      return { user_id: userId, import_id: importId, number: number++, kind, before: rowText(before), after: rowText(after) };
    });
    await trx.insertInto('cinematch_import_changes').values(entries).execute();
    await nextTurn();
  }
  const hasChanges = sql`exists (select 1 from cinematch_import_changes as own
    where own.user_id = cinematch_imports.user_id and own.import_id = cinematch_imports.import_id)`;
  const old = await trx
    .selectFrom('cinematch_imports')
    .select('import_id')
    .where('user_id', '=', userId)
    // A scheduled file changes nothing on most days. Such imports must not push out those that can be undone.
    .orderBy(sql`case when import_id = ${importId} or ${hasChanges} then 0 else 1 end`)
    .orderBy('imported_at', 'desc')
    .orderBy('import_id')
    .offset(MAX_IMPORTS)
    .limit(MAX_IMPORTS)
    .execute();
  const ids = old.map(({ import_id }) => import_id);
  if (ids.length === 0) return;
  await deleteChanges(trx, userId, ids);
  await trx.deleteFrom('cinematch_imports').where('user_id', '=', userId).where('import_id', 'in', ids).execute();
}

function deleteChanges(trx: Transaction<Tables>, userId: string, importIds: readonly string[]): Promise<number> {
  const ofImports = sql<boolean>`user_id = ${userId} and import_id in (${sql.join(importIds)})`;
  return deleteInBatches(trx, 'cinematch_import_changes', ['user_id', 'import_id', 'number'], ofImports);
}

/** Puts back every row that is still as the import left it. */
export async function undoImport(trx: Transaction<Tables>, userId: string, importId: string, at: Date): Promise<ImportRecord | undefined> {
  const own = trx.selectFrom('cinematch_imports').selectAll().where('user_id', '=', userId).where('import_id', '=', importId);
  const row = await own.executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.undone_at !== null) return importRecord(row, 0);
  const changed = trx.selectFrom('cinematch_import_changes').selectAll().where('user_id', '=', userId).where('import_id', '=', importId);
  const entries = await pagedRows<'number', ImportChangeTable>('number', (after, first) => {
    const list = changed.orderBy('number').limit(first);
    return (after === undefined ? list : list.where('number', '>', after)).execute();
  });
  const reverse: LibraryChange[] = [];
  for (const part of batches(entries)) {
    reverse.push(...(await reverseOf(trx, userId, part)));
    await nextTurn();
  }
  await applyChanges(trx, userId, reverse);
  // The changes stay: a scheduled file must not bring them back.
  await trx
    .updateTable('cinematch_imports')
    .set({ undone_at: at.getTime() })
    .where('user_id', '=', userId)
    .where('import_id', '=', importId)
    .execute();
  return importRecord({ ...row, undone_at: at.getTime() }, 0);
}

/** What puts the changes back. A row that is no longer as the import left it stays. */
async function reverseOf(trx: Transaction<Tables>, userId: string, entries: readonly ImportChangeTable[]): Promise<LibraryChange[]> {
  const changes = entries.flatMap(({ kind: text, before, after }) => {
    const [kind, was, became] = [kindOf(text), rowOfText(before, userId), rowOfText(after, userId)];
    const row = became ?? was;
    return row === undefined ? [] : [{ kind, was, after, row }];
  });
  const rows = await rowsOfMovies(trx, userId, [...new Set(changes.map(({ row }) => row.movie_id))]);
  const lists = { WATCHLIST: rows.watchlist, FEEDBACK: rows.feedback, RATING: rows.ratings, PLAY: rows.plays };
  const present = new Map<string, AnyRow>();
  for (const kind of KINDS) for (const row of lists[kind]) present.set(`${kind} ${keyOf(kind, row)}`, row);
  return changes.flatMap(({ kind, was, after, row }) => {
    const now = present.get(`${kind} ${keyOf(kind, row)}`);
    return rowText(now) === after ? [{ kind, before: now, after: was } as LibraryChange] : [];
  });
}

export function importRecord(row: ImportTable, changeCount: number): ImportRecord {
  return {
    importId: row.import_id,
    importedAt: new Date(row.imported_at),
    files: JSON.parse(row.files),
    rowCount: row.row_count,
    movieCount: row.movie_count,
    changeCount: row.undone_at === null ? changeCount : 0,
    undoneAt: row.undone_at === null ? null : new Date(row.undone_at),
  };
}

/** A change as the API shows it. */
export function changeText({ user_id, kind: text, before, after }: ImportChangeTable): ImportChange {
  const kind = kindOf(text);
  const [was, became] = [rowOfText(before, user_id), rowOfText(after, user_id)];
  const named = became ?? was;
  if (named === undefined) throw new Error('the database holds a change without a row');
  const title = 'title' in named ? named.title : '';
  const year = 'year' in named && named.year !== 0 ? named.year : null;
  return { kind, movieId: named.movie_id, title, year, before: shownValue(was), after: shownValue(became) };
}

type AnyRow = WatchlistTable | FeedbackTable | RatingTable | PlayTable;

function shownValue(row: AnyRow | undefined): string | null {
  if (row === undefined) return null;
  if ('half_stars' in row) return String(row.half_stars / 2);
  if ('signal' in row) return row.signal;
  if ('played_at' in row) return row.played_at < 0 ? '' : dateText(new Date(row.played_at));
  return row.watched === 1 ? 'WATCHED' : 'TO_WATCH';
}

/** The row of a stored change. */
export function rowOfText(text: string | null, user_id: string): AnyRow | undefined {
  return text === null ? undefined : { ...JSON.parse(text), user_id };
}

export function kindOf(text: string): ChangeKind {
  const kind = KINDS.find((one) => one === text);
  if (kind === undefined) throw new Error(`the database holds an unknown kind of change: ${text}`);
  return kind;
}
