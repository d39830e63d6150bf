import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup as copyPages, DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { errorText } from '../error-text.ts';
import { appendChecksum, type ChecksumState, checksumState } from './backup-checksum.ts';
import { type Database, type DatabaseSettings, withDatabase } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { DAMAGE_ADVICE } from './file-check.ts';
import { openSqlite } from './node-sqlite-dialect.ts';
import { findTables, OWN_TABLES, REQUIRED_TABLE, UNPREFIXED_TABLES } from './own-tables.ts';
import { type EnvironmentOf, heldTables, pgDump, pgRestore } from './postgres-programs.ts';

/** All pages in one step: a server sees the old database or the new one, nothing between. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies the whole database into a file, in the state of one moment, while servers write to it. Only the owner may read the file. It carries
 * a checksum, and gets its name when it is complete and on disk.
 */
export async function backUp(settings: DatabaseSettings, file: string, environmentOf: EnvironmentOf): Promise<void> {
  // Servers that share a folder may begin in the same second.
  const unfinished = `${file}.${randomUUID()}.unfinished`;
  try {
    // A backup holds addresses and password hashes. Both programs write into the empty file and keep its rights.
    await writeFile(unfinished, '', { mode: 0o600, flag: 'wx' });
    if (settings.kind === 'postgres') await dumpPostgres(settings, unfinished, environmentOf);
    else {
      if (!existsSync(settings.file)) throw new DatabaseError(`there is no database at ${settings.file}`);
      const sqlite = openSqlite(settings.file);
      try {
        // A copy of a damaged database would replace the last good backup.
        const [problem] = problemsOf(sqlite, 'quick_check');
        if (problem !== undefined) throw new DatabaseError(`${settings.file} is damaged: ${problem}; ${DAMAGE_ADVICE}`);
        // One statement sees one state. A copy page by page would start again at each write of a server.
        sqlite.prepare('VACUUM INTO ?').run(unfinished);
      } finally {
        sqlite.close();
      }
    }
    await appendChecksum(unfinished);
    await syncToDisk(unfinished);
    await rename(unfinished, file);
    await syncToDisk(dirname(file));
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * Replaces the database with the content of the file, in one transaction. Refuses a damaged file and a file that is not a backup of
 * CineMatch. Refuses a database with user data unless `force` is set. Returns whether the file had a checksum to compare with.
 */
export async function restore(
  settings: DatabaseSettings,
  file: string,
  force: boolean,
  environmentOf: EnvironmentOf,
): Promise<Exclude<ChecksumState, 'wrong'>> {
  if (!existsSync(file)) throw new DatabaseError(`there is no file ${file}`);
  const checksum = await refuseWrongChecksum(file);
  await refuseOtherKind(settings, file);
  if (settings.kind === 'sqlite') checkSqliteFile(file);
  const rows = await withDatabase(settings, countUserRows);
  if (rows > 0 && !force) throw new DatabaseError(`the database is not empty (${rows} rows of users); --force replaces all of it`);
  if (settings.kind === 'postgres') {
    await restorePostgres(settings, file, environmentOf);
    return checksum;
  }
  await mkdir(dirname(settings.file), { recursive: true });
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await copyPages(source, settings.file, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  // The copy has the journal mode of the backup: opening sets that of the server.
  openSqlite(settings.file).close();
  return checksum;
}

/** Counts the rows that users would lose. */
export async function countUserRows(database: Database): Promise<number> {
  let rows = 0;
  for (const table of (await findTables(database)).ofUsers) {
    const {
      rows: [counted],
    } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(database.kysely);
    rows += counted?.count ?? 0;
  }
  return rows;
}

type PostgresSettings = Extract<DatabaseSettings, { kind: 'postgres' }>;

/** Other applications may have tables in the same database, so only ours are dumped. */
async function dumpPostgres(settings: PostgresSettings, file: string, environmentOf: EnvironmentOf): Promise<void> {
  const { own } = await withDatabase(settings, findTables);
  if (own.length === 0)
    throw new DatabaseError('the database has no tables of CineMatch, so there is nothing to back up; check DATABASE_URL');
  await pgDump(settings.url, file, own, environmentOf);
}

/** A backup of a release before the prefix holds tables without it. The migration that follows each restore renames them. */
async function restorePostgres(settings: PostgresSettings, file: string, environmentOf: EnvironmentOf): Promise<void> {
  const held = await heldTables(settings.url, file, environmentOf);
  if (!held.includes(REQUIRED_TABLE)) throw new DatabaseError(`${file} is not a backup of CineMatch`);
  const unknown = held.find((name) => !OWN_TABLES.includes(name) && !UNPREFIXED_TABLES.includes(name));
  if (unknown !== undefined)
    throw new DatabaseError(`${file} also holds the table "${unknown}", which is not of CineMatch; nothing was restored`);
  const { own, foreign } = await withDatabase(settings, findTables);
  const replaced = foreign.find((name) => held.includes(name));
  if (replaced !== undefined)
    throw new DatabaseError(
      `${file} is of an older version and would replace the table "${replaced}" of another application; restore it into an empty database`,
    );
  await pgRestore(settings.url, file, environmentOf);
  const left = [...new Set([...own, ...OWN_TABLES])].filter((name) => !held.includes(name));
  if (left.length === 0) return;
  // Tables of another release are not replaced but stay beside those of the file. One statement drops them: they refer to each other.
  await withDatabase(settings, ({ kysely }) => sql`drop table if exists ${sql.join(left.map((name) => sql.table(name)))}`.execute(kysely));
}

export async function refuseWrongChecksum(file: string): Promise<Exclude<ChecksumState, 'wrong'>> {
  const checksum = await checksumState(file);
  if (checksum === 'wrong') throw new DatabaseError(`${file} is damaged: its checksum is not that of its content`);
  return checksum;
}

/** A sound file of the other database must not be called damaged: there is a way to use it. */
async function refuseOtherKind({ kind }: DatabaseSettings, file: string): Promise<void> {
  const handle = await open(file, 'r');
  const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0).finally(() => handle.close());
  const start = buffer.toString('latin1');
  if (kind === 'postgres' && start.startsWith('SQLite format 3'))
    throw new DatabaseError(
      `${file} is a backup of SQLite, and DATABASE_URL is PostgreSQL; into an empty database of PostgreSQL: npm run db -- move --from sqlite:${file} --to postgres:URL`,
    );
  if (kind === 'sqlite' && start.startsWith('PGDMP'))
    throw new DatabaseError(
      `${file} is a backup of PostgreSQL; restore it with DATABASE_URL into an empty database of PostgreSQL, then: npm run db -- move --from postgres:URL --to sqlite:FILE`,
    );
}

export function checkSqliteFile(file: string): void {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(file, { readOnly: true });
    const [problem] = problemsOf(sqlite, 'integrity_check');
    if (problem !== undefined) throw new DatabaseError(`${file} is damaged: ${problem}`);
    const found = sqlite.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(REQUIRED_TABLE);
    if (found === undefined) throw new DatabaseError(`${file} is not a backup of CineMatch`);
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(`${file} is damaged or not a SQLite database: ${errorText(error)}`);
  } finally {
    sqlite?.close();
  }
}

/** What SQLite finds wrong with its file. `quick_check` leaves out the comparison of tables with their indexes. */
export function problemsOf(sqlite: DatabaseSync, check: 'quick_check' | 'integrity_check'): string[] {
  return sqlite
    .prepare(`PRAGMA ${check}`)
    .all()
    .flatMap((row) => String(row[check]).split('\n'))
    .filter((line) => !line.startsWith('***') && line !== 'ok');
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
