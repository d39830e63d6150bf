import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../test/fixture-release.ts';
import { makeZip, type ZipFixtureEntry } from '../../../test/zip-fixture.ts';
import { unpack } from './unpack.ts';

const MEGABYTE = 1024 ** 2;

describe('unpack', () => {
  let temporary: TemporaryFolder;
  beforeEach(async () => {
    temporary = await temporaryFolder();
  });
  afterEach(() => temporary.remove());

  const unpacked = async (entries: readonly ZipFixtureEntry[], mostBytes?: number): Promise<string[]> => {
    const zip = join(temporary.path, 'ml.zip');
    await writeFile(zip, makeZip(entries));
    return unpack(zip, join(temporary.path, 'out'), 'ml', new AbortController().signal, mostBytes);
  };

  it('takes 1,000 files', async () => {
    const entries = Array.from({ length: 1_000 }, (_, n) => ({ name: `ml/${n}.csv`, content: '' }));
    expect(await unpacked(entries)).toHaveLength(1_000);
    expect(await readdir(join(temporary.path, 'out'))).toHaveLength(1_000);
  });

  it('refuses more', async () => {
    const entries = Array.from({ length: 1_001 }, (_, n) => ({ name: `ml/${n}.csv`, content: '' }));
    await expect(unpacked(entries)).rejects.toThrow(/ml\.zip: more than 1000 files; not a MovieLens archive$/);
  });

  it('takes as many bytes in all files as are allowed, and none beyond', async () => {
    const entries = [
      { name: 'ml/a.csv', content: '0'.repeat(600) },
      { name: 'ml/b.csv', content: '0'.repeat(400) },
    ];
    expect(await unpacked(entries, 1_000)).toEqual(['a.csv', 'b.csv']);
    await rm(join(temporary.path, 'out'), { recursive: true });
    await expect(unpacked(entries, 999)).rejects.toThrow(/ml\.zip: unpacks to more than 999 bytes; not a MovieLens archive$/);
    expect(await readdir(join(temporary.path, 'out'))).toEqual(['a.csv']);
  });

  it('takes a small file whatever its ratio', async () => {
    expect(await unpacked([{ name: 'ml/a.csv', content: '0'.repeat(MEGABYTE), compressed: true }])).toEqual(['a.csv']);
  });

  it('refuses a file that unpacks to more than 100 times its size, and writes nothing of it', async () => {
    const bomb = { name: 'ml/bomb.csv', content: '0'.repeat(MEGABYTE + 1), compressed: true };
    await expect(unpacked([bomb])).rejects.toThrow(/ml\.zip: bomb\.csv unpacks to \d+ times its size; at most 100 times is taken$/);
    await expect(readdir(join(temporary.path, 'out'))).rejects.toThrow('ENOENT');
  });
});
