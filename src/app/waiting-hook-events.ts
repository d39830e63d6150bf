import { takeWaiting } from '../library/hooks/waiting-events.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { operatorText } from '../service-error.ts';

const LOOK_MS = 5_000;

interface WaitingLog {
  info(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** Takes the events that wait for their movie: at the start, and when another version of the catalog is served. */
export class WaitingHookEvents {
  readonly #snapshot: () => Snapshot;
  readonly #library: Pick<LibraryStore, 'hooks'>;
  readonly #log: WaitingLog;
  readonly #timer: NodeJS.Timeout;
  #version: string | undefined;
  #isLooking = false;

  constructor(snapshot: () => Snapshot, library: Pick<LibraryStore, 'hooks'>, log: WaitingLog) {
    this.#snapshot = snapshot;
    this.#library = library;
    this.#log = log;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
    void this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const snapshot = this.#snapshot();
    const { version } = snapshot.catalog;
    if (this.#isLooking || version === this.#version) return;
    this.#isLooking = true;
    try {
      const events = await takeWaiting(this.#library.hooks, snapshot);
      this.#version = version;
      if (events > 0) this.#log.info({ events, version }, 'events of media servers found their movies');
    } catch (error) {
      this.#log.error({ reason: operatorText(error) }, 'events of media servers could not be taken; tried again soon');
    } finally {
      this.#isLooking = false;
    }
  }
}
