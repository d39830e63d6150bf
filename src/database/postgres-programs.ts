import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from './database.ts';

/** Where Debian keeps the programs of each version, out of PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** The environment of a program that is started: the server's own, with more. */
export type EnvironmentOf = (more: Record<string, string>) => Record<string, string | undefined>;

type Environment = ReturnType<EnvironmentOf>;

/** Writes the whole database into the file, in PostgreSQL's own format. */
export async function pgDump(url: string, file: string, environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  await run('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`, target], environment);
}

/** Replaces the database by what the file holds, in one transaction, after reading the file to its end. */
export async function pgRestore(url: string, file: string, ourTable: string, environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  let contents: string;
  try {
    contents = await run('pg_restore', ['--list', file], environment);
    await run('pg_restore', ['--file=/dev/null', file], environment);
  } catch (error) {
    throw new DatabaseError(`${file} is damaged or no PostgreSQL backup: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!contents.includes(` ${ourTable} `)) throw new DatabaseError(`${file} is no backup of CineMatch`);
  const replace = ['--clean', '--if-exists', '--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
  await run('pg_restore', [...replace, `--dbname=${target}`, file], environment);
}

/** The password goes by the environment: arguments can be read by every user of the machine. */
function connectionOf(url: string, environmentOf: EnvironmentOf): { target: string; environment: Environment } {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  parsed.password = '';
  return { target: parsed.href, environment: environmentOf(password === '' ? {} : { PGPASSWORD: password }) };
}

/** What the program printed; a DatabaseError with its first complaint when it fails. */
async function run(program: string, args: string[], environment: Environment): Promise<string> {
  const options: SpawnOptions = { env: environment, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(pathOf(program), args, options);
  let printed = '';
  let complaints = '';
  child.stdout?.on('data', (text: Buffer) => {
    printed += text.toString();
  });
  child.stderr?.on('data', (text: Buffer) => {
    complaints += text.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) =>
      reject(new DatabaseError(`${program} cannot be run (${error.message}); install PostgreSQL's client programs`)),
    );
    child.on('close', resolve);
  });
  if (code !== 0) throw new DatabaseError(complaints.trim().split('\n')[0] || `${program} ended with ${code}`);
  return printed;
}

function pathOf(program: string): string {
  if (!existsSync(DEBIAN)) return program;
  const newest = readdirSync(DEBIAN)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin', program))
    .find((path) => existsSync(path));
  return newest ?? program;
}
