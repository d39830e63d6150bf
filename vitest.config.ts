import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const TESTS = ['src', 'pipeline', 'bench', 'tools', 'test', 'client'].map((folder) => `${folder}/**/*.test.ts`);

/** The files that take longest, in this order. A file that takes minutes must not be the last one to start. */
const LONGEST = [
  'client/e2e/',
  'test/durability.test.ts',
  'test/redis-failures.test.ts',
  'src/database/backup.test.ts',
  'test/server-process.test.ts',
];

/** Files that start processes or train for seconds. */
const SLOW = [
  'test/attacks/',
  'tools/launch.test.ts',
  'test/server-process.test.ts',
  'test/durability.test.ts',
  'pipeline/stages/',
  'pipeline/cli/stage.test.ts',
  'pipeline/main.test.ts',
];

/** A test that needs a real server or browser imports from test/real-servers. */
const REAL = globSync(TESTS, { exclude: ['**/node_modules/**'] }).filter(
  (file) => SLOW.some((name) => file.startsWith(name)) || readFileSync(file, 'utf8').includes('real-servers/'),
);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((name) => moduleId.includes(name));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  // TypeGraphQL and the tests must see one copy of graphql, or graphql-js says "from another module or realm".
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 20_000,
    // Journeys of one browser stage: more than the machine has cores, because each waits for the other side half of the time.
    maxConcurrency: 3,
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './tools/skipped-reporter.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: TESTS, exclude: [...REAL, '**/node_modules/**'] } },
      { extends: true, test: { name: 'real', include: REAL, globalSetup: ['test/real-servers/install.ts'] } },
    ],
  },
});
