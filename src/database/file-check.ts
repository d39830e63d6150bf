import { type ChildProcess, execFile } from 'node:child_process';
import type { DatabaseSettings } from './database.ts';

/** A large file takes minutes. What is checked by then is checked. */
const MAX_CHECK_MS = 60_000;
const MAX_LINES = 3;
/** SQLite checks without giving up the thread, so the check is a process of its own. */
const PROGRAM = `
  const { DatabaseSync } = require('node:sqlite');
  try {
    const sqlite = new DatabaseSync(process.argv[1], { readOnly: true });
    for (const { quick_check: found } of sqlite.prepare('PRAGMA quick_check(${MAX_LINES})').all())
      if (found !== 'ok') console.log(String(found).replace(/^[*]{3}.*\\n/, ''));
  } catch (error) {
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    if (error.errcode !== undefined && [11, 26].includes(error.errcode & 0xff)) console.log(error.message);
    else throw error;
  }`;

export const DAMAGE_ADVICE =
  'stop the servers, move the file away with its -wal and -shm, and restore a backup: npm run db -- restore FILE';

export interface CheckLog {
  info(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** Looks for damage in the file of a SQLite database while the server runs. Says what it finds and what to do. */
export class FileCheck {
  readonly #child: ChildProcess | undefined;
  /** Settles when the check is over. */
  readonly done: Promise<void>;

  constructor(settings: DatabaseSettings, log: CheckLog, maxMs = MAX_CHECK_MS) {
    if (settings.kind !== 'sqlite' || settings.file === ':memory:') {
      this.done = Promise.resolve();
      return;
    }
    const { file } = settings;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    const args = ['--disable-warning=ExperimentalWarning', '-e', PROGRAM, file];
    // The program needs no variable, and must see no secret.
    this.#child = execFile(process.execPath, args, { timeout: maxMs, killSignal: 'SIGKILL', env: {} }, (error, output) => {
      const problem = output.trim().replaceAll('\n', '; ');
      if (problem !== '') log.error({ file, problem }, `the database file is damaged: ${DAMAGE_ADVICE}`);
      else if (error !== null && !this.#stopped)
        log.info(
          { file, maxMs, reason: error.killed ? 'time is up' : error.message.split('\n').at(-1) },
          'the database file was not checked',
        );
      resolve();
    });
    this.#child.unref();
  }

  #stopped = false;

  stop(): void {
    this.#stopped = true;
    this.#child?.kill('SIGKILL');
  }
}
