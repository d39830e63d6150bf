import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as publishSample } from '../pipeline/stages/sample.ts';
import { recordingContext } from '../pipeline/testing/recording-context.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { type Snapshot, snapshotOf } from '../src/recommendations/snapshot.ts';
import { measureSearch, TITLE_QUERIES } from './search-queries.ts';

describe('search over the sample catalog', () => {
  let artifacts: string;
  let snapshot: Snapshot;

  beforeAll(async () => {
    artifacts = await mkdtemp(join(tmpdir(), 'sample-search-'));
    await publishSample(['--artifacts', artifacts], recordingContext());
    snapshot = snapshotOf(await openRelease(versionDirectory(artifacts, (await readPointer(artifacts))?.version ?? '')));
  });

  afterAll(() => rm(artifacts, { recursive: true, force: true }));

  it('finds first what was meant, for the queries whose answer the sample has', async () => {
    const { catalog } = snapshot;
    const rows = Array.from({ length: catalog.size }, (_, row) => row);
    const queries = TITLE_QUERIES.filter(({ isAnswer }) => rows.some((row) => isAnswer(catalog, row)));
    expect(queries.length).toBeGreaterThan(150);
    const { first, amongThree, wrong } = await measureSearch(snapshot, queries);
    expect(first, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(amongThree, wrong.join('\n')).toBeGreaterThanOrEqual(0.99);
  });
});
