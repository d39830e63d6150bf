import { readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../test/fixture-release.ts';
import { abandoned, claim, entriesOf, takeOver, WORKING } from './claimed-file.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

it('a missing folder has no entries, and a folder that cannot be read is an error', async () => {
  await writeFile(join(folder.path, 'b'), '');
  await writeFile(join(folder.path, 'a'), '');
  await symlink('loop', join(folder.path, 'loop'));
  expect(await entriesOf(folder.path)).toEqual(['a', 'b', 'loop']);
  expect(await entriesOf(join(folder.path, 'missing'))).toEqual([]);
  expect(await entriesOf(join(folder.path, 'a'))).toEqual([]);
  await expect(entriesOf(join(folder.path, 'loop'))).rejects.toThrow('ELOOP');
});

it('a name that the server adds to is cut to 150 bytes, its end stays', async () => {
  for (const [name, kept] of [
    [`${'x'.repeat(146)}.csv`, `${'x'.repeat(146)}.csv`],
    [`y${'x'.repeat(146)}.csv`, `${'x'.repeat(146)}.csv`],
    [`${'ü'.repeat(74)}.csv`, `${'ü'.repeat(73)}.csv`],
  ]) {
    await writeFile(join(folder.path, name), '');
    expect((await claim(folder.path, name))?.name).toBe(kept);
  }
  expect(await claim(folder.path, 'missing.csv')).toBeUndefined();
});

it('each takeover is counted in the name, and one server alone has it', async () => {
  await writeFile(join(folder.path, 'a.csv'), '');
  const claimed = await claim(folder.path, 'a.csv');
  expect(await abandoned(folder.path, 60_000)).toEqual([]);
  const [found] = await abandoned(folder.path, -1);
  expect(found).toEqual(claimed);
  expect(await takeOver(found)).toMatchObject({ name: 'a.csv', importId: claimed?.importId });
  expect(await takeOver(found)).toBeUndefined();
  const [again] = await abandoned(folder.path, -1);
  await takeOver(again);
  expect(await readdir(join(folder.path, WORKING))).toEqual([`${claimed?.importId}+2.a.csv`]);
});
