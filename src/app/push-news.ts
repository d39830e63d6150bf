import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LibraryStore } from '../library/library-store.ts';
import { type NewsLanguage, newsLanguage } from '../library/push/news-language.ts';
import { newsMessage } from '../library/push/news-message.ts';
import type { ClaimedLook, ClaimedMessage, PushStore } from '../library/push/push-store.ts';
import { lookAtWatchlist } from '../library/push/watchlist-changes.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { operatorText } from '../service-error.ts';
import { SingleRun } from '../single-run.ts';
import type { PushAddress, PushOutcome } from '../web-push/web-push-sender.ts';

export interface PushNewsLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export interface PushNewsParts {
  library: Pick<LibraryStore, 'preferences'> & { push: PushStore };
  sender: { send(address: PushAddress, message: string): Promise<PushOutcome> };
  /** The public key of the server. */
  serverKey: string;
  /** What requests are answered from: a hidden movie is no news. */
  snapshot(): Snapshot;
  isDisabled(userId: string): Promise<boolean>;
  log: PushNewsLog;
  pollMs?: number;
  now?: () => number;
}

const POLL_MS = 30_000;
/** Longer than what is claimed at once takes. After a crash it is free when this time is over. */
const LEASE_MS = 120_000;
const LOOKS_AT_ONCE = 50;
/**
 * Two servers on different versions would look again and again while they differ. The second look within this time is the last of it: the
 * next one waits as long.
 */
const LOOK_PAUSE_MS = 3_600_000;
/** Messages on their way at the same time. */
const MESSAGES_AT_ONCE = 10;
const DAY_MS = 86_400_000;
const FIRST_RETRY_MS = 60_000;
const MAX_RETRY_MS = 6 * 3_600_000;

/**
 * Tells viewers what a new version of the catalog means for their watchlist, at most once a day. All servers of a database share the work:
 * each viewer is looked at by one, and each message is sent by one.
 */
export class PushNews {
  readonly #parts: PushNewsParts;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  readonly #runs = new SingleRun(() => this.#run());

  constructor(parts: PushNewsParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
    this.#timer = setInterval(() => this.wake(), parts.pollMs ?? POLL_MS).unref();
    this.wake();
  }

  /** Looks now. */
  wake(): void {
    this.#runs.wake();
  }

  /** Resolves when everything that was to be done at this moment is done. */
  idle(): Promise<void> {
    return this.#runs.idle();
  }

  /** Ends after the messages that are on their way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#runs.stop();
  }

  async #run(): Promise<void> {
    const { library, serverKey, log } = this.#parts;
    try {
      await library.push.sweep(serverKey, this.#now());
      await this.#look();
      await this.#deliver();
    } catch (error) {
      // The database is away. Subscriptions and messages are still in it.
      log.warn({ reason: operatorText(error) }, 'messages to browsers wait');
    }
  }

  async #look(): Promise<void> {
    const { push } = this.#parts.library;
    const snapshot = this.#parts.snapshot();
    while (!this.#runs.isStopped) {
      const claimed = await push.claimLooks(snapshot.catalog.version, LOOKS_AT_ONCE, this.#now(), LEASE_MS);
      if (claimed.length === 0) return;
      for (const look of claimed) {
        await this.#lookFor(look, snapshot);
        // SQLite answers in the same turn.
        await nextTurn();
      }
    }
  }

  async #lookFor(look: ClaimedLook, { catalog }: Snapshot): Promise<void> {
    const { library, isDisabled } = this.#parts;
    const [preferences, listed, disabled] = await Promise.all([
      library.preferences(look.userId),
      library.push.listed(look.userId),
      isDisabled(look.userId),
    ]);
    const { news, day, told } = lookAtWatchlist(catalog, preferences, listed, look.last);
    const at = this.#now();
    const hasNews = !disabled && news.arrived.length + news.left.length > 0;
    const messageIn = (language: NewsLanguage): string | undefined => {
      const message = hasNews ? newsMessage(news, newsLanguage(language)) : undefined;
      return message && JSON.stringify(message);
    };
    const isRepeated = look.last !== undefined && at - look.last.at < LOOK_PAUSE_MS;
    const nextAt = at + (hasNews ? DAY_MS : isRepeated ? LOOK_PAUSE_MS : 0);
    const finished = { version: catalog.version, day, told, at, nextAt };
    await library.push.finishLook(look, finished, messageIn, at + DAY_MS);
  }

  async #deliver(): Promise<void> {
    const { library, log } = this.#parts;
    const counts = { sent: 0, gone: 0, later: 0, refused: 0 };
    while (!this.#runs.isStopped) {
      const claimed = await library.push.claimMessages(MESSAGES_AT_ONCE, this.#now(), LEASE_MS);
      if (claimed.length === 0) break;
      for (const kind of await Promise.all(claimed.map((message) => this.#send(message)))) counts[kind]++;
    }
    if (Object.values(counts).some((count) => count > 0)) log.info(counts, 'messages to browsers');
  }

  async #send(claimed: ClaimedMessage): Promise<PushOutcome['kind']> {
    const { library, sender, log } = this.#parts;
    const { endpoint, p256dh, auth, message, attempts } = claimed;
    const outcome = await sender.send({ endpoint, p256dh, auth }, message);
    // The host alone: whoever knows the whole address could try to write to the browser.
    const service = new URL(endpoint).host;
    if (outcome.kind === 'gone') await library.push.forget(claimed);
    else if (outcome.kind === 'later') {
      const pauseMs = Math.max(outcome.afterMs, Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 16), MAX_RETRY_MS));
      await library.push.postpone(claimed, this.#now() + pauseMs, attempts);
      log.warn({ service, reason: outcome.reason, attempts, pauseMs }, 'a message to a browser could not be sent: it waits');
    } else {
      await library.push.drop(claimed);
      if (outcome.kind === 'refused') log.warn({ service, reason: outcome.reason }, 'a push service refused a message');
    }
    return outcome.kind;
  }
}
