import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from './database.ts';

/** Debian keeps the programs of each version here, outside PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** The environment of a child process: that of this process and some variables more. */
export type EnvironmentOf = (more: Record<string, string>) => Record<string, string | undefined>;

type Environment = ReturnType<EnvironmentOf>;

/** Writes the whole database into the file, in the custom format of pg_dump. */
export async function pgDump(url: string, file: string, environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  await run('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`, target], environment);
}

/** Replaces the database with the content of the file, in one transaction. Reads the whole file first, so a damaged one changes nothing. */
export async function pgRestore(url: string, file: string, requiredTable: string, environmentOf: EnvironmentOf): Promise<void> {
  const { target, environment } = connectionOf(url, environmentOf);
  let contents: string;
  try {
    contents = await run('pg_restore', ['--list', file], environment);
    await run('pg_restore', ['--file=/dev/null', file], environment);
  } catch (error) {
    throw new DatabaseError(`${file} is damaged or not a backup of PostgreSQL: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!contents.includes(` ${requiredTable} `)) throw new DatabaseError(`${file} is not a backup of CineMatch`);
  const replace = ['--clean', '--if-exists', '--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
  await run('pg_restore', [...replace, `--dbname=${target}`, file], environment);
}

/** The password goes into the environment: every user of the machine can read the arguments of a process. */
function connectionOf(url: string, environmentOf: EnvironmentOf): { target: string; environment: Environment } {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  parsed.password = '';
  return { target: parsed.href, environment: environmentOf(password === '' ? {} : { PGPASSWORD: password }) };
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
