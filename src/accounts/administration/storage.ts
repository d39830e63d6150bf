import { stat, statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { backupsIn } from '../../database/backup-folder.ts';
import { errorCode } from '../../error-text.ts';
import { SettingsStore } from './settings-store.ts';
import type { AdministrationDatabase } from './tables.ts';

/** Name of the stored setting: when a backup was verified last, by any server or by the command line. */
const VERIFIED = 'backup-verified';

export interface StorageReport {
  database: 'sqlite' | 'postgres';
  databaseBytes: number;
  /** Room on the disk of DATA_DIR; null when the folder is missing. */
  freeBytes: number | null;
  /** Null when this server makes no backups. */
  backups: { count: number; latestAt: Date | null; latestBytes: number | null } | null;
  backupVerifiedAt: Date | null;
}

export interface StoragePlaces {
  dataDirectory: string;
  /** BACKUP_DIR, when BACKUP_EVERY is set. */
  backups: string | undefined;
}

/** How much the server stores, and where. */
export class Storage {
  readonly #database: AdministrationDatabase;
  readonly #places: StoragePlaces;

  constructor(database: AdministrationDatabase, places: StoragePlaces) {
    this.#database = database;
    this.#places = places;
  }

  async report(): Promise<StorageReport> {
    const { dataDirectory, backups } = this.#places;
    const verified = await new SettingsStore(this.#database).get(VERIFIED);
    return {
      database: this.#database.kind,
      databaseBytes: await this.#databaseBytes(),
      freeBytes: await freeBytesOf(dataDirectory),
      backups: backups === undefined ? null : await backupsOf(backups),
      backupVerifiedAt: verified === undefined ? null : new Date(verified),
    };
  }

  async #databaseBytes(): Promise<number> {
    const { kysely, kind } = this.#database;
    const query =
      kind === 'sqlite'
        ? sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
        : sql<{ bytes: string }>`select pg_database_size(current_database()) as bytes`;
    const { rows } = await query.execute(kysely);
    return Number(rows[0]?.bytes ?? 0);
  }
}

/** Notes that a backup was verified just now. */
export function noteVerified(database: AdministrationDatabase): Promise<void> {
  return new SettingsStore(database).set(VERIFIED, new Date().toISOString());
}

async function backupsOf(folder: string): Promise<NonNullable<StorageReport['backups']>> {
  const files = await backupsIn(folder);
  const newest = files.at(-1);
  if (newest === undefined) return { count: 0, latestAt: null, latestBytes: null };
  const { mtime, size } = await stat(newest);
  return { count: files.length, latestAt: mtime, latestBytes: size };
}

async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
