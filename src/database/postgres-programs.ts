import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../error-text.ts';
import { DatabaseError } from './database-error.ts';
import { libpqConnection } from './libpq-url.ts';

/** Debian keeps the programs of each version here, outside PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** "217; 1259 16390 TABLE public user cinematch" in the list of pg_restore. */
const TABLE_ENTRY = /^\d+; \d+ \d+ TABLE (?!DATA )\S+ (.+) \S+$/gm;

/** The environment of a child process: that of this process and some variables more. */
export type EnvironmentOf = (more: Record<string, string>) => Record<string, string | undefined>;

type Environment = ReturnType<EnvironmentOf>;

/** Writes these tables into the file, in the custom format of pg_dump. */
export async function pgDump(url: string, file: string, tables: readonly string[], environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  const chosen = tables.map((table) => `--table="${table}"`);
  await run('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', ...chosen, `--file=${file}`, target], environment);
}

/** The names of the tables in the file. Reads the whole file, so a damaged one is refused before anything is changed. */
export async function heldTables(url: string, file: string, environmentOf: EnvironmentOf): Promise<string[]> {
  const { environment } = connectionOf(url, environmentOf);
  try {
    const contents = await run('pg_restore', ['--list', file], environment);
    await run('pg_restore', ['--file=/dev/null', file], environment);
    return [...contents.matchAll(TABLE_ENTRY)].map(([, name]) => name);
  } catch (error) {
    throw new DatabaseError(`${file} is damaged or not a backup of PostgreSQL: ${errorText(error)}`);
  }
}

/** Replaces the tables of the file with their content in the file, in one transaction. */
export async function pgRestore(url: string, file: string, environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
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
