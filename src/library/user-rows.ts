import { sql, type Transaction } from 'kysely';
import { deleteInBatches } from './library-rows.ts';
import type { Tables } from './tables.ts';

/** Tables with rows of users, and what identifies a row beside its user. */
export const USER_TABLES = {
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

/** Deletes all rows of the user. */
export async function deleteRowsOf(trx: Transaction<Tables>, userId: string): Promise<void> {
  for (const [table, keys] of Object.entries(USER_TABLES))
    await deleteInBatches(trx, table, ['user_id', ...keys], sql`user_id = ${userId}`);
}
