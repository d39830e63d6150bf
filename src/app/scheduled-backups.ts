import { type ChildProcess, execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { newestBackupAt } from '../database/backup-folder.ts';
import type { BackupSettings } from '../environment/backups.ts';
import { environmentWith } from '../environment/environment.ts';
import { errorText } from '../error-text.ts';

/** A backup is due within this time of its hour. */
const LOOK_MS = 60_000;

export interface BackupLog {
  info(about: object, message: string): void;
  error(about: object, message: string): void;
}

/**
 * Makes a backup whenever the newest one in the folder is older than the settings allow, also right after a start. The work is done by the
 * `db` program in a process of its own: copying a large SQLite file takes the thread for seconds.
 */
export class ScheduledBackups {
  readonly #settings: BackupSettings;
  readonly #program: string;
  readonly #log: BackupLog;
  readonly #timer: NodeJS.Timeout;
  #child: ChildProcess | undefined;
  #isStopped = false;
  /** A failed backup is tried again when the next one is due, not every minute. */
  #failedAt: number | undefined;

  /** `program` is the script of `npm run db`. */
  constructor(settings: BackupSettings, program: string, log: BackupLog) {
    this.#settings = settings;
    this.#program = program;
    this.#log = log;
    this.#timer = setInterval(() => void this.#look(), Math.min(LOOK_MS, settings.everyMs)).unref();
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#child?.kill('SIGTERM');
  }

  async #look(): Promise<void> {
    const { folder, everyMs } = this.#settings;
    if (this.#child !== undefined || this.#isStopped) return;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const last = Math.max((await newestBackupAt(folder)) ?? 0, this.#failedAt ?? 0);
      if (Date.now() - last >= everyMs && this.#child === undefined && !this.#isStopped) this.#backUp();
    } catch (error) {
      this.#failedAt = Date.now();
      this.#log.error({ folder, reason: errorText(error) }, 'the scheduled backup failed: the folder cannot be used');
    }
  }

  #backUp(): void {
    const { folder, keep } = this.#settings;
    const args = ['--disable-warning=ExperimentalWarning', this.#program, 'backup', `${folder}/`, '--verify', `--keep=${keep}`];
    this.#child = execFile(process.execPath, args, { env: environmentWith({}) }, (error, output, errors) => {
      this.#child = undefined;
      if (this.#isStopped) return;
      if (error === null) return this.#log.info({ result: output.trim().split('\n') }, 'backed up');
      this.#failedAt = Date.now();
      this.#log.error({ folder, reason: errors.trim().split('\n')[0] || error.message }, 'the scheduled backup failed');
    });
  }
}
