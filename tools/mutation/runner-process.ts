import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestOrder, TestVerdict } from './test-runner.ts';

/** Runs tests in a process that is killed, with its children, when they take too long, and is made anew for the next run. */
export class RunnerProcess {
  #child: ChildProcess | undefined;

  /** Undefined when the tests did not end in time, or ended the process. */
  async run(order: TestOrder, timeoutMs: number): Promise<TestVerdict | undefined> {
    const child = await this.#ready();
    return new Promise((resolve) => {
      const finish = (verdict: TestVerdict | undefined): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        if (verdict === undefined) this.stop();
        resolve(verdict);
      };
      const timer = setTimeout(() => finish(undefined), timeoutMs);
      child.once('message', (verdict: TestVerdict) => finish(verdict));
      child.once('exit', () => finish(undefined));
      child.send(order);
    });
  }

  stop(): void {
    const pid = this.#child?.pid;
    this.#child = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }

  async #ready(): Promise<ChildProcess> {
    if (this.#child !== undefined && this.#child.exitCode === null) return this.#child;
    this.#child = fork(fileURLToPath(new URL('test-runner.ts', import.meta.url)), {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(this.#child, 'message');
    return this.#child;
  }
}
