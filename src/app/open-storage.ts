import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type DatabaseSettings, openDatabase, withDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { errorText } from '../error-text.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { serviceErrorIn } from '../service-error.ts';
import { MIGRATIONS } from './migrations.ts';
import { storageWork } from './start-error.ts';

const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 2_000;

export interface StorageSource {
  database: DatabaseSettings;
  metrics: Metrics;
  /** How long to wait for a database that cannot be reached. */
  waitMs: number;
  /** Called once, when the first attempt fails. Returns what to do when the wait is over. */
  onWait(reason: string): Promise<() => Promise<void>>;
}

/** Opens and migrates the database. Waits for a database that cannot be reached: after a power cut all servers start at once. */
export async function openStorage({ database: settings, metrics, waitMs, onWait }: StorageSource): Promise<Database> {
  const deadline = performance.now() + waitMs;
  let pause = FIRST_PAUSE_MS;
  let onWaited: (() => Promise<void>) | undefined;
  for (;;) {
    try {
      // A migration may wait for that of another server.
      await storageWork(() => withDatabase(settings, (database) => migrate(database, MIGRATIONS)));
      await onWaited?.();
      return openDatabase(settings, metrics);
    } catch (error) {
      if (serviceErrorIn(error)?.code !== 'UNAVAILABLE' || performance.now() + pause > deadline) throw error;
      onWaited ??= await onWait(errorText(error));
      await sleep(pause);
      pause = Math.min(2 * pause, MAX_PAUSE_MS);
    }
  }
}
