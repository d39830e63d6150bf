import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { noteVerified } from '../accounts/administration/storage.ts';
import { backUp, countUserRows, restore } from '../database/backup.ts';
import { backupName, keepNewest } from '../database/backup-folder.ts';
import { type Database, type DatabaseSettings, withDatabase } from '../database/database.ts';
import { DatabaseError } from '../database/database-error.ts';
import { type Migration, migrate, migrationState } from '../database/migrate.ts';
import { verifyBackup } from '../database/verify-backup.ts';
import { databaseAddress } from '../environment/database.ts';
import { type Environment, EnvironmentError, environmentWith, readEnvironment } from '../environment/environment.ts';
import { errorCode, errorText } from '../error-text.ts';
import { InputError } from '../input-error.ts';
import { operatorText } from '../service-error.ts';
import { createWebPushKeys } from '../web-push/web-push-keys.ts';
import { type AccountCommand, accountCommand } from './account-commands.ts';

const USAGE = `npm run db -- COMMAND

  migrate                  apply the migrations of this version (a server does so when it starts)
  status                   show the database, its migrations and the number of stored rows
  backup FILE [--verify]   copy the whole database into FILE; servers may run meanwhile; --verify restores it into a temporary database
  backup FOLDER/ [--verify] [--keep=N]
                           the same into cinematch-TIME.backup in the folder; --keep removes all but the N newest
  move --from A --to B     copy everything from one database into an empty one, and compare; stop the servers first
                           A and B: sqlite:FILE, postgres:URL, or postgres: for DATABASE_URL
  restore FILE [--force]   replace the database with the content of FILE; --force also replaces stored data
  web-push-keys            print a new pair of keys for messages to browsers; needs no database
  training-data FILE       write what viewers like, rate and watch into FILE, under names of this file alone, for train --library

  users                    list the accounts
  reset-password EMAIL     print a link with which the account chooses a new password
  make-owner EMAIL         make the account an owner of the server
  disable EMAIL            end the sessions of the account and refuse its keys
  enable EMAIL             let a disabled account sign in again
  delete-user EMAIL        delete the account with everything that it kept
  invite [EMAIL]           print a link that admits one new account

DATABASE_URL and DATA_DIR name the database. A backup does not hold the secret that signs sessions: that is AUTH_SECRET or the file
auth-secret in DATA_DIR. Servers may run during a restore, but users may have to sign in again afterwards.
`;

