import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { type HistoryFile, readHistoryFiles } from './history-files.ts';
import type { HistoryPart } from './history-thread.ts';

/** Rows of one message. The receiver copies a message in one go, so this bounds how long its other work waits. */
const ROWS_OF_A_PART = 2_000;

// A thread that reads the files of one import and ends.
const files = await readHistoryFiles(workerData as HistoryFile[]);
for (const file of files) {
  const { history } = file;
  await send({ file: history === null ? file : { ...file, history: { ...history, rows: [] } } });
  if (history === null) continue;
  for (let at = 0; at < history.rows.length; at += ROWS_OF_A_PART) await send({ rows: history.rows.slice(at, at + ROWS_OF_A_PART) });
}
await send('end');

/** Resolves when the receiver asks for the next part. */
async function send(part: HistoryPart): Promise<void> {
  if (parentPort === null) throw new Error('this file runs in a thread');
  parentPort.postMessage(part);
  await once(parentPort, 'message');
}
