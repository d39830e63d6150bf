import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import type { CheckpointOrder } from './checkpoint.ts';

/** How long one attempt waits for readers. Changes wait meanwhile. */
const WAIT_MS = 50;
const TRUNCATE_WAIT_MS = 500;
const TRUNCATE_ATTEMPTS = 10;
/** Between two attempts, so that changes have their turn. SQLite waits for readers, but not for a checkpoint of another thread or process. */
const PAUSE_MS = 200;

const { file, truncate }: CheckpointOrder = workerData;
const sqlite = new DatabaseSync(file, { timeout: truncate ? TRUNCATE_WAIT_MS : WAIT_MS });
/** Returns whether everything was done. */
const checkpoint = (mode: 'passive' | 'full' | 'truncate'): boolean => sqlite.prepare(`PRAGMA wal_checkpoint(${mode})`).get()?.busy === 0;
try {
  // Most of the journal, while nobody waits.
  checkpoint('passive');
  // The rest, while changes wait: the journal begins anew only when all of it is written, and changes may follow each other without a pause.
  if (!truncate) checkpoint('full');
  else for (let n = 1; !checkpoint('truncate') && n < TRUNCATE_ATTEMPTS; n++) await sleep(PAUSE_MS);
} finally {
  sqlite.close();
}
