import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactError } from './artifact-error.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** `current.json` in the artifacts folder: the version that is served, and the one that was served before it. */
export interface Pointer {
  version: string;
  previous: string | null;
  /** ISO 8601. */
  publishedAt: string;
}

const POINTER_FILE = 'current.json';

/** The pointer; null when nothing was published yet. Throws an ArtifactError when the file cannot be read or parsed. */
export async function readPointer(artifactsDirectory: string): Promise<Pointer | null> {
  const path = join(artifactsDirectory, POINTER_FILE);
  const pointer = await readJsonFile(path);
  if (pointer === undefined) return null;
  if (!isPointer(pointer)) throw new ArtifactError(`${path}: expected {"version", "previous", "publishedAt"}`);
  return pointer;
}

/** Replaces the pointer atomically. */
export async function writePointer(artifactsDirectory: string, pointer: Pointer): Promise<void> {
  await writeJsonFile(join(artifactsDirectory, POINTER_FILE), pointer);
}

/** The folder of a version. Throws an ArtifactError when `version` is not a plain name, so no pointer leads out of the artifacts folder. */
export function versionDirectory(artifactsDirectory: string, version: string): string {
  if (!isVersionName(version)) throw new ArtifactError(`"${version}" is not a version's name`);
  return join(artifactsDirectory, version);
}

/** Names of the versions that have a folder, sorted. Unfinished versions have hidden names and are not listed. */
export async function listVersions(artifactsDirectory: string): Promise<string[]> {
  try {
    const entries = await readdir(artifactsDirectory, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && isVersionName(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

function isVersionName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
}

function isPointer(value: unknown): value is Pointer {
  if (typeof value !== 'object' || value === null) return false;
  if (!('version' in value && 'previous' in value && 'publishedAt' in value)) return false;
  return (
    typeof value.version === 'string' &&
    isVersionName(value.version) &&
    (value.previous === null || typeof value.previous === 'string') &&
    typeof value.publishedAt === 'string'
  );
}
