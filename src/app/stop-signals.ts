import type { Logger } from 'pino';
import { exitWhenWritten, type LogOutput } from './process-log.ts';
import { EXIT } from './start-error.ts';

/** Signals that are this close together come from one request to stop. */
const SAME_SIGNAL_MS = 1_000;

/**
 * The first SIGTERM or SIGINT stops the server, a later one ends it at once. A process manager that signals a whole group reaches the server
 * directly and through npm: signals that come together are one. The kernel hides signals without a listener from the first process of a
 * container, so this is made before the start.
 */
export class StopSignals {
  readonly #log: Logger;
  readonly #output: LogOutput;
  #stop: ((signal: NodeJS.Signals) => Promise<void>) | undefined;
  #stoppedAt: number | undefined;

  constructor(log: Logger, output: LogOutput) {
    this.#log = log;
    this.#output = output;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void this.#onSignal(signal));
  }

  /** What a stop has to wait for. During the start a signal waits for nothing. */
  stopBy(stop: (signal: NodeJS.Signals) => Promise<void>): void {
    this.#stop = stop;
  }

  async #onSignal(signal: NodeJS.Signals): Promise<void> {
    if (this.#stoppedAt !== undefined) {
      if (performance.now() - this.#stoppedAt > SAME_SIGNAL_MS) process.exit(EXIT.unexpected);
      return;
    }
    this.#stoppedAt = performance.now();
    this.#log.info({ signal }, 'shutting down');
    await this.#stop?.(signal);
    this.#log.info('stopped');
    // A connection that does not close would keep the process alive.
    exitWhenWritten(this.#output);
  }
}
