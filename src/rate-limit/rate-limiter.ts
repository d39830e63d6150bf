import { LRUCache } from 'lru-cache';

export interface RateRule {
  name: string;
  /** Within each window. */
  limit: number;
  windowMs: number;
  /**
   * Whether the shared count is waited for. Without, a request never waits: what other servers counted is known a moment later, so a
   * few more than `limit` may pass.
   */
  exact: boolean;
}

export interface Verdict {
  allowed: boolean;
  /** Until the window is over; at least 1. */
  retryAfterSeconds: number;
}

/** Counts that several servers share. */
export interface SharedCounts {
  /** Adds and gives the new count, or undefined when that cannot be had; never throws. The count is forgotten after a window. */
  add(key: string, amount: number, windowMs: number): Promise<number | undefined>;
}

/** More callers at a time than this are not told apart any more: those not seen for longest start anew. */
const MAX_CALLERS = 100_000;

interface Count {
  /** Counted and, with a shared count, told to it. */
  told: number;
  /** On its way there. */
  underWay: number;
  /** Not sent yet. */
  untold: number;
}

/**
 * Counts requests in fixed windows of time that begin for everybody at once. Counts of its own decide when there is no shared count, or
 * when that does not answer.
 */
export class RateLimiter {
  readonly #counts = new LRUCache<string, Count>({ max: MAX_CALLERS });
  readonly #shared: SharedCounts | undefined;
  readonly #now: () => number;

  constructor({ shared, now = Date.now }: { shared?: SharedCounts | undefined; now?: () => number } = {}) {
    this.#shared = shared;
    this.#now = now;
  }

  /** Counts one request of `caller`, unless it is one too many. */
  take(caller: string, rule: RateRule): Verdict | Promise<Verdict> {
    const now = this.#now();
    const window = Math.floor(now / rule.windowMs);
    const key = `cinematch:rate:${rule.name}:${window}:${caller}`;
    const retryAfterSeconds = Math.max(1, Math.ceil(((window + 1) * rule.windowMs - now) / 1_000));
    const count = this.#countOf(key);
    if (count.told + count.underWay + count.untold >= rule.limit) return { allowed: false, retryAfterSeconds };
    if (this.#shared === undefined) {
      count.told++;
      return { allowed: true, retryAfterSeconds };
    }
    if (rule.exact) return this.#takeExactly(key, count, rule, this.#shared, retryAfterSeconds);
    count.untold++;
    if (count.underWay === 0) void this.#tell(key, count, rule, this.#shared);
    return { allowed: true, retryAfterSeconds };
  }

  async #takeExactly(key: string, count: Count, rule: RateRule, shared: SharedCounts, retryAfterSeconds: number): Promise<Verdict> {
    count.underWay++;
    const total = await shared.add(key, 1, rule.windowMs);
    count.underWay--;
    count.told = Math.max(count.told + 1, total ?? 0);
    return { allowed: (total ?? count.told) <= rule.limit, retryAfterSeconds };
  }

  /** One message at a time: what comes up meanwhile goes with the next. */
  async #tell(key: string, count: Count, rule: RateRule, shared: SharedCounts): Promise<void> {
    while (count.untold > 0) {
      count.underWay = count.untold;
      count.untold = 0;
      const total = await shared.add(key, count.underWay, rule.windowMs);
      count.told = Math.max(count.told + count.underWay, total ?? 0);
      count.underWay = 0;
    }
  }

  #countOf(key: string): Count {
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const count: Count = { told: 0, underWay: 0, untold: 0 };
    this.#counts.set(key, count);
    return count;
  }
}
