import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup as copyPages, DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { type Database, DatabaseError, type DatabaseSettings, openDatabase } from './database.ts';
import { openSqlite } from './node-sqlite-dialect.ts';
import { type EnvironmentOf, pgDump, pgRestore } from './postgres-programs.ts';

/** In one step: servers see the old database, then the new one. */
const EVERY_PAGE = 2 ** 31 - 1;
/** A backup made by something else has not got it. */
const OUR_TABLE = 'cinematch_migrations';
/** Empty tables of ours are made by every start; only these say that somebody keeps something. */
const TABLES_OF_USERS = ['user', 'library_watchlist', 'library_feedback', 'library_preferences'];

/**
 * Copies the whole database, as it is at one moment, into a file, while servers go on writing to it. The file has its name only when
 * it is complete and on disk.
 */
export async function backUp(settings: DatabaseSettings, file: string, environmentOf: EnvironmentOf): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await rm(unfinished, { force: true });
  try {
    if (settings.kind === 'postgres') await pgDump(settings.url, unfinished, environmentOf);
    else {
      if (!existsSync(settings.file)) throw new DatabaseError(`there is no database at ${settings.file}`);
      const sqlite = openSqlite(settings.file);
      try {
        // One statement, so one moment: copying page by page would begin again with every write of a server.
        sqlite.prepare('VACUUM INTO ?').run(unfinished);
      } finally {
        sqlite.close();
      }
    }
    await toDisk(unfinished);
    await rename(unfinished, file);
    await toDisk(dirname(file));
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * Makes the database what the file holds, in one transaction: when it fails, the database is as it was. Refuses a file that is damaged
 * or no backup of ours and, unless forced, a database that somebody keeps something in.
 */
export async function restore(settings: DatabaseSettings, file: string, force: boolean, environmentOf: EnvironmentOf): Promise<void> {
  if (!existsSync(file)) throw new DatabaseError(`there is no file ${file}`);
  if (settings.kind === 'sqlite') checkSqliteFile(file);
  const database = openDatabase(settings);
  try {
    const kept = await whatIsKept(database);
    if (kept > 0 && !force) throw new DatabaseError(`the database is not empty (${kept} rows are kept there); --force replaces all of it`);
  } finally {
    await database.close();
  }
  if (settings.kind === 'postgres') return pgRestore(settings.url, file, OUR_TABLE, environmentOf);
  await mkdir(dirname(settings.file), { recursive: true });
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await copyPages(source, settings.file, { rate: EVERY_PAGE });
  } finally {
    source.close();
  }
  // The copy brings the backup's journal mode with it.
  openSqlite(settings.file).close();
}

/** Rows that viewers would lose. */
export async function whatIsKept({ kysely }: Database): Promise<number> {
  const tables = new Set((await kysely.introspection.getTables()).map(({ name }) => name));
  let rows = 0;
  for (const table of TABLES_OF_USERS.filter((name) => tables.has(name))) {
    const {
      rows: [counted],
    } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(kysely);
    rows += counted?.count ?? 0;
  }
  return rows;
}

function checkSqliteFile(file: string): void {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(file, { readOnly: true });
    const problems = sqlite
      .prepare('PRAGMA integrity_check')
      .all()
      .flatMap((row) => String(row.integrity_check).split('\n'))
      .filter((line) => !line.startsWith('***'));
    if (problems.join() !== 'ok') throw new DatabaseError(`${file} is damaged: ${problems[0]}`);
    const ours = sqlite.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(OUR_TABLE);
    if (ours === undefined) throw new DatabaseError(`${file} is no backup of CineMatch`);
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(`${file} is damaged or no SQLite database: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    sqlite?.close();
  }
}

async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
