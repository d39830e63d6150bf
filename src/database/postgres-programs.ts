import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../error-text.ts';
import { DatabaseError } from './database.ts';
import { libpqConnection } from './libpq-url.ts';

/** Debian keeps the programs of each version here, outside PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** Each database of CineMatch has this table. */
export const REQUIRED_TABLE = 'cinematch_migrations';
/** "217; 1259 16390 TABLE public user cinematch" in the list of pg_restore. */
const TABLE_ENTRY = /^\d+; \d+ \d+ TABLE (?!DATA )\S+ (.+) \S+$/gm;

/** The environment of a child process: that of this process and some variables more. */
export type EnvironmentOf = (more: Record<string, string>) => Record<string, string | undefined>;

type Environment = ReturnType<EnvironmentOf>;

/** Writes these tables into the file, in the custom format of pg_dump. Tables that do not exist are left out. */
export async function pgDump(url: string, file: string, tables: readonly string[], environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  const chosen = tables.map((table) => `--table="${table}"`);
  try {
    await run('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', ...chosen, `--file=${file}`, target], environment);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.message.includes('no matching tables'))) throw error;
    throw new DatabaseError('the database has no tables of CineMatch, so there is nothing to back up; check DATABASE_URL');
  }
}

/**
 * Replaces these tables with the content of the file, in one transaction. Reads the whole file first, so a damaged one changes nothing.
 * Refuses a file that holds other tables: they would be set back too.
 */
export async function pgRestore(url: string, file: string, tables: readonly string[], environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  let contents: string;
  try {
    contents = await run('pg_restore', ['--list', file], environment);
    await run('pg_restore', ['--file=/dev/null', file], environment);
  } catch (error) {
    throw new DatabaseError(`${file} is damaged or not a backup of PostgreSQL: ${errorText(error)}`);
  }
  const held = [...contents.matchAll(TABLE_ENTRY)].map(([, name]) => name);
  if (!held.includes(REQUIRED_TABLE)) throw new DatabaseError(`${file} is not a backup of CineMatch`);
  const foreign = held.find((name) => !tables.includes(name));
  if (foreign !== undefined)
    throw new DatabaseError(`${file} also holds the table "${foreign}", which is not of CineMatch; nothing was restored`);
  const replace = ['--clean', '--if-exists', '--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
  await run('pg_restore', [...replace, `--dbname=${target}`, file], environment);
}

function connectionOf(url: string, environmentOf: EnvironmentOf): { target: string; environment: Environment } {
  const { url: target, variables } = libpqConnection(url, environmentOf({}).NODE_EXTRA_CA_CERTS);
  return { target, environment: environmentOf(variables) };
}

/** Returns the output of the program; throws a DatabaseError with the first line of its errors when it fails. */
async function run(program: string, args: string[], environment: Environment): Promise<string> {
  const options: SpawnOptions = { env: environment, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(pathOf(program), args, options);
  let output = '';
  let errors = '';
  child.stdout?.on('data', (text: Buffer) => {
    output += text.toString();
  });
  child.stderr?.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) =>
      reject(new DatabaseError(`${program} cannot run (${error.message}); install the client programs of PostgreSQL`)),
    );
    child.on('close', resolve);
  });
  if (code !== 0) throw new DatabaseError(errors.trim().split('\n')[0] || `${program} ended with ${code}`);
  return output;
}

function pathOf(program: string): string {
  if (!existsSync(DEBIAN)) return program;
  const newest = readdirSync(DEBIAN)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin', program))
    .find((path) => existsSync(path));
  return newest ?? program;
}
