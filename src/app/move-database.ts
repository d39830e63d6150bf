import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup as copyPages, DatabaseSync } from 'node:sqlite';
import { checkSqliteFile, refuseWrongChecksum } from '../database/backup.ts';
import { type CopiedTable, copyTables } from '../database/copy-tables.ts';
import { type DatabaseSettings, withDatabase } from '../database/database.ts';
import { DatabaseError } from '../database/database-error.ts';
import { migrate, migrationState } from '../database/migrate.ts';
import { tableShapes } from '../database/table-shapes.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Copies everything that is stored from one database into another, which has to be empty, and compares both. The source is only read. A
 * SQLite source may be a backup, or of an older release: a copy of its file is migrated.
 */
export async function moveDatabase(from: DatabaseSettings, to: DatabaseSettings): Promise<CopiedTable[]> {
  if (from.kind === 'sqlite') return withCopyOf(from.file, (file) => move({ kind: 'sqlite', file }, to, true));
  return move(from, to, false);
}

async function move(from: DatabaseSettings, to: DatabaseSettings, mayMigrate: boolean): Promise<CopiedTable[]> {
  const shapes = await tableShapes(MIGRATIONS);
  return withDatabase(from, async (source) => {
    if (mayMigrate) await migrate(source, MIGRATIONS);
    const { pending } = await migrationState(source, MIGRATIONS);
    if (pending.length > 0)
      throw new DatabaseError(`the source lacks the migration "${pending[0]}"; start a server of this version on it once, then move`);
    return withDatabase(to, async (target) => {
      await migrate(target, MIGRATIONS);
      return copyTables(source, target, shapes);
    });
  });
}

async function withCopyOf<T>(file: string, use: (copy: string) => Promise<T>): Promise<T> {
  if (!existsSync(file)) throw new DatabaseError(`there is no database at ${file}`);
  await refuseWrongChecksum(file);
  checkSqliteFile(file);
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-move-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    const source = new DatabaseSync(file, { readOnly: true });
    try {
      await copyPages(source, copy, { rate: 2 ** 31 - 1 });
    } finally {
      source.close();
    }
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