const KEEP = /^--keep=([1-9]\d{0,4})$/;

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
  if (command === 'web-push-keys') {
    expect(0, []);
    return printWebPushKeys();
  }
  const environment = readEnvironment();
  const settings = environment.database;
  const aboutAccounts = accountCommand(command);
  if (aboutAccounts !== undefined) {
    if (flags.length > 0) throw new UsageError(`${command} has no option ${flags[0]}`);
    const counts = command === 'users' ? [0] : command === 'invite' ? [0, 1] : [1];
    if (!counts.includes(files.length))
      throw new UsageError(`${command} takes ${command === 'users' ? 'no address' : 'one e-mail address'}`);
    return withDatabase(settings, (database) => runAboutAccounts(aboutAccounts, files[0], database, environment));
  }
  switch (command) {
    case 'migrate':
      expect(0, []);
      return withDatabase(settings, applyMigrations);
    case 'status':
      expect(0, []);
      return withDatabase(settings, (database) => printStatus(settings, database));
    case 'backup':
      expect(1, ['--verify', ...flags.filter((flag) => KEEP.test(flag))]);
      return makeBackup(settings, files[0], flags);
    case 'move':
      return move(rest);
    case 'training-data':
      expect(1, []);
      if (!environment.learnsFromViewers) throw new UsageError('LEARN_FROM_VIEWERS=off: no training data is taken from viewers');
      return withDatabase(settings, (database) => exportTrainingData(database, files[0]));
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

function printWebPushKeys(): void {
  const { publicKey, privateKey } = createWebPushKeys();
  print(`WEB_PUSH_PUBLIC_KEY=${publicKey}`);
  print(`WEB_PUSH_PRIVATE_KEY=${privateKey}`);
}

async function makeBackup(settings: DatabaseSettings, place: string, flags: readonly string[]): Promise<void> {
  const folder = place.endsWith('/') ? place : undefined;
  const keep = flags.flatMap((flag) => KEEP.exec(flag)?.[1] ?? []).map(Number)[0];
  if (keep !== undefined && folder === undefined) throw new UsageError('--keep needs a folder, with a slash at its end');
  const file = folder === undefined ? place : join(folder, backupName(new Date()));
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  await backUp(settings, file, environmentWith);
  print(`backed up ${nameOf(settings)} to ${file} (${statSync(file).size} bytes)`);
  if (flags.includes('--verify')) {
    const { how, rows } = await verifyBackup(settings, file, environmentWith);
    // A database that was not migrated yet has no place for it.
    await withDatabase(settings, noteVerified).catch(() => undefined);
    if (how === 'restored') print(`verified: restored into a temporary database, with ${rows} rows of users`);
    else print('verified: the whole file can be read; a role with CREATEDB would also restore it into a temporary database');
  }
  // Only when the new one is sound.
  if (folder !== undefined && keep !== undefined) for (const removed of await keepNewest(folder, keep)) print(`removed ${removed}`);
}

async function move(args: string[]): Promise<void> {
  const [from, to] = ['--from', '--to'].map((flag) => addressAfter(flag, args));
  if (args.length !== 4) throw new UsageError('move takes --from and --to');
  if (nameOf(from) === nameOf(to)) throw new UsageError('--from and --to are the same database');
  // Imported on demand, like the migrations.
  const { moveDatabase } = await import('./move-database.ts');
  const tables = await moveDatabase(from, to);
  for (const { name, rows } of tables) print(`${String(rows).padStart(9)}  ${name}`);
  print(`copied and compared: ${nameOf(from)} to ${nameOf(to)}`);
  print(to.kind === 'postgres' ? 'set DATABASE_URL, then start the servers' : 'unset DATABASE_URL, set DATA_DIR, then start the server');
}

function addressAfter(flag: string, args: string[]): DatabaseSettings {
  const at = args.indexOf(flag);
  const text = at < 0 ? '' : (args[at + 1] ?? '');
  const address = text === 'postgres:' ? readEnvironment().database : databaseAddress(text);
  if (address !== undefined && (text !== 'postgres:' || address.kind === 'postgres')) return address;
  throw new UsageError(`${flag} takes sqlite:FILE, postgres:postgresql://user:password@host:5432/name, or postgres: for DATABASE_URL`);
}

async function runAboutAccounts(
  command: AccountCommand,
  email: string | undefined,
  database: Database,
  environment: Environment,
): Promise<void> {
  await migrate(database, await migrations());
  const { runAccountCommand } = await import('./accounts-cli.ts');
  for (const line of await runAccountCommand(command, email, database, environment)) print(line);
}

async function applyMigrations(database: Database): Promise<void> {
  const applied = await migrate(database, await migrations());
  print(applied.length === 0 ? 'nothing to migrate' : `migrated: ${applied.join(', ')}`);
}

async function exportTrainingData(database: Database, file: string): Promise<void> {
  // Imported on demand, like the migrations.
  const { writeTrainingData } = await import('./training-data.ts');
  const { viewers, rows, declined } = await writeTrainingData(database, file);
  print(`wrote ${file}: ${rows} rows of ${viewers} viewers; ${declined} accounts do not take part`);
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

/** What the rules of the accounts refuse, such as disabling the last owner. By name, because the class comes with the auth library. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'AdministrationError';
}

/** Prints one line for a problem that the operator can solve, and the stack of a defect. */
function fail(error: unknown): void {
  // Errors of the operating system and of the database have a code, and their messages name the problem.
  const isOperational =
    error instanceof DatabaseError ||
    error instanceof InputError ||
    isRefusal(error) ||
    error instanceof EnvironmentError ||
    error instanceof UsageError ||
    errorCode(error) !== undefined;
  process.stderr.write(`db: ${isOperational ? operatorText(error) : (error instanceof Error && error.stack) || errorText(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
  process.exitCode = error instanceof UsageError || error instanceof EnvironmentError ? EXIT.usage : EXIT.failed;
}

await main(process.argv.slice(2)).catch(fail);
