import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { publishVersion, type TemporaryFolder, temporaryFolder, writeFixtureRelease } from '../../test/fixture-release.ts';
import { ask, testApp } from '../../test/running-app.ts';
import { ArtifactError } from '../engine/artifacts/artifact-error.ts';
import { openSnapshot, snapshotOf } from './snapshot.ts';
import { SnapshotStore } from './snapshot-store.ts';

describe('what is being served', () => {
  let folder: TemporaryFolder;
  let logged: { level: string; message: string; about: object }[];
  let store: SnapshotStore | undefined;

  beforeEach(async () => {
    folder = await temporaryFolder();
    logged = [];
    store = undefined;
  });
  afterEach(async () => {
    await store?.stop();
    await folder.remove();
  });

  const open = async (pollMs = 20): Promise<SnapshotStore> => {
    store = await SnapshotStore.open({
      artifactsDirectory: folder.path,
      open: snapshotOf,
      pollMs,
      log: {
        info: (about, message) => void logged.push({ level: 'info', message, about }),
        error: (about, message) => void logged.push({ level: 'error', message, about }),
      },
    });
    return store;
  };

  const matches = async ({ current: { search, filters } }: SnapshotStore): Promise<number> => {
    const all = filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [] });
    return (await search.search('matrix', all, 0, 1)).total;
  };

  it('gives out a version only when its titles can be searched at once', async () => {
    await writeFixtureRelease(folder.path, { version: 'one' });
    store = await SnapshotStore.open({
      artifactsDirectory: folder.path,
      open: openSnapshot,
      log: { info: () => undefined, error: () => undefined },
    });
    // Building the index takes turns of the event loop; a search in an index that is there takes none.
    const first = await Promise.race([matches(store), nextTurn('not ready')]);
    await writeFixtureRelease(folder.path, { version: 'two' });
    await store.check();
    const second = await Promise.race([matches(store), nextTurn('not ready')]);
    expect([first, second]).toEqual([2, 2]);
  });

  it('loads a published version after a random time, so that servers do not load it together', async () => {
    await writeFixtureRelease(folder.path, { version: 'one' });
    store = await SnapshotStore.open({
      artifactsDirectory: folder.path,
      open: snapshotOf,
      log: { info: () => undefined, error: () => undefined },
      pollMs: 10,
      jitterMs: 3_600_000,
    });
    store.watch();
    await writeFixtureRelease(folder.path, { version: 'two' });
    await sleep(100);
    expect(store.current.catalog.version).toBe('one');
    await store.stop();
    expect(store.current.catalog.version).toBe('one');
  });

  const VERSION =
    '{ catalog { version movieCount } recommendations(first: 2, prefs: { likedMovieIds: ["2571"] }) { totalCount nodes { movie { title } } } }';
  interface Answer {
    catalog: { version: string; movieCount: number };
    recommendations: { totalCount: number; nodes: unknown[] };
  }

  it('changes while requests run: none fails, each is answered from one version, both are seen', async () => {
    await writeFixtureRelease(folder.path, { version: 'one' });
    const served = await open();
    served.watch();
    const app = await testApp(() => served.current);
    const answers: Answer[] = [];
    let running = true;
    const callers = Array.from({ length: 4 }, async () => {
      while (running) {
        answers.push(await ask<Answer>(app, VERSION));
        await sleep(1);
      }
    });
    await writeFixtureRelease(folder.path, { version: 'two', movies: FIXTURE_MOVIES.slice(5) });
    await expect.poll(() => answers.at(-1)?.catalog.version, { timeout: 5_000 }).toBe('two');
    running = false;
    await Promise.all(callers);
    await app.shutDown(0);

    expect(new Set(answers.map(({ catalog }) => catalog.version))).toEqual(new Set(['one', 'two']));
    for (const { catalog, recommendations } of answers) {
      expect(catalog.movieCount).toBe(catalog.version === 'one' ? FIXTURE_MOVIES.length : FIXTURE_MOVIES.length - 5);
      expect(recommendations.totalCount).toBe(catalog.movieCount - 1);
    }
    expect(logged).toEqual([
      { level: 'info', message: 'now serving another version', about: expect.objectContaining({ version: 'two', replaces: 'one' }) },
    ]);
  });

  it('stays when the published set is damaged, missing, or named by nonsense; each is logged once', async () => {
    await writeFixtureRelease(folder.path, { version: 'good' });
    const served = await open(5);
    const first = served.current;

    await writeFixtureRelease(folder.path, { version: 'damaged', publish: false });
    await truncate(join(folder.path, 'damaged', 'catalog.titles.bytes.bin'), 100);
    await publishVersion(folder.path, 'damaged');
    for (let i = 0; i < 3; i++) await served.check();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      level: 'error',
      about: { version: 'damaged', serving: 'good', reason: expect.stringContaining('catalog.titles.bytes') },
    });

    await publishVersion(folder.path, 'missing');
    for (let i = 0; i < 3; i++) await served.check();
    expect(logged).toHaveLength(2);

    await writeFile(join(folder.path, 'current.json'), '{"version": "../../etc"}');
    for (let i = 0; i < 3; i++) await served.check();
    expect(logged).toHaveLength(3);

    await rm(join(folder.path, 'current.json'));
    await served.check();
    expect(logged).toHaveLength(3);
    expect(served.current).toBe(first);

    await writeFixtureRelease(folder.path, { version: 'better' });
    await served.check();
    expect(served.current.catalog.version).toBe('better');
  });

  it('tries a refused set again after 5 s, 10 s, 20 s, 40 s and then each minute, and one published anew at once', async () => {
    await writeFixtureRelease(folder.path, { version: 'good' });
    let tries = 0;
    store = await SnapshotStore.open({
      artifactsDirectory: folder.path,
      open: (release) => {
        if (release.manifest.version === 'good') return snapshotOf(release);
        tries++;
        throw new Error('unusable');
      },
      log: { info: () => undefined, error: (about, message) => void logged.push({ level: 'error', message, about }) },
    });
    await writeFixtureRelease(folder.path, { version: 'bad' });
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await store.check();
      expect(tries).toBe(1);
      for (const [n, seconds] of [5, 10, 20, 40, 60, 60].entries()) {
        vi.setSystemTime(Date.now() + seconds * 1_000 - 1);
        for (let i = 0; i < 3; i++) await store.check();
        expect(tries).toBe(n + 1);
        vi.setSystemTime(Date.now() + 1);
        for (let i = 0; i < 3; i++) await store.check();
        expect(tries).toBe(n + 2);
      }
      expect(logged).toHaveLength(1);
      vi.setSystemTime(Date.now() + 1);
      await publishVersion(folder.path, 'bad');
      for (let i = 0; i < 3; i++) await store.check();
      expect([tries, logged.length]).toEqual([8, 2]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('loads a version again that was published again', async () => {
    await writeFixtureRelease(folder.path, { version: 'one' });
    const served = await open();
    const first = served.current;
    await served.check();
    expect(served.current).toBe(first);
    await sleep(2);
    await publishVersion(folder.path, 'one');
    await served.check();
    expect(served.current).not.toBe(first);
    expect(served.current.catalog.version).toBe('one');
  });

  it('looks every two seconds when it is not told otherwise, once however often it is asked to watch', async () => {
    await writeFixtureRelease(folder.path, { version: 'one' });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      store = await SnapshotStore.open({
        artifactsDirectory: folder.path,
        open: snapshotOf,
        log: { info: () => undefined, error: () => undefined },
      });
      store.watch();
      store.watch();
      expect(vi.getTimerCount()).toBe(1);
      await writeFixtureRelease(folder.path, { version: 'two' });
      vi.advanceTimersByTime(1_999);
      await sleep(50);
      expect(store.current.catalog.version).toBe('one');
      vi.advanceTimersByTime(1);
      await expect.poll(() => store?.current.catalog.version).toBe('two');
    } finally {
      vi.useRealTimers();
    }
  });

  it('outlives the folder it came from', async () => {
    await writeFixtureRelease(folder.path, { version: 'good' });
    const served = await open();
    for (const name of await readdir(folder.path)) await rm(join(folder.path, name), { recursive: true });
    await served.check();
    const { movies } = await served.current.search.search(
      'matrix',
      served.current.filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [] }),
      0,
      5,
    );
    expect(movies).toHaveLength(2);
    expect(served.current.catalog.overview(served.current.catalog.indexAt(movies[0]))).toMatch(/simulation/);
  });

  it('cannot begin with nothing published or with a damaged set', async () => {
    await expect(open()).rejects.toThrow(ArtifactError);
    await expect(open()).rejects.toThrow(/no version is published there; make one with/);
    await writeFixtureRelease(folder.path, { version: 'bad' });
    await rm(join(folder.path, 'bad', 'manifest.json'));
    await expect(open()).rejects.toThrow(/manifest\.json: cannot be read/);
  });
});
