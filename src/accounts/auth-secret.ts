import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorText } from '../error-text.ts';
import type { AccountsLog } from './auth-log.ts';

const FILE = 'auth-secret';
const MIN_LENGTH = 32;

/** The file of the secret cannot be used. Whoever runs the server can mend it. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

/**
 * The secret that signs cookies and encrypts stored keys. The first start writes it to a file in the data directory that only the
 * owner can read. Servers that start at the same time all use the secret that was written first.
 */
export async function loadOrCreateSecret(dataDirectory: string, log: AccountsLog): Promise<string> {
  const path = join(dataDirectory, FILE);
  const existing = await readSecret(path);
  if (existing !== undefined) {
    await makePrivate(path, log);
    return existing;
  }
  await mkdir(dataDirectory, { recursive: true });
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // Unlike a rename, a link never replaces a file that another server has written meanwhile.
    await link(temporary, path);
    log.info({ path }, 'AUTH_SECRET is not set, so a new secret was written; servers that share a database must share the secret');
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary);
  }
  const secret = await readSecret(path);
  if (secret === undefined) throw new Error(`${path} was just written and cannot be read`);
  return secret;
}

/** A copy of the file may have other rights. Whoever reads the secret can sign in as anybody. */
async function makePrivate(path: string, log: AccountsLog): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return;
  try {
    await chmod(path, 0o600);
    log.warn({ path }, 'others could read the secret, so its rights were set to 0600; if somebody has read it, delete the file');
  } catch (error) {
    if (errorCode(error) !== 'EPERM' && errorCode(error) !== 'EROFS') throw error;
    log.warn({ path, mode: (mode & 0o777).toString(8) }, 'others can read the secret; set its rights to 0600');
  }
}

async function readSecret(path: string): Promise<string | undefined> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new SecretFileError(`${path} cannot be read: ${errorText(error)}`, { cause: error });
  }
  if (text.length < MIN_LENGTH)
    throw new SecretFileError(`${path} holds ${text.length} characters, expected at least ${MIN_LENGTH}: set AUTH_SECRET or delete it`);
  return text;
}
