import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../error-text.ts';

/** "cinematch-20260131T041500Z.backup": names in the order of their times. */
const NAME = /^cinematch-\d{8}T\d{6}Z\.backup$/;

export function backupName(at: Date): string {
  return `cinematch-${at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')}.backup`;
}

/** The backups in the folder that have names of this form, oldest first. A folder that is missing has none. */
export async function backupsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((name) => NAME.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** When the newest backup was made; undefined without one. */
export async function newestBackupAt(folder: string): Promise<number | undefined> {
  const newest = (await backupsIn(folder)).at(-1);
  return newest === undefined ? undefined : (await stat(newest)).mtimeMs;
}

/** Removes the oldest backups until `count` are left. Returns the files that it removed. */
export async function keepNewest(folder: string, count: number): Promise<string[]> {
  const all = await backupsIn(folder);
  const removed = all.slice(0, Math.max(0, all.length - count));
  for (const file of removed) await rm(file);
  return removed;
}
