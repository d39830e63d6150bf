import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../test/fixture-release.ts';
import { ArtifactError } from './artifact-error.ts';
import { listVersions, readPointer, versionDirectory, writePointer } from './version-store.ts';

const NO_NAMES = ['', '.', '..', '.x', '.hidden', '-x', '_x', 'a/b', '../x', 'a\\b', 'a b', 'a\n', 'ä'];
const NAMES = ['a', '7', 'A-1.b_c', 'v..1', '2026-01-01'];

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test.each(NO_NAMES)('%j is no name of a version, and no pointer may have it', async (version) => {
  expect(() => versionDirectory('/artifacts', version)).toThrow(ArtifactError);
  await writeFile(join(folder.path, 'current.json'), JSON.stringify({ version, previous: null, publishedAt: '2026-01-01' }));
  await expect(readPointer(folder.path)).rejects.toThrow('expected {"version", "previous", "publishedAt"}');
});

test.each(NAMES)('%j is the name of a version', async (version) => {
  expect(versionDirectory('/artifacts', version)).toBe(`/artifacts/${version}`);
  const pointer = { version, previous: 'before', publishedAt: '2026-01-01' };
  await writePointer(folder.path, pointer);
  expect(await readPointer(folder.path)).toEqual(pointer);
});

test('folders are listed in order when they have the name of a version; unfinished versions and files are not', async () => {
  for (const name of ['b', 'a', '.c.unfinished', '_d']) await mkdir(join(folder.path, name));
  await writeFile(join(folder.path, 'file'), '');
  expect(await listVersions(folder.path)).toEqual(['a', 'b']);
  expect(await listVersions(join(folder.path, 'missing'))).toEqual([]);
  await expect(listVersions(join(folder.path, 'file'))).rejects.toThrow('ENOTDIR');
});

test.each([
  [{ version: 'a', previous: 7, publishedAt: '' }],
  [{ version: 'a', previous: null, publishedAt: 7 }],
  [{ version: 7, previous: null, publishedAt: '' }],
  [{ version: 'a', previous: null }],
  [{ version: 'a', publishedAt: '' }],
  [{ previous: null, publishedAt: '' }],
  [null],
  ['a'],
])('%j is no pointer', async (pointer) => {
  await writeFile(join(folder.path, 'current.json'), JSON.stringify(pointer));
  await expect(readPointer(folder.path)).rejects.toThrow('expected {"version", "previous", "publishedAt"}');
});

test('nothing is published in a folder that is missing or empty; what cannot be read is an error', async () => {
  expect(await readPointer(folder.path)).toBeNull();
  expect(await readPointer(join(folder.path, 'missing'))).toBeNull();
  await writeFile(join(folder.path, 'file'), '');
  expect(await readPointer(join(folder.path, 'file'))).toBeNull();
  await mkdir(join(folder.path, 'current.json'));
  await expect(readPointer(folder.path)).rejects.toThrow('cannot be read');
});
