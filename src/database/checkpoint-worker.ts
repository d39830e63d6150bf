import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import type { CheckpointOrder } from './checkpoint.ts';

/** How long a checkpoint that empties the journal waits for readers. Writers wait meanwhile. */
const WAIT_MS = 500;
const ATTEMPTS = 6;

const { file, truncate }: CheckpointOrder = workerData;
const sqlite = new DatabaseSync(file, { timeout: WAIT_MS });
try {
  const statement = sqlite.prepare(`PRAGMA wal_checkpoint(${truncate ? 'truncate' : 'passive'})`);
  // "busy" is 1 when the journal could not be emptied.
  for (let n = 1; statement.get()?.busy === 1 && truncate && n < ATTEMPTS; n++);
} finally {
  sqlite.close();
}
