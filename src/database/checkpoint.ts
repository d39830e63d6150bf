import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** SQLite's own limit is 1,000 pages of 4 KB, too. */
export const MAX_JOURNAL_BYTES = 4_194_304;

export interface CheckpointOrder {
  file: string;
  /** Empties the journal. Without it, what readers still need stays. */
  truncate: boolean;
}

/**
 * Writes the journal of a SQLite file into the file, in a thread of its own: a checkpoint waits for the disk, and SQLite does it within a commit
 * unless `PRAGMA wal_autocheckpoint` is 0. One thread runs at a time.
 */
export class Checkpoints {
  readonly #file: string;
  #running: Promise<void> | undefined;
  /** The next one that empties the journal. It also covers what is deleted until it begins. */
  #nextTruncation: Promise<void> | undefined;
  #isClosed = false;
  /** The length of the journal from which on the next checkpoint is worth its thread. */
  #worthwhileBytes = MAX_JOURNAL_BYTES;

  constructor(file: string) {
    this.#file = file;
  }

  /** After a commit. Begins a checkpoint when the journal is long. One that fails is begun again when the journal has grown. */
  committed(): void {
    if (this.#running !== undefined) return;
    const bytes = statSync(`${this.#file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes <= MAX_JOURNAL_BYTES) this.#worthwhileBytes = MAX_JOURNAL_BYTES;
    if (bytes <= this.#worthwhileBytes) return;
    this.#worthwhileBytes = bytes + MAX_JOURNAL_BYTES;
    this.#begin(false).catch(() => undefined);
  }

  /** Returns when nothing is left in the journal, or when other connections have held it for some seconds. */
  truncate(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error('the database is closed'));
    this.#nextTruncation ??= this.#truncateNext();
    return this.#nextTruncation;
  }

  /** Returns when no checkpoint runs or waits. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#nextTruncation?.catch(() => undefined);
    await this.#idle();
  }

  async #truncateNext(): Promise<void> {
    await this.#idle();
    this.#nextTruncation = undefined;
    await this.#begin(true);
  }

  async #idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running.catch(() => undefined);
  }

  #begin(truncate: boolean): Promise<void> {
    const running = inThread({ file: this.#file, truncate }).finally(() => {
      this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}

async function inThread(order: CheckpointOrder): Promise<void> {
  // Sources run as they are; the build puts both files side by side.
  const worker = new Worker(new URL(`./checkpoint-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: order,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
