import { setImmediate } from 'node:timers/promises';
import type { AccountRows } from './account-tables.ts';

const BATCH_SIZE = 500;

/** Deletes the sessions that have ended, with their addresses and user agents, and begun sign-ins that were never finished. */
export async function deleteExpiredSessions(rows: AccountRows): Promise<number> {
  let deleted = 0;
  for (const table of ['cinematch_session', 'cinematch_verification'] as const) {
    for (let batch = BATCH_SIZE; batch === BATCH_SIZE; ) {
      batch = await rows.deleteExpired(table, BATCH_SIZE);
      if (table === 'cinematch_session') deleted += batch;
      // SQLite answers synchronously. This lets requests run in between.
      await setImmediate();
    }
  }
  return deleted;
}
