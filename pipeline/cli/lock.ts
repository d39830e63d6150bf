import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { CliError, hasCode } from './cli-error.ts';
import { isRunning } from './stage.ts';

/** The holder of a lock shows this often that it runs. */
const BEAT_MS = 15_000;
/** On another machine, or in another container, a holder that was silent for this long has ended. */
const MAX_SILENCE_MS = 120_000;

interface Holder {
  readonly host: string;
  readonly pid: number;
}

/**
 * Runs `work` while this process alone holds the lock file. Throws a CliError when another process holds it. The lock of a process that was
 * killed is taken over: at once on the same machine, else when it was silent for two minutes.
 */
export async function withLock<T>(path: string, what: string, work: () => Promise<T>): Promise<T> {
  // The token tells this lock from a later one of the same process.
  const own = JSON.stringify({ host: hostname(), pid: process.pid, token: randomUUID() });
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; !(await create(path, own)); attempt++) {
    const found = await readFile(path, 'utf8').catch(orMissing);
    if (found !== undefined && (attempt > 3 || (await isHeld(path, found))))
      throw new CliError(`${path}: another ${what} is running${placeOf(found)}; wait until it has ended`);
    if (found !== undefined) await removeAbandoned(path, found);
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A missed beat is made good by the next one.
    utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readFile(path, 'utf8').catch(orMissing)) === own) await rm(path, { force: true });
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isHeld(path: string, content: string): Promise<boolean> {
  const modified = await stat(path).catch(orMissing);
  const isSilent = modified === undefined || Date.now() - modified.mtimeMs > MAX_SILENCE_MS;
  const holder = parse(content);
  // Content that cannot be read may be that of a lock that is being written.
  if (holder === undefined || holder.host !== hostname()) return !isSilent;
  // In a container every run may have our process id.
  return holder.pid !== process.pid && isRunning(holder.pid);
}

/** Two processes may find the same abandoned lock: the one that moved away the new lock of the other puts it back. */
async function removeAbandoned(path: string, content: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  try {
    if ((await readFile(aside, 'utf8')) !== content) await link(aside, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function parse(content: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || !('host' in value && 'pid' in value)) return undefined;
    const { host, pid } = value;
    return typeof host === 'string' && typeof pid === 'number' ? { host, pid } : undefined;
  } catch {
    return undefined;
  }
}

function placeOf(content: string): string {
  const holder = parse(content);
  return holder === undefined ? '' : ` on ${holder.host}, process ${holder.pid}`;
}

function orMissing(error: unknown): undefined {
  if (hasCode(error, 'ENOENT')) return undefined;
  throw error;
}
