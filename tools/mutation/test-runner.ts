import type { InlineConfig } from 'vite';
import { BaseSequencer, createVitest, type TestSpecification, type Vitest } from 'vitest/node';
import config from '../../vitest.config.ts';
import { PROJECT } from '../run-tool.ts';
import { mutatedSource, setMutatedSource } from './mutated-source.ts';

/** The run of some tests over a source file with another text. */
export interface TestOrder {
  source: string;
  text: string;
  tests: string[];
}

export interface TestVerdict {
  /** The test files that failed. */
  failed: string[];
}

/** The nearest tests first: they notice most mutants. */
class GivenOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
}

const { projects: _, ...test } = config.test ?? {};
const memoryConfig: InlineConfig = {
  ...config,
  configFile: false,
  root: PROJECT,
  plugins: [mutatedSource()],
  test: {
    ...test,
    include: ['**/*.test.ts'],
    bail: 1,
    // Longer than usual: a test that a slow machine fails would count as one that noticed the mutant.
    testTimeout: 60_000,
    // A cache on disk would hand out the text before the change.
    fsModuleCache: false,
    reporters: [{}],
    sequence: { sequencer: GivenOrder },
  },
};

// A process of its own, which lives for many mutants and is killed when one of them never ends.
const vitest: Vitest = await createVitest({ watch: false }, memoryConfig);
await vitest.standalone();

process.on('message', async ({ source, text, tests }: TestOrder) => {
  const path = `${PROJECT}${source}`;
  const before = setMutatedSource({ path, text });
  for (const changed of new Set([before?.path ?? path, path])) vitest.invalidateFile(changed);
  const specifications = tests.flatMap((test) => vitest.getModuleSpecifications(`${PROJECT}${test}`));
  if (specifications.length !== tests.length) throw new Error(`${specifications.length} test files found, expected ${tests.length}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  // Also holds the files of earlier runs, in their last state.
  const failed = tests.filter((test) => testModules.some((module) => module.relativeModuleId === test && module.state() === 'failed'));
  // An error outside of a test belongs to whichever file ran: a mutant makes it all the same.
  if (failed.length === 0 && unhandledErrors.length > 0) failed.push(...tests.slice(0, 1));
  process.send?.({ failed } satisfies TestVerdict);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
