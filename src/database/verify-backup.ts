import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { errorCode } from '../error-text.ts';
import { countUserRows, restore } from './backup.ts';
import { type DatabaseSettings, withDatabase } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { type EnvironmentOf, heldTables } from './postgres-programs.ts';

/** PostgreSQL's code when a role may not create databases. */
const INSUFFICIENT_PRIVILEGE = '42501';

export interface VerifiedBackup {
  /** `read`: the whole file was read, because the role may not create a database to restore it into. */
  how: 'restored' | 'read';
  /** Rows of users in the restored database. */
  rows: number | undefined;
}

/** Restores the backup into a temporary database, counts its rows, and removes it. Throws a DatabaseError for a backup that is not sound. */
export async function verifyBackup(settings: DatabaseSettings, file: string, environmentOf: EnvironmentOf): Promise<VerifiedBackup> {
  if (settings.kind === 'postgres') return verifyDump(settings, file, environmentOf);
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-verify-'));
  try {
    const copy: DatabaseSettings = { kind: 'sqlite', file: join(folder, 'copy.sqlite') };
    await restore(copy, file, false, environmentOf);
    return { how: 'restored', rows: await withDatabase(copy, countUserRows) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type PostgresSettings = Extract<DatabaseSettings, { kind: 'postgres' }>;

async function verifyDump(settings: PostgresSettings, file: string, environmentOf: EnvironmentOf): Promise<VerifiedBackup> {
  const name = `cinematch_verify_${randomBytes(6).toString('hex')}`;
  const onServer = (statement: string): Promise<unknown> => withDatabase(settings, ({ kysely }) => sql.raw(statement).execute(kysely));
  try {
    await onServer(`create database "${name}"`);
  } catch (error) {
    if (errorCode(error) !== INSUFFICIENT_PRIVILEGE && errorCode(cause(error)) !== INSUFFICIENT_PRIVILEGE) throw error;
    if ((await heldTables(settings.url, file, environmentOf)).length === 0) throw new DatabaseError(`${file} holds no table`);
    return { how: 'read', rows: undefined };
  }
  try {
    const url = new URL(settings.url);
    url.pathname = `/${name}`;
    const copy: DatabaseSettings = { ...settings, url: url.href, poolSize: 1 };
    await restore(copy, file, false, environmentOf);
    return { how: 'restored', rows: await withDatabase(copy, countUserRows) };
  } finally {
    await onServer(`drop database "${name}"`);
  }
}

function cause(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
