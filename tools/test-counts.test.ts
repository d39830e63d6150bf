import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../test/fixture-release.ts';
import { PROJECT } from './run-tool.ts';

const REDIS = 'Redis behind a circuit breaker (needs redis-server: apt-get install redis-server) closes again';
const TRIED = 'journeys (needs chromium: apt-get install chromium (which failed: no network)) look right';
const DATA = 'the real catalogue is merged';

describe('the counts of a report', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  /** What is printed for tests with these names that were skipped, beside two that passed. */
  async function counts(skipped: string[], canInstall: 'yes' | 'no', more: object = {}) {
    const tests = [
      ...skipped.map((fullName) => ({ status: 'skipped', fullName })),
      ...['a', 'b'].map((fullName) => ({ status: 'passed', fullName })),
    ];
    const report = { numTotalTests: tests.length, numPassedTests: 2, numFailedTests: 0, numFailedTestSuites: 0, ...more };
    const file = join(folder.path, 'report.json');
    await writeFile(file, JSON.stringify({ ...report, testResults: [{ assertionResults: tests }] }));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(PROJECT, 'tools/test-counts.mjs'), file, `--can-install=${canInstall}`],
      {
        encoding: 'utf8',
      },
    );
    return { counts: stdout.trim(), names: stderr.trim().split('\n'), status };
  }

  it('count and name what was skipped', async () => {
    expect(await counts([DATA, TRIED], 'yes')).toEqual({ counts: '2 0 2', names: [`skipped: ${DATA}`, `skipped: ${TRIED}`], status: 0 });
  });

  it('count a suite as failed that was skipped although its program can be installed', async () => {
    expect(await counts([REDIS, DATA], 'yes')).toEqual({
      counts: '2 1 2',
      names: [`skipped although it could be installed: ${REDIS}`, `skipped: ${DATA}`],
      status: 0,
    });
  });

  it('count it as skipped only where nothing can be installed', async () => {
    expect((await counts([REDIS], 'no')).counts).toBe('2 0 1');
  });

  it('count a file that failed before its tests, once, and refuse a report without tests', async () => {
    expect((await counts([], 'no', { numFailedTestSuites: 1 })).counts).toBe('2 1 0');
    expect((await counts([], 'no', { numFailedTestSuites: 3, numFailedTests: 2 })).counts).toBe('2 2 0');
    expect((await counts([], 'no', { numTotalTests: 0 })).status).toBe(1);
  });
});

it('every suite that is skipped without a program says in its name what it needs', () => {
  const nameless = globSync('{src,test,client,pipeline,tools,bench}/**/*.{test,contract}.ts', { cwd: PROJECT }).flatMap((file) => {
    const text = readFileSync(join(PROJECT, file), 'utf8');
    if (!/real-servers\/(redis|postgres|chromium|debian-package)\.ts/.test(text)) return [];
    // From the condition to the beginning of the suite.
    return [...text.matchAll(/\.skipIf\([\s\S]*?=> \{/g)]
      .map(([found]) => found)
      .filter((found) => !/hint|\$\{name\}|existsSync/i.test(found))
      .map((found) => `${file}: ${found.slice(0, 100)}`);
  });
  expect(nameless).toEqual([]);
});
