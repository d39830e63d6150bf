import type { Reporter, TestModule, TestResult, Vitest } from 'vitest/node';

/**
 * Prints what the default reporter only counts or marks: the name of every suite that was skipped (it says what it needs), and of every
 * test that failed and passed at the second try, with its first error.
 */
export default class SummaryReporter implements Reporter {
  #isFiltered = false;

  /** Tests that a name pattern (`-t`) leaves out are reported as skipped too. They were not asked for. */
  onInit(vitest: Vitest): void {
    this.#isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    printLines('Passed at the second try only', modules.flatMap(retriedOf));
    if (!this.#isFiltered) printLines('Skipped', skippedOf(modules));
  }
}

function retriedOf(module: TestModule): string[] {
  const retried = [...module.children.allTests('passed')].filter((test) => test.diagnostic()?.flaky);
  return retried.map((test) => `${module.relativeModuleId}: ${test.fullName}\n${firstErrorOf(test.result())}`);
}

function firstErrorOf({ errors }: TestResult): string {
  const [error] = errors ?? [];
  const lines = (error?.stack ?? error?.message ?? 'no error was kept').split('\n');
  return lines.flatMap((line) => (line.includes('/node_modules/') ? [] : `    ${line}`)).join('\n');
}

function skippedOf(modules: readonly TestModule[]): string[] {
  const skipped = new Map<string, number>();
  for (const module of modules)
    for (const test of module.children.allTests('skipped')) {
      const suite = test.parent.type === 'suite' ? test.parent.fullName : test.fullName;
      const name = `${module.relativeModuleId}: ${suite}`;
      skipped.set(name, (skipped.get(name) ?? 0) + 1);
    }
  return [...skipped].map(([name, count]) => `${name} (${count} ${count === 1 ? 'test' : 'tests'})`);
}

function printLines(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  process.stdout.write(`\n${title}:\n`);
  for (const line of lines) process.stdout.write(`  ${line}\n`);
}
