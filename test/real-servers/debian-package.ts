import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface RealProgram {
  /** Where it is; undefined when the test has to be skipped. */
  path: string | undefined;
  /** What to do to have the test run. */
  hint: string;
}

/**
 * A program that tests run for real: from the machine when it has it, else installed when this is Debian and we may. Tests that
 * cannot have it are skipped by a name that says what to install. `versions` is a folder of versions that keep their programs in `bin`
 * and out of PATH, as Debian's PostgreSQL does.
 */
export function realProgram(names: string[], debianPackage: string, versions?: string): RealProgram {
  const hint = `needs ${names[0]}: apt-get install ${debianPackage}`;
  const found = findProgram(names, versions);
  if (found !== undefined || !canInstall()) return { path: found, hint };
  // RUNLEVEL 1: the package must not start a server of its own. The lock: test files run at the same time, apt-get does not.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  process.stdout.write(`tests need ${names[0]}, which is not on this machine: installing Debian's ${debianPackage} with apt-get\n`);
  const install = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${debianPackage}`;
  try {
    execFileSync('flock', [join(tmpdir(), 'cinematch-apt.lock'), 'sh', '-c', install], { stdio: 'ignore', env });
  } catch (error) {
    return { path: undefined, hint: `${hint} (which failed: ${error instanceof Error ? error.message : String(error)})` };
  }
  return { path: findProgram(names, versions), hint };
}

function findProgram(names: string[], versions: string | undefined): string | undefined {
  const folders = [...newestFirst(versions), ...(process.env.PATH ?? '').split(delimiter)];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

function newestFirst(versions: string | undefined): string[] {
  if (versions === undefined || !existsSync(versions)) return [];
  return readdirSync(versions)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version, 'bin'));
}

function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}
