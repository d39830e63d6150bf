import { readFileSync, writeFileSync } from 'node:fs';
import type { Progress } from '../pipeline/cli/progress.ts';

export interface Step {
  name: string;
  seconds: number;
  /** Processor time of all threads. */
  cpuSeconds: number;
  /** Largest resident set of the process while the step ran, checkpoint writing included. */
  peakMegabytes: number;
}

/**
 * Measures what a program does between the steps that it shows progress of: each of them, and what lies before or behind as `rest`. A `progress` to
 * hand to the program, which passes on what it is told; `steps` ends the measurement.
 */
export class StepMeter implements Progress {
  readonly #inner: Progress;
  readonly #steps: Step[] = [];
  #begun = performance.now();
  #cpu = process.cpuUsage();

  constructor(inner: Progress) {
    this.#inner = inner;
    forgetPeak();
  }

  start(...[options]: Parameters<Progress['start']>): ReturnType<Progress['start']> {
    this.#close('rest');
    const task = this.#inner.start(options);
    return {
      update: task.update,
      end: () => {
        task.end();
        this.#close(options.label);
      },
    };
  }

  steps(): readonly Step[] {
    this.#close('rest');
    return this.#steps;
  }

  #close(name: string): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    const seconds = (performance.now() - this.#begun) / 1000;
    this.#steps.push({ name, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: peakMegabytes() });
    this.#begun = performance.now();
    this.#cpu = process.cpuUsage();
    forgetPeak();
  }
}

/** Linux counts the peak anew; elsewhere it stays that of the whole process so far. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Not Linux.
  }
}

function peakMegabytes(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN) / 1000;
  } catch {
    return process.resourceUsage().maxRSS / 1000;
  }
}
