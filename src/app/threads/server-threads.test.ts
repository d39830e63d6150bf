import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import type { SharedRelease } from '../../engine/artifacts/model-release.ts';
import type { ThreadProgress } from '../../library/running-imports.ts';
import { openChannel } from './channel.ts';
import { ServerThreads } from './server-threads.ts';

// A thread that tells what it is told by its metrics, and ends when its release is named so.
const PROGRAM = (link: string): string => `
  import { parentPort, threadId, workerData } from 'node:worker_threads';
  import { Link } from ${JSON.stringify(link)};
  const told = [];
  const main = new Link(parentPort, {
    begin({ release, port }) { told.push('begin ' + release.manifest.version); return port === 0 ? 4321 : port; },
    async serve(release) {
      told.push('serve ' + release.manifest.version);
      if (release.manifest.version === 'fatal' && workerData.number === 1) process.exit(3);
      if (release.manifest.version === 'count') told.push(await main.ask('count', { key: 'k', amount: 2, windowMs: 60_000 }));
      if (release.manifest.version === 'rank') {
        await main.ask('keepRanking', { key: 'r' + workerData.number, bytes: new Uint8Array([workerData.number]) });
      }
      if (release.manifest.version === 'ranked') told.push((await main.ask('ranking', 'r' + (1 - workerData.number)))[0]);
    },
    metrics: () => [{ name: 'told_total', help: told.join(), type: 'counter', aggregator: 'sum', values: [{ value: told.length, labels: { number: String(workerData.number), told: told.join(' ') } }] }],
    stop: () => { told.push('stop'); },
  });
`;

describe('threads that serve', () => {
  let folder: string;
  let script: URL;
  let release: SharedRelease;
  let threads: ServerThreads | undefined;
  const lines: { level: number; msg: string; thread?: number }[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cinematch-threads-'));
    script = pathToFileURL(join(folder, 'thread.mjs'));
    await writeFile(script, PROGRAM(new URL('./link.ts', import.meta.url).href));
    release = releaseInMemory(generatedMovies(20), shippedConfig('default')).share();
  });
  afterEach(async () => {
    await threads?.stop(0, 100);
    lines.length = 0;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const started = async (count: number): Promise<ServerThreads> => {
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
    threads = new ServerThreads({
      script,
      count,
      clientDirectory: '',
      http: { port: 0 },
      cacheBytes: 1_000,
      log,
      checkVersion: async () => undefined,
    });
    await threads.start(release);
    return threads;
  };
  const named = (version: string): SharedRelease => ({ ...release, manifest: { ...release.manifest, version } });
  /** What each thread was told, by its number. */
  const told = async (of: ServerThreads): Promise<string[]> =>
    [...(await of.metricsPage.text()).matchAll(/told="([^"]*)"/g)].map(([, text]) => text ?? '').sort();

  it('begin with the release, and serve another one when every one of them does', async () => {
    const two = await started(2);
    const { version } = release.manifest;
    await two.serve(named('next'));
    expect(await told(two)).toEqual([`begin ${version} serve next`, `begin ${version} serve next`]);
  });

  it('share counts and rankings', async () => {
    const two = await started(2);
    for (const version of ['count', 'rank', 'ranked']) await two.serve(named(version));
    const all = (await told(two)).join('; ');
    // Two and four, in whatever order they asked; each has the ranking of the other.
    expect([...all.matchAll(/serve count (\d)/g)].map(([, count]) => count).sort()).toEqual(['2', '4']);
    expect([...all.matchAll(/serve ranked (\d)/g)].map(([, other]) => other).sort()).toEqual(['0', '1']);
  });

  it('are replaced when they end, by one that serves the last release', async () => {
    const two = await started(2);
    const imports = openChannel<ThreadProgress>('imports');
    const progress: ThreadProgress[] = [];
    imports.onTold((one) => void progress.push(one));
    await two.serve(named('fatal'));
    // The other threads forget how far its imports were.
    await expect.poll(() => progress, { timeout: 10_000 }).toEqual([{ threadId: expect.any(Number), told: null }]);
    expect(progress[0]?.threadId).toBeGreaterThan(0);
    imports.close();
    await expect.poll(async () => (await told(two)).length, { timeout: 10_000 }).toBe(2);
    await expect.poll(() => told(two), { timeout: 10_000 }).toEqual(['begin fatal', `begin ${release.manifest.version} serve fatal`]);
    expect(lines).toMatchObject([{ level: 50, thread: 1, msg: 'a server thread has ended; another one replaces it' }]);
  });

  it('end when they are stopped, and are not replaced', async () => {
    const two = await started(2);
    await two.stop(0, 1_000);
    expect(await told(two)).toEqual([]);
    expect(lines).toEqual([]);
  });
});
