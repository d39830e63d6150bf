import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface RealProgram {
  /** Where it is; undefined when the test has to be skipped. */
  path: string | undefined;
  /** What to do to have the test run. */
  hint: string;
}

/**
 * A program that tests run for real: from the machine when it has it, else installed when this is Debian and we may. Tests that
 * cannot have it are skipped by a name that says what to install.
 */
export function realProgram(names: string[], debianPackage: string): RealProgram {
  const hint = `needs ${names[0]}: apt-get install ${debianPackage}`;
  const found = findProgram(names);
  if (found !== undefined || !canInstall()) return { path: found, hint };
  try {
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    execFileSync('apt-get', ['update', '-qq'], quiet);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], quiet);
  } catch (error) {
    return { path: undefined, hint: `${hint} (which failed: ${error instanceof Error ? error.message : String(error)})` };
  }
  return { path: findProgram(names), hint };
}

function findProgram(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}
