import { copyFile, link, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { appendChecksum, checksumState } from './backup-checksum.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

it('calls no backup wrong while others take its name', async () => {
  const file = join(folder.path, 'backup');
  const backups = [1, 2].map((number) => `${file}-${number}`);
  for (const [index, backup] of backups.entries()) {
    await writeFile(backup, `content ${index}`);
    await appendChecksum(backup);
  }
  await copyFile(backups[0], file);
  let reading = true;
  const replacing = (async (): Promise<number> => {
    let replaced = 0;
    for (; reading; replaced++) {
      await link(backups[replaced % 2], `${file}-next`);
      await rename(`${file}-next`, file);
    }
    return replaced;
  })();
  const states = new Set<string>();
  for (let round = 0; round < 300; round++) states.add(await checksumState(file));
  reading = false;
  expect(await replacing).toBeGreaterThan(100);
  expect([...states]).toEqual(['right']);
});
