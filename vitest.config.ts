import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const TESTS = ['src', 'pipeline', 'bench', 'tools', 'test', 'client'].map((folder) => `${folder}/**/*.test.ts`);

/** Files that use every core by themselves, or measure how long others wait. They come last, one at a time, with nothing beside them. */
const ALONE = ['client/e2e/', 'client/gallery/', 'test/attacks/'];

/** Vitest leaves a core free by default. Half of the time, tests wait for servers that they have started. */
const WORKERS = Math.max(2, availableParallelism() - 1);

/** The files that take longest, in this order. A file that takes a minute must not be the last one to start. */
const LONGEST = [
  'src/accounts/accounts.test.ts',
  'test/durability.test.ts',
  'test/redis-failures.test.ts',
  'src/database/backup.test.ts',
  'test/server-process.test.ts',
];

/** Files that start processes or train for seconds. */
const SLOW = [
  'tools/launch.test.ts',
  'test/server-process.test.ts',
  'test/durability.test.ts',
  'pipeline/stages/',
  'pipeline/cli/stage.test.ts',
  'pipeline/main.test.ts',
];

const startsAs = (names: readonly string[]) => (file: string) => names.some((name) => file.startsWith(name));
const FILES = globSync(TESTS, { exclude: ['**/node_modules/**'] });
const LONE = FILES.filter(startsAs(ALONE));
/** A test that needs a real server or browser imports from test/real-servers. */
const REAL = FILES.filter((file) => !LONE.includes(file) && (startsAs(SLOW)(file) || readFileSync(file, 'utf8').includes('real-servers/')));

/** Within the groups, the longest first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((name) => moduleId.includes(name));
      return found < 0 ? LONGEST.length : found;
    };
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || place(a) - place(b));
  }
}

export default defineConfig({
  // TypeGraphQL and the tests must see one copy of graphql, or graphql-js says "from another module or realm".
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // A busy machine is ten times slower than an idle one. A test that hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Journeys of one browser stage: more than the machine has cores, because each waits for the other side half of the time.
    maxConcurrency: 3,
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './tools/summary-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: TESTS,
          exclude: [...REAL, ...LONE, '**/node_modules/**'],
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: REAL,
          globalSetup: ['test/real-servers/install.ts'],
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: LONE,
          globalSetup: ['test/real-servers/install.ts', 'test/real-servers/built-app.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
