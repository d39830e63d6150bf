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
  readonly #started = Promise.withResolvers<(signal: NodeJS.Signals) => Promise<void>>();
  /** A signal that comes before may end the process at once. */
  #answersRequests = false;
  #stoppedAt: number | undefined;

  constructor(log: Logger, output: LogOutput) {
    this.#log = log;
    this.#output = output;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void this.#onSignal(signal));
  }

  /** From now on a signal waits for the end of the start, and for the requests that are answered meanwhile. */
  requestsBegin(): void {
    this.#answersRequests = true;
  }

  /** The start is over, and a signal stops the server by this. */
  stopBy(stop: (signal: NodeJS.Signals) => Promise<void>): void {
    this.#started.resolve(stop);
  }

  async #onSignal(signal: NodeJS.Signals): Promise<void> {
    if (this.#stoppedAt !== undefined) {
      if (performance.now() - this.#stoppedAt > SAME_SIGNAL_MS) process.exit(EXIT.unexpected);
      return;
    }
    this.#stoppedAt = performance.now();
    this.#log.info({ signal }, 'shutting down');
    if (this.#answersRequests) await (await this.#started.promise)(signal);
    this.#log.info('stopped');
    // A connection that does not close would keep the process alive.
    exitWhenWritten(this.#output);
  }
}
