import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, in this order: a file that takes minutes must not be the last one to start. */
const LONGEST = [
  'client/e2e/',
  'test/durability.test.ts',
  'test/redis-failures.test.ts',
  'src/database/backup.test.ts',
  'test/server-process.test.ts',
];

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
    include: [
      'src/**/*.test.ts',
      'pipeline/**/*.test.ts',
      'bench/**/*.test.ts',
      'tools/**/*.test.ts',
      'test/**/*.test.ts',
      'client/**/*.test.ts',
    ],
    testTimeout: 20_000,
    // Of journeys on one stage: more than the machine's cores, since each waits for the other side half of the time.
    maxConcurrency: 3,
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
    sequence: { sequencer: LongestFirst },
  },
});
