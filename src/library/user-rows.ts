import { sql, type Transaction } from 'kysely';
import { TABLES } from './library-changes.ts';
import { deleteInBatches, moveInBatches } from './library-rows.ts';
import type { Tables } from './tables.ts';

/** Tables with rows of users, and what identifies a row beside its user. */
const USER_TABLES = {
  cinematch_watchlist: ['movie_id'],
  cinematch_feedback: ['movie_id'],
  cinematch_preferences: [],
  cinematch_ratings: ['movie_id'],
  cinematch_plays: ['play_id'],
  cinematch_imports: ['import_id'],
  cinematch_import_changes: ['import_id', 'number'],
  cinematch_hooks: [],
  cinematch_hook_users: ['source', 'user_key'],
  cinematch_hook_events: ['event_id'],
  cinematch_groups: ['group_id'],
  cinematch_watchlist_links: [],
  cinematch_push_subscriptions: ['endpoint'],
  cinematch_push_looks: [],
} as const;

/** Deletes the rows of a user, all of them or `max` and some more. Returns how many were deleted. */
export async function deleteUserRows(trx: Transaction<Tables>, userId: string, max = Number.POSITIVE_INFINITY): Promise<number> {
  let count = 0;
  for (const [table, keys] of Object.entries(USER_TABLES)) {
    if (count >= max) break;
    count += await deleteInBatches(trx, table, ['user_id', ...keys], sql`user_id = ${userId}`, max - count);
  }
  return count;
}

/** Gives the rows of one user to another one, who keeps what both have. Returns how many rows were moved or deleted. */
export async function moveUserRows(trx: Transaction<Tables>, fromUserId: string, toUserId: string): Promise<number> {
  let count = 0;
  for (const table of Object.values(TABLES)) {
    const keys = ['user_id', ...USER_TABLES[table]];
    const own = sql`exists (select 1 from ${sql.table(table)} as own where own.user_id = ${toUserId} and own.movie_id = ${sql.ref(`${table}.movie_id`)})`;
    // Before anything moves: a movie may have plays in two batches.
    count += await deleteInBatches(trx, table, keys, sql`user_id = ${fromUserId} and ${own}`);
    count += await moveInBatches(trx, table, keys, sql`user_id = ${fromUserId}`, toUserId);
  }
  for (const table of ['cinematch_imports', 'cinematch_import_changes', 'cinematch_groups'] as const)
    count += await moveInBatches(trx, table, ['user_id', ...USER_TABLES[table]], sql`user_id = ${fromUserId}`, toUserId);
  // Who said as a guest that nothing may be learned from them, said it for good.
  const declined = sql`select user_id from cinematch_preferences as guest where guest.user_id = ${fromUserId} and guest.learn_from = 0`;
  await sql`update cinematch_preferences set learn_from = 0 where user_id = ${toUserId} and exists (${declined})`.execute(trx);
  for (const table of ['cinematch_preferences', 'cinematch_watchlist_links']) {
    const own = sql`select user_id from ${sql.table(table)} as own where own.user_id = ${toUserId}`;
    await sql`update ${sql.table(table)} set user_id = ${toUserId} where user_id = ${fromUserId} and not exists (${own})`.execute(trx);
  }
  return count + (await deleteUserRows(trx, fromUserId));
}
