import { statSync } from 'node:fs';
import { backUp, restore, whatIsKept } from '../database/backup.ts';
import { type Database, DatabaseError, type DatabaseSettings, openDatabase } from '../database/database.ts';
import { type Migration, migrate, migrationState } from '../database/migrate.ts';
import { EnvironmentError, environmentWith, readEnvironment } from '../environment/environment.ts';

const USAGE = `npm run db -- COMMAND

  migrate                  bring the database to what this version needs (a server does so when it starts)
  status                   say which database is used, what it lacks and how much is kept in it
  backup FILE              copy the whole database into FILE, while servers are running
  restore FILE [--force]   make the database what FILE holds; --force also when something is kept in it

DATABASE_URL and DATA_DIR say which database. A backup holds what is in the database; the secret that signs sessions is not: it is
AUTH_SECRET or the file auth-secret in DATA_DIR. Servers may run during a restore, but who is signed in may not be afterwards.
`;

const EXIT = { failed: 1, usage: 2 };

class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const [command, ...rest] = args;
  const flags = rest.filter((argument) => argument.startsWith('--'));
  const files = rest.filter((argument) => !argument.startsWith('--'));
  const expect = (fileCount: number, known: string[]): void => {
    const unknown = flags.find((flag) => !known.includes(flag));
    if (unknown !== undefined) throw new UsageError(`${command} has no ${unknown}`);
    if (files.length !== fileCount) throw new UsageError(`${command} takes ${fileCount === 0 ? 'no file' : 'one file'}`);
  };
  if (command === undefined || command === '--help' || command === 'help') return say(USAGE.trimEnd());
  const settings = readEnvironment().database;
  switch (command) {
    case 'migrate':
      expect(0, []);
      return withDatabase(settings, applyMigrations);
    case 'status':
      expect(0, []);
      return withDatabase(settings, (database) => tellStatus(settings, database));
    case 'backup':
      expect(1, []);
      await backUp(settings, files[0], environmentWith);
      return say(`backed up ${nameOf(settings)} to ${files[0]} (${statSync(files[0]).size} bytes)`);
    case 'restore':
      expect(1, ['--force']);
      await restore(settings, files[0], flags.includes('--force'), environmentWith);
      say(`restored ${nameOf(settings)} from ${files[0]}`);
      return withDatabase(settings, applyMigrations);
    default:
      throw new UsageError(`there is no command "${command}"`);
  }
}

async function applyMigrations(database: Database): Promise<void> {
  const applied = await migrate(database, await migrations());
  say(applied.length === 0 ? 'nothing to migrate' : `migrated: ${applied.join(', ')}`);
}

async function tellStatus(settings: DatabaseSettings, database: Database): Promise<void> {
  const { applied, pending } = await migrationState(database, await migrations());
  say(`database  ${nameOf(settings)}`);
  for (const { name, at } of applied) say(`applied   ${name} (${at.toISOString()})`);
  for (const name of pending) say(`pending   ${name}`);
  say(`kept      ${await whatIsKept(database)} rows`);
}

/** Imported when they are needed: the auth library, whose tables are among them, takes longer to load than most commands to run. */
async function migrations(): Promise<readonly Migration[]> {
  return (await import('./migrations.ts')).MIGRATIONS;
}

async function withDatabase(settings: DatabaseSettings, use: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase(settings);
  try {
    await use(database);
  } finally {
    await database.close();
  }
}

/** Without the password. */
function nameOf(settings: DatabaseSettings): string {
  if (settings.kind === 'sqlite') return settings.file;
  const { host, pathname } = new URL(settings.url);
  return `postgresql://${host}${pathname}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line for what whoever runs it can put right, a stack for what nobody foresaw. */
function fail(error: unknown): void {
  const foreseen = error instanceof DatabaseError || error instanceof EnvironmentError || error instanceof UsageError || hasCode(error);
  process.stderr.write(`db: ${foreseen ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
  process.exitCode = error instanceof UsageError || error instanceof EnvironmentError ? EXIT.usage : EXIT.failed;
}

/** Of the system or the database: their messages say what is wrong. */
function hasCode(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

await main(process.argv.slice(2)).catch(fail);
