import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRelease } from '../pipeline/training/build-release.ts';
import { openRelease, writeRelease } from '../src/engine/artifacts/model-release.ts';
import { type RefreshState, writeRefreshState } from '../src/engine/artifacts/refresh-state.ts';
import { versionDirectory, writePointer } from '../src/engine/artifacts/version-store.ts';
import type { CatalogRow } from '../src/engine/features/catalog-row.ts';
import { type ModelConfig, parseModelConfig } from '../src/engine/recommender/model-config.ts';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { snapshotOf } from '../src/recommendations/snapshot.ts';
import { FIXTURE_MOVIES } from './fixture-movies.ts';

/** A folder that goes when the test file is done: `afterAll(folder.remove)`. */
export interface TemporaryFolder {
  path: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'cinematch-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The default feature config. */
export async function testModelConfig(): Promise<ModelConfig> {
  return parseModelConfig(JSON.parse(await readFile(new URL('../pipeline/config/default.json', import.meta.url), 'utf8')), 'default.json');
}

/** Writes a set and, unless told not to, publishes it. */
export async function writeFixtureRelease(
  artifactsDirectory: string,
  {
    version = 'fixture-1',
    movies = FIXTURE_MOVIES,
    publish = true,
  }: { version?: string; movies?: readonly CatalogRow[]; publish?: boolean } = {},
): Promise<void> {
  const { about, sections } = buildRelease(movies, await testModelConfig(), {
    version,
    dataset: 'fixture',
    builtAt: new Date('2026-01-02T03:04:05Z'),
    inputs: {},
  });
  await writeRelease(versionDirectory(artifactsDirectory, version), about, sections);
  if (publish) await publishVersion(artifactsDirectory, version);
}

export async function publishVersion(artifactsDirectory: string, version: string, previous: string | null = null): Promise<void> {
  await writePointer(artifactsDirectory, { version, previous, publishedAt: new Date().toISOString() });
}

/** Writes that a refresh fetched the data of this version and published it. */
export async function writeFixtureRefresh(artifactsDirectory: string, version: string, more: Partial<RefreshState> = {}): Promise<void> {
  await writeRefreshState(artifactsDirectory, {
    startedAt: '2026-02-01T05:00:00.000Z',
    finishedAt: '2026-02-01T05:03:00.000Z',
    seconds: 180,
    result: 'published',
    failedStep: null,
    error: null,
    succeededAt: '2026-02-01T05:03:00.000Z',
    changes: { newMovies: 12, changedMovies: 34, removedMovies: 5, offersBegun: 67, offersEnded: 8 },
    skipped: ['ratings: no new dump'],
    version,
    dataAt: '2026-02-01T05:00:00.000Z',
    nextAt: '2026-02-02T05:00:00.000Z',
    log: ['[new] fetch', `[new] publish ${version}`],
    ...more,
  });
}

export async function fixtureSnapshot(): Promise<Snapshot> {
  const folder = await temporaryFolder();
  try {
    await writeFixtureRelease(folder.path);
    return snapshotOf(await openRelease(versionDirectory(folder.path, 'fixture-1')));
  } finally {
    await folder.remove();
  }
}
