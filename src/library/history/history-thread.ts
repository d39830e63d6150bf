import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type HistoryFile, type ReadFile, readHistoryFiles } from './history-files.ts';
import type { HistoryRow } from './history-row.ts';
import { isZip } from './history-zip.ts';

/** Smaller files are read at once: a thread takes longer to start. */
const MIN_THREAD_BYTES = 65_536;
const CHECK_MS = 100;
/** Memory of the thread. 64 MB of text and the rows of it need about a third of it. */
const LIMITS = { maxOldGenerationSizeMb: 512 };

/** A file without its rows, or more rows of the file before. */
export type HistoryPart = { file: ReadFile } | { rows: HistoryRow[] } | 'end';

/**
 * Reads files in a thread of their own, so that other requests run. The thread is stopped when `check` throws. `onRows` is told how many rows
 * have come.
 */
export async function readInThread(
  files: readonly HistoryFile[],
  check: () => void,
  onRows: (count: number) => void = () => undefined,
): Promise<ReadFile[]> {
  // A zip can hold more than it has.
  const isSmall = ({ content }: HistoryFile): boolean =>
    content.length < MIN_THREAD_BYTES && (typeof content === 'string' || !isZip(content));
  if (files.length < 3 && files.every(isSmall)) return readHistoryFiles(files);
  check();
  // Sources run as they are; the build puts both files side by side.
  const worker = new Worker(new URL(`./history-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: files,
    resourceLimits: LIMITS,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<ReadFile[]>((resolve, reject) => {
      const read: ReadFile[] = [];
      let count = 0;
      worker.on('message', (part: HistoryPart) => {
        if (part === 'end') return resolve(read);
        if ('file' in part) read.push(part.file);
        else {
          read.at(-1)?.history?.rows.push(...part.rows);
          count += part.rows.length;
          onRows(count);
        }
        // Other requests run before the next part is copied.
        setImmediate(() => worker.postMessage('next'));
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread that reads an import ended without an answer')));
      timer = setInterval(() => {
        try {
          check();
        } catch (error) {
          reject(error);
        }
      }, CHECK_MS);
    });
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
}
