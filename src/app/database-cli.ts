import { statSync } from 'node:fs';
import { backUp, countUserRows, restore } from '../database/backup.ts';
import { type Database, type DatabaseSettings, withDatabase } from '../database/database.ts';
import { DatabaseError } from '../database/database-error.ts';
import { type Migration, migrate, migrationState } from '../database/migrate.ts';
import { EnvironmentError, environmentWith, readEnvironment } from '../environment/environment.ts';
import { errorCode, errorText } from '../error-text.ts';
import { operatorText } from '../service-error.ts';

const USAGE = `npm run db -- COMMAND

  migrate                  apply the migrations of this version (a server does so when it starts)
  status                   show the database, its migrations and the number of stored rows
  backup FILE              copy the whole database into FILE; servers may run meanwhile
  restore FILE [--force]   replace the database with the content of FILE; --force also replaces stored data

DATABASE_URL and DATA_DIR name the database. A backup does not hold the secret that signs sessions: that is AUTH_SECRET or the file
auth-secret in DATA_DIR. Servers may run during a restore, but users may have to sign in again afterwards.
`;

const EXIT = { failed: 1, usage: 2 };

class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const [command, ...rest] = args;
  const flags = rest.filter((argument) => argument.startsWith('--'));
  const files = rest.filter((argument) => !argument.startsWith('--'));
  const expect = (fileCount: number, known: string[]): void => {
    const unknown = flags.find((flag) => !known.includes(flag));
    if (unknown !== undefined) throw new UsageError(`${command} has no option ${unknown}`);
    if (files.length !== fileCount) throw new UsageError(`${command} takes ${fileCount === 0 ? 'no file' : 'one file'}`);
  };
  if (command === undefined || command === '--help' || command === 'help') return print(USAGE.trimEnd());
  const settings = readEnvironment().database;
  switch (command) {
    case 'migrate':
      expect(0, []);
      return withDatabase(settings, applyMigrations);
    case 'status':
      expect(0, []);
      return withDatabase(settings, (database) => printStatus(settings, database));
    case 'backup':
      expect(1, []);
      await backUp(settings, files[0], environmentWith);
      return print(`backed up ${nameOf(settings)} to ${files[0]} (${statSync(files[0]).size} bytes)`);
    case 'restore':
      expect(1, ['--force']);
      if ((await restore(settings, files[0], flags.includes('--force'), environmentWith)) === 'absent')
        print(`${files[0]} has no checksum (an older version wrote it), so its content is unchecked`);
      print(`restored ${nameOf(settings)} from ${files[0]}`);
      return withDatabase(settings, applyMigrations);
    default:
      throw new UsageError(`there is no command "${command}"`);
  }
}

async function applyMigrations(database: Database): Promise<void> {
  const applied = await migrate(database, await migrations());
  print(applied.length === 0 ? 'nothing to migrate' : `migrated: ${applied.join(', ')}`);
}

async function printStatus(settings: DatabaseSettings, database: Database): Promise<void> {
  const { applied, pending } = await migrationState(database, await migrations());
  print(`database  ${nameOf(settings)}`);
  for (const { name, at } of applied) print(`applied   ${name} (${at.toISOString()})`);
  for (const name of pending) print(`pending   ${name}`);
  print(`stored    ${await countUserRows(database)} rows of users`);
}

/** Imported on demand: loading the auth library, which has tables too, takes longer than most commands run. */
async function migrations(): Promise<readonly Migration[]> {
  return (await import('./migrations.ts')).MIGRATIONS;
}

/** The name of the database for messages, without the password. */
function nameOf(settings: DatabaseSettings): string {
  if (settings.kind === 'sqlite') return settings.file;
  const { host, pathname } = new URL(settings.url);
  return `postgresql://${host}${pathname}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints one line for a problem that the operator can solve, and the stack of a defect. */
function fail(error: unknown): void {
  // Errors of the operating system and of the database have a code, and their messages name the problem.
  const isOperational =
    error instanceof DatabaseError || error instanceof EnvironmentError || error instanceof UsageError || errorCode(error) !== undefined;
  process.stderr.write(`db: ${isOperational ? operatorText(error) : (error instanceof Error && error.stack) || errorText(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
  process.exitCode = error instanceof UsageError || error instanceof EnvironmentError ? EXIT.usage : EXIT.failed;
}

await main(process.argv.slice(2)).catch(fail);
