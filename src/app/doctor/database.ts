import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { problemsOf } from '../../database/backup.ts';
import { newestBackupAt } from '../../database/backup-folder.ts';
import { type DatabaseSettings, withDatabase } from '../../database/database.ts';
import { DAMAGE_ADVICE } from '../../database/file-check.ts';
import { migrationState, unknownMigrations } from '../../database/migrate.ts';
import type { Environment } from '../../environment/environment.ts';
import { operatorText } from '../../service-error.ts';
import { MIGRATIONS } from '../migrations.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const MIN_POSTGRES = 13;

/** Whether the database answers, is sound, and fits this version. Opens a SQLite file only to read. */
export async function checkDatabase({ database, accounts, backups }: Environment): Promise<Finding[]> {
  const findings = database.kind === 'sqlite' ? await checkSqlite(database.file) : await checkPostgres(database);
  if (database.kind === 'postgres' && accounts.secret === undefined)
    findings.push(warning('AUTH_SECRET is not set', 'set it when several servers use this database: each would make a secret of its own'));
  if (backups !== undefined) {
    const newest = await newestBackupAt(backups.folder);
    const age = newest === undefined ? undefined : Date.now() - newest;
    if (age === undefined || age > 2 * backups.everyMs)
      findings.push(
        warning(
          age === undefined ? `no backup in ${backups.folder}` : `the newest backup is ${Math.round(age / 3_600_000)} hours old`,
          'look for "the scheduled backup failed" in the log of the server',
        ),
      );
    else findings.push(ok(`the newest backup is ${Math.round(age / 60_000)} minutes old`));
  }
  return findings;
}

async function checkSqlite(file: string): Promise<Finding[]> {
  if (!existsSync(file)) return [ok(`SQLite in ${file}: not there yet, the first start makes it`)];
  try {
    const sqlite = new DatabaseSync(file, { readOnly: true });
    const [damage] = problemsOf(sqlite, 'quick_check');
    sqlite.close();
    if (damage !== undefined) return [problem(`${file} is damaged: ${damage}`, DAMAGE_ADVICE)];
  } catch (error) {
    return [problem(`${file} cannot be read: ${operatorText(error)}`, `check its rights; if it is damaged, ${DAMAGE_ADVICE}`)];
  }
  return [ok(`SQLite in ${file}: sound`), ...(await checkMigrations({ kind: 'sqlite', file }))];
}

async function checkPostgres(settings: Extract<DatabaseSettings, { kind: 'postgres' }>): Promise<Finding[]> {
  const { host } = new URL(settings.url);
  try {
    const began = performance.now();
    const version = await withDatabase(settings, async ({ kysely }) => {
      const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(kysely);
      return rows[0]?.version ?? '';
    });
    const ms = Math.round(performance.now() - began);
    const answered = `PostgreSQL ${version} at ${host} answered in ${ms} ms`;
    if (Number.parseInt(version, 10) < MIN_POSTGRES) return [problem(answered, `upgrade to PostgreSQL ${MIN_POSTGRES} or newer`)];
    return [ok(answered), ...(await checkMigrations(settings))];
  } catch (error) {
    return [
      problem(`PostgreSQL at ${host}: ${operatorText(error)}`, 'check DATABASE_URL, that the server runs, and that this host may reach it'),
    ];
  }
}

async function checkMigrations(settings: DatabaseSettings): Promise<Finding[]> {
  return withDatabase(settings, async (database) => {
    const [newer] = await unknownMigrations(database, MIGRATIONS);
    if (newer !== undefined)
      return [problem(`a newer version of CineMatch wrote the database (migration "${newer}")`, 'run that version, or restore a backup')];
    const { pending } = await migrationState(database, MIGRATIONS);
    if (pending.length === 0) return [ok('its tables are those of this version')];
    return [warning(`${pending.length} migrations are pending`, 'make a backup; the next start applies them (or: npm run db -- migrate)')];
  });
}
