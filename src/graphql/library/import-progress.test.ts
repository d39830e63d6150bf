import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/fixture-release.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';
import { snapshotOf } from '../../recommendations/snapshot.ts';

const ROWS = 50_000;
const MOVIES = generatedMovies(5_000);
/** Processor time of the main thread between two turns of its event loop. The copy of the request's body is the longest part. */
const MAX_TURN_MS = 150;
const TICK_MS = 5;
const POLL_MS = 10;
const IMPORT = `mutation ($files: [HistoryFileInput!]!, $dryRun: Boolean! = false, $offset: Int! = 0) {
  importFiles(files: $files, dryRun: $dryRun) {
    rowCount movieCount takenCount doubtfulCount notFoundCount taken(first: 2, offset: $offset) { row } } }`;
const PROGRESS = '{ viewer { importProgress { phase done total } } }';

interface Imported {
  importFiles: { rowCount: number; takenCount: number; doubtfulCount: number; notFoundCount: number; taken: { row: number }[] };
}
interface Progress {
  viewer: { importProgress: { phase: string; done: number; total: number | null } | null };
}

const diary = (rows: number): string => {
  const lines = Array.from({ length: rows }, (_, i) => {
    const { title, year } = MOVIES[i % MOVIES.length];
    return `2023-04-05,"${title}",${year ?? ''},u,4,,"a, b",20${10 + Math.floor(i / 5_000)}-04-05\n`;
  });
  return `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n${lines.join('')}`;
};
const files = (text: string) => [{ name: 'diary.csv', base64: Buffer.from(text).toString('base64') }];

describe('an import of 50,000 rows', () => {
  let app: ViewerApp;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const snapshot = snapshotOf(releaseInMemory(MOVIES, shippedConfig('default')));
    const folder = await temporaryFolder();
    remove = folder.remove;
    app = await viewerApp(() => snapshot, {
      database: { kind: 'sqlite', file: `${folder.path}/cinematch.db` },
      importLimitBytes: 10_485_760,
      // A slow machine takes longer than the default.
      requestTimeoutMs: 120_000,
    });
  });
  afterAll(async () => {
    await app.shutDown(0);
    await remove();
  });

  it('tells how far it is, and lets other requests run', async () => {
    const ann = app.viewer();
    const turns = longestTurn();
    const seen = new Map<string, { done: number[]; total: number | null }>();
    let isOver = false;
    const imported = ann.ask<Imported>(IMPORT, { files: files(diary(ROWS)) }).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await sleep(POLL_MS);
      const { viewer } = await ann.ask<Progress>(PROGRESS);
      const { phase, done, total } = viewer.importProgress ?? { phase: 'NONE', done: 0, total: null };
      const known = seen.get(phase) ?? { done: [], total };
      known.done.push(done);
      seen.set(phase, known);
    }
    expect((await imported).importFiles).toMatchObject({ rowCount: ROWS, notFoundCount: 0 });
    expect(turns.stop()).toBeLessThan(MAX_TURN_MS);
    expect([...seen.keys()].filter((phase) => phase !== 'NONE')).toEqual(['READING', 'MATCHING', 'WRITING']);
    for (const { done } of seen.values()) expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(seen.get('MATCHING')?.total).toBe(ROWS);
    expect(seen.get('WRITING')?.total).toBeGreaterThan(ROWS);
    expect(new Set(seen.get('WRITING')?.done).size).toBeGreaterThan(1);
    expect(await ann.ask(PROGRESS)).toEqual({ viewer: { importProgress: null } });
  });

  it('is shown page by page', async () => {
    const ann = app.viewer();
    const page = async (offset: number) => {
      const { taken } = (await ann.ask<Imported>(IMPORT, { files: files(diary(5)), dryRun: true, offset })).importFiles;
      return taken.map(({ row }) => row);
    };
    expect([await page(0), await page(2), await page(4), await page(50_000)]).toEqual([[1, 2], [3, 4], [5], []]);
    for (const offset of [-1, 50_001])
      expect((await ann.refusal(IMPORT, { files: files(diary(5)), dryRun: true, offset })).extensions).toMatchObject({
        argument: 'offset',
      });
  });

  it('has no progress of somebody else, nor after it failed', async () => {
    const [ann, bob] = [app.viewer(), app.viewer()];
    const failed = ann.refusal(IMPORT, { files: files('a,b\n'.repeat(50_000)) });
    expect(await bob.ask(PROGRESS)).toEqual({ viewer: { importProgress: null } });
    expect((await failed).extensions).toMatchObject({ argument: 'files' });
    expect(await ann.ask(PROGRESS)).toEqual({ viewer: { importProgress: null } });
  });
});

/** The longest time that one turn of the event loop kept the processor, whatever else the machine does. */
function longestTurn(): { stop(): number } {
  const now = (): number => {
    const { user, system } = process.threadCpuUsage?.() ?? { user: performance.now() * 1_000, system: 0 };
    return (user + system) / 1_000;
  };
  let last = now();
  let longest = 0;
  const timer = setInterval(() => {
    const time = now();
    longest = Math.max(longest, time - last);
    last = time;
  }, TICK_MS);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}
