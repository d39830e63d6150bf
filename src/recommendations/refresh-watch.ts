import { dataTime, type RefreshState, readRefreshState } from '../engine/artifacts/refresh-state.ts';
import { errorText } from '../error-text.ts';

/** File-system events are unreliable on network mounts. */
const POLL_MS = 5_000;

/** The last refresh, as the pipeline wrote it. */
export type LastRefresh = RefreshState;

/** Lines of a log that are kept. */
export { MAX_REFRESH_LOG_LINES } from '../engine/artifacts/refresh-state.ts';

/** What rooms ask about the last refresh. */
export interface DataAge {
  /** Null when there was no refresh. */
  readonly current: LastRefresh | null;
  /** When the data of this version was last known to be that of TMDb. */
  dataTime(release: { version: string; builtAt: Date }): Date;
}

export interface RefreshWatchSource {
  artifactsDirectory: string;
  log: { warn(about: object, message: string): void };
}

/** The state of the last refresh, as the pipeline wrote it. A file that cannot be read is logged once, and the state before it stays. */
export class RefreshWatch implements DataAge {
  readonly #source: RefreshWatchSource;
  #current: LastRefresh | null = null;
  #problem: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(source: RefreshWatchSource) {
    this.#source = source;
  }

  static async open(source: RefreshWatchSource): Promise<RefreshWatch> {
    const watch = new RefreshWatch(source);
    await watch.check();
    return watch;
  }

  get current(): LastRefresh | null {
    return this.#current;
  }

  dataTime(release: { version: string; builtAt: Date }): Date {
    return dataTime(this.#current, release);
  }

  watch(): void {
    this.#timer ??= setInterval(() => void this.check(), POLL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Never throws. */
  async check(): Promise<void> {
    try {
      this.#current = await readRefreshState(this.#source.artifactsDirectory);
      this.#problem = undefined;
    } catch (error) {
      const reason = errorText(error);
      if (reason !== this.#problem) this.#source.log.warn({ reason }, 'the state of the last refresh cannot be read');
      this.#problem = reason;
    }
  }
}
