import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Prints the name of every suite that was skipped. A suite's name says what it needs.
 * The default reporter only counts skipped tests.
 */
export default class SkippedReporter implements Reporter {
  #isFiltered = false;

  /** Tests that a name pattern (`-t`) leaves out are reported as skipped too. They were not asked for. */
  onInit(vitest: Vitest): void {
    this.#isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isFiltered) return;
    const skipped = new Map<string, number>();
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        const suite = test.parent.type === 'suite' ? test.parent.fullName : test.fullName;
        const name = `${module.relativeModuleId}: ${suite}`;
        skipped.set(name, (skipped.get(name) ?? 0) + 1);
      }
    if (skipped.size === 0) return;
    process.stdout.write('\nSkipped:\n');
    for (const [name, count] of skipped) process.stdout.write(`  ${name} (${count} ${count === 1 ? 'test' : 'tests'})\n`);
  }
}
