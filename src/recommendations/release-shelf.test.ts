import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder, writeFixtureRelease } from '../../test/fixture-release.ts';
import { readPointer } from '../engine/artifacts/version-store.ts';
import { ReleaseShelf } from './release-shelf.ts';
import { openSnapshot } from './snapshot.ts';

describe('the kept versions', () => {
  let folder: TemporaryFolder;
  let shelf: ReleaseShelf;
  let published = 0;
  beforeEach(async () => {
    folder = await temporaryFolder();
    published = 0;
    shelf = new ReleaseShelf({
      artifactsDirectory: folder.path,
      verify: openSnapshot,
      onPublished: async () => {
        published++;
      },
    });
  });
  afterEach(() => folder.remove());

  it('are none in an empty folder', async () => {
    expect(await shelf.list()).toEqual({ releases: [], published: null, publishedAt: null, previous: null });
    await expect(shelf.rollBack()).rejects.toThrow(/no version was published before/);
  });

  it('are published and rolled back, one after the other', async () => {
    for (const version of ['fixture-1', 'fixture-2', 'fixture-3'])
      await writeFixtureRelease(folder.path, { version, publish: version === 'fixture-1' });
    await Promise.all([shelf.publish('fixture-2'), shelf.publish('fixture-3')]);
    expect(await shelf.list()).toMatchObject({ published: 'fixture-3', previous: 'fixture-2' });
    expect(await shelf.rollBack()).toBe('fixture-2');
    expect(await shelf.list()).toMatchObject({ published: 'fixture-2', previous: 'fixture-3' });
    expect(published).toBe(3);
  });

  it('are listed, and publishing the current one changes nothing', async () => {
    await writeFixtureRelease(folder.path);
    const { releases, published: current } = await shelf.list();
    expect(releases).toMatchObject([{ version: current, dataset: expect.any(String), movieCount: expect.any(Number), ndcg: {} }]);
    expect(releases[0]?.bytes).toBeGreaterThan(1_000);
    await shelf.publish(current ?? '');
    expect(published).toBe(0);
  });

  it('are refused when they cannot be served, and nothing is published', async () => {
    await writeFixtureRelease(folder.path);
    const before = await readPointer(folder.path);
    const { releases } = await shelf.list();
    for (const version of ['missing', '../etc', '.hidden', '']) await expect(shelf.publish(version)).rejects.toThrow(/cannot be served/);
    await writeFile(join(folder.path, releases[0]?.version ?? '', 'manifest.json'), '{');
    expect((await shelf.list()).releases).toEqual([]);
    expect(await readPointer(folder.path)).toEqual(before);
  });
});
