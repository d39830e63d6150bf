import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountsLog } from './auth-log.ts';

const FILE = 'auth-secret';
const SHORTEST = 32;

/**
 * What cookies are signed with and stored keys are encrypted with, kept in the data directory, readable by its owner alone. Made at
 * the first start; of several servers that start at once, all get the one that was there first.
 */
export async function keptSecret(dataDirectory: string, log: AccountsLog): Promise<string> {
  const path = join(dataDirectory, FILE);
  const found = await readSecret(path);
  if (found !== undefined) return found;
  await mkdir(dataDirectory, { recursive: true });
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // Unlike a rename, a link never replaces what another server has put there meanwhile.
    await link(temporary, path);
    log.info({ path }, 'AUTH_SECRET is not set: a secret was made and kept; servers that share a database must share it');
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(temporary);
  }
  const kept = await readSecret(path);
  if (kept === undefined) throw new Error(`${path} was just written and cannot be read`);
  return kept;
}

async function readSecret(path: string): Promise<string | undefined> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  if (text.length < SHORTEST)
    throw new Error(`${path} holds ${text.length} characters, expected at least ${SHORTEST}: set AUTH_SECRET or delete it`);
  return text;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
