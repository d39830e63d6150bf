import { randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ArtifactError } from './artifact-error.ts';
import { writeDurably } from './durable-file.ts';

/** The value in a JSON file; undefined when there is no file. Throws an ArtifactError when the file cannot be read or parsed. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return undefined;
    throw new ArtifactError(`${path}: cannot be read`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ArtifactError(`${path}: is not JSON`, { cause });
  }
}

/** Replaces a JSON file atomically: it is written under another name, flushed and renamed. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  // Threads of one process may write the same file.
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString('hex')}`);
  await writeDurably(temporary, `${JSON.stringify(value, null, 2)}\n`);
  await rename(temporary, path);
}
