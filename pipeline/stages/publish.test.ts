import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeRelease } from '../../src/engine/artifacts/model-release.ts';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { shippedConfig } from '../../test/release-in-memory.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { buildRelease } from '../training/build-release.ts';
import { run } from './publish.ts';

let artifacts: string;

/** Five versions, v5 the newest, and two folders of somebody else. */
beforeEach(async () => {
  artifacts = await mkdtemp(join(tmpdir(), 'publish-test-'));
  for (const n of [1, 2, 3, 4, 5]) {
    const origin = { version: `v${n}`, dataset: 'fixture', builtAt: new Date(Date.UTC(2026, 0, n)), inputs: {} };
    const { about, sections } = buildRelease(FIXTURE_MOVIES.slice(0, 3), shippedConfig('default'), origin);
    await writeRelease(join(artifacts, `v${n}`), about, sections);
  }
  await mkdir(join(artifacts, 'photos'));
  await writeFile(join(artifacts, 'photos', 'manifest.json'), '{"name": "photos"}');
  await writeFile(join(artifacts, 'v2', 'notes.txt'), 'mine');
});

afterEach(() => rm(artifacts, { recursive: true }));

async function publish(...more: string[]): Promise<string[]> {
  const context = recordingContext();
  await run(['--artifacts', artifacts, ...more], context);
  return context.lines;
}

const versions = async (): Promise<string[]> => (await readdir(artifacts)).filter((name) => name !== 'current.json').sort();

describe('publish --keep', () => {
  test('deletes the older versions, and nothing that the pipeline did not write', async () => {
    await publish('--version', 'v5');
    expect(await versions()).toEqual(['photos', 'v1', 'v2', 'v3', 'v4', 'v5']);
    expect(await publish('--version', 'v5', '--keep', '3')).toContain('publish: deleted 2 older versions: v2, v1');
    expect(await versions()).toEqual(['photos', 'v2', 'v3', 'v4', 'v5']);
    expect(await readdir(join(artifacts, 'v2'))).toEqual(['notes.txt']);
  });

  test('keeps the current and the previous version, however old they are', async () => {
    await publish('--version', 'v1');
    await publish('--version', 'v3', '--keep', '1');
    expect(await versions()).toEqual(['photos', 'v1', 'v2', 'v3']);
    await publish('--rollback');
    expect(await versions()).toEqual(['photos', 'v1', 'v2', 'v3']);
  });

  test('takes a number from 1', async () => {
    await expect(publish('--version', 'v5', '--keep', '0')).rejects.toMatchObject({ exitCode: 2 });
  });
});
