import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../../error-text.ts';
import { MAX_EXPANDED_BYTES } from '../history/history-zip.ts';

/** Folder of the files that are being imported. */
export const WORKING = '.working';
/** A server touches the file that it imports this often. */
const HEARTBEAT_MS = 2_000;
/** A file that nobody touched for this long belongs to a server that ended. */
export const STALE_MS = 10_000;
/** Bytes of a name. Names that the server adds to must stay below 255. */
const MAX_NAME_BYTES = 150;
/** Import id, how often another server took the file over, and name. */
const CLAIMED = /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})(?:\+(\d{1,6}))?\.(.+)$/s;

/** A file that this server imports. Its import id is part of its name, so that an import that was interrupted is not done twice. */
export interface ClaimedFile {
  path: string;
  /** The name that it had. */
  name: string;
  importId: string;
  /** The folder of the profile. */
  folder: string;
}

/** Something that is no file to import. The message is for the report. */
export class RefusedFileError extends Error {
  override readonly name = 'RefusedFileError';
}

/** Takes the file for this server alone: of several that try, one succeeds. Undefined when another one has it. */
export async function claim(folder: string, name: string): Promise<ClaimedFile | undefined> {
  const importId = randomUUID();
  const path = join(await ownFolder(folder, WORKING), `${importId}.${shortName(name)}`);
  return (await isRenamed(join(folder, name), path)) ? { path, name: shortName(name), importId, folder } : undefined;
}

/** Of several servers that rename a file, one succeeds. */
async function isRenamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Files of servers that ended in the middle. */
export async function abandoned(folder: string, staleMs = STALE_MS): Promise<ClaimedFile[]> {
  const files: ClaimedFile[] = [];
  for (const entry of await entriesOf(join(folder, WORKING))) {
    const [, importId, , name] = CLAIMED.exec(entry) ?? [];
    const path = join(folder, WORKING, entry);
    const found = importId === undefined ? undefined : await lstat(path).catch(() => undefined);
    // A rename and a touch set this time.
    if (found !== undefined && Date.now() - found.ctimeMs >= staleMs) files.push({ path, name, importId, folder });
  }
  return files;
}

/** Takes an abandoned file for this server alone, as `claim` does. */
export async function takeOver(file: ClaimedFile): Promise<ClaimedFile | undefined> {
  const { importId, name, folder } = file;
  const takeovers = Number(CLAIMED.exec(basename(file.path))?.[2] ?? 0);
  const path = join(folder, WORKING, `${importId}+${takeovers + 1}.${name}`);
  return (await isRenamed(file.path, path)) ? { ...file, path } : undefined;
}

/** Reads the file while it tells other servers that it is being imported. Links and what is no file are refused. */
export async function withContent<T>({ path }: ClaimedFile, use: (content: Uint8Array) => Promise<T>): Promise<T> {
  const touch = (): Promise<void> => utimes(path, new Date(), new Date()).catch(() => undefined);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw errorCode(error) === 'ELOOP' ? new RefusedFileError('is a link; only files are imported') : error;
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const { size } = await file.stat().then((found) => {
      if (!found.isFile()) throw new RefusedFileError('is no file');
      return found;
    });
    if (size > MAX_EXPANDED_BYTES) throw new RefusedFileError(`has ${size} bytes; at most ${MAX_EXPANDED_BYTES} are allowed`);
    await touch();
    timer = setInterval(() => void touch(), HEARTBEAT_MS);
    return await use(await file.readFile());
  } finally {
    clearInterval(timer);
    await file.close();
  }
}

/** Moves the file to `done` or `failed`, and writes its report beside it. Does nothing when another server has taken it over. */
export async function finish({ path, name, importId, folder }: ClaimedFile, where: 'done' | 'failed', report: object): Promise<void> {
  if ((await lstat(path).catch(() => undefined)) === undefined) return;
  const target = join(await ownFolder(folder, where), `${importId.slice(0, 8)}-${name}`);
  const reportPath = `${target}.report.json`;
  // A server that ended between the report and the file wrote this one. It knew more.
  if ((await lstat(reportPath).catch(() => undefined)) === undefined) {
    await writeFile(`${reportPath}.part`, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
    await rename(`${reportPath}.part`, reportPath);
  }
  await isRenamed(path, target);
}

/** Names in a folder; none when it is missing. */
export async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

/** A folder within that of the profile. A link in its place would lead files elsewhere. */
async function ownFolder(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  if (!(await lstat(path)).isDirectory()) throw new RefusedFileError(`"${name}" beside it is no folder`);
  return path;
}

/** The end of a long name, which has its kind. */
function shortName(name: string): string {
  let short = name;
  while (Buffer.byteLength(short) > MAX_NAME_BYTES) short = short.slice(1);
  return short;
}
