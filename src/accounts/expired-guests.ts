import { setImmediate } from 'node:timers/promises';
import type { AccountRows } from './account-tables.ts';
import type { AccountEvents } from './auth.ts';

const BATCH_SIZE = 200;

/** Deletes the guests without a valid session or API key, with all their data: nobody can use them again. Returns their number. */
export async function deleteExpiredGuests(rows: AccountRows, { onUserDeleted }: Pick<AccountEvents, 'onUserDeleted'>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const ids = await rows.expiredGuests(BATCH_SIZE);
    for (const id of ids) {
      await onUserDeleted(id);
      await rows.delete(id);
      // SQLite answers synchronously. This lets requests run in between.
      await setImmediate();
    }
    deleted += ids.length;
    if (ids.length < BATCH_SIZE) return deleted;
  }
}
