import { LRUCache } from 'lru-cache';

export interface RateRule {
  name: string;
  /** Requests, or points, allowed in each window. */
  limit: number;
  windowMs: number;
  /**
   * True: each request waits for the shared count. False: no request waits. The counts of other servers then arrive a moment later, and
   * a few requests more than `limit` may pass.
   */
  exact: boolean;
}

export interface Verdict {
  allowed: boolean;
  /** Seconds until the window ends; at least 1. */
  retryAfterSeconds: number;
  /** Counted in this window, this request included when it is allowed. */
  used: number;
}

/** Counts that several servers share. */
export interface SharedCounts {
  /** Adds `amount` and returns the new count; undefined when there is no answer. Never throws. A count expires after one window. */
  add(key: string, amount: number, windowMs: number): Promise<number | undefined>;
}

/** The bound of the memory. Beyond it, the count of the caller not seen for the longest time starts again at 0. */
const MAX_CALLERS = 100_000;

interface ExactRequest {
  rule: RateRule;
  amount: number;
  retryAfterSeconds: number;
}

/** Requests, or points, of one caller in one window. */
interface Count {
  /** Known to the shared count too, when there is one. */
  counted: number;
  /** Sent to the shared count, not answered yet. */
  sending: number;
  /** Waiting to be sent. */
  unsent: number;
}

/**
 * Counts requests in fixed windows of time, which begin at the same moment for every caller. Without a shared count, or while it does
 * not answer, the counts of this process decide.
 */
export class RateLimiter {
  readonly #counts = new LRUCache<string, Count>({ max: MAX_CALLERS });
  readonly #shared: SharedCounts | undefined;
  readonly #now: () => number;

  constructor({ shared, now = Date.now }: { shared?: SharedCounts | undefined; now?: () => number } = {}) {
    this.#shared = shared;
    this.#now = now;
  }

  /** Counts a request of `caller`, or what it costs. What would pass the limit is refused and not counted. */
  take(caller: string, rule: RateRule, amount = 1): Verdict | Promise<Verdict> {
    const now = this.#now();
    const window = Math.floor(now / rule.windowMs);
    const key = keyOf(caller, rule, now);
    const retryAfterSeconds = Math.ceil(((window + 1) * rule.windowMs - now) / 1_000);
    const count = this.#countOf(key);
    const used = count.counted + count.sending + count.unsent;
    if (used + amount > rule.limit) return { allowed: false, retryAfterSeconds, used };
    if (this.#shared === undefined) {
      count.counted += amount;
      return { allowed: true, retryAfterSeconds, used: used + amount };
    }
    if (rule.exact) return this.#takeExactly(key, count, { rule, amount, retryAfterSeconds }, this.#shared);
    this.#sendLater(key, count, { rule, amount }, this.#shared);
    return { allowed: true, retryAfterSeconds, used: used + amount };
  }

  /** Counts what was done, also past the limit: what follows is refused then. */
  add(caller: string, rule: RateRule, amount: number): void {
    const key = keyOf(caller, rule, this.#now());
    const count = this.#countOf(key);
    if (this.#shared === undefined) count.counted += amount;
    else this.#sendLater(key, count, { rule, amount }, this.#shared);
  }

  /** Takes one request out of the count of this window. A request that this process did not count, or in an earlier window, stays. */
  giveBack(caller: string, rule: RateRule): void {
    const key = keyOf(caller, rule, this.#now());
    const count = this.#counts.get(key);
    if (count === undefined || count.counted === 0) return;
    count.counted--;
    void this.#shared?.add(key, -1, rule.windowMs);
  }

  async #takeExactly(key: string, count: Count, taken: ExactRequest, shared: SharedCounts): Promise<Verdict> {
    const { rule, amount, retryAfterSeconds } = taken;
    count.sending += amount;
    const total = await shared.add(key, amount, rule.windowMs);
    count.sending -= amount;
    count.counted = Math.max(count.counted + amount, total ?? 0);
    const used = total ?? count.counted;
    return { allowed: used <= rule.limit, retryAfterSeconds, used };
  }

  #sendLater(key: string, count: Count, { rule, amount }: Pick<ExactRequest, 'rule' | 'amount'>, shared: SharedCounts): void {
    count.unsent += amount;
    if (count.sending === 0) void this.#send(key, count, rule, shared);
  }

  /** Sends one message at a time. Requests that arrive meanwhile are added to the next message. */
  async #send(key: string, count: Count, rule: RateRule, shared: SharedCounts): Promise<void> {
    while (count.unsent > 0) {
      count.sending = count.unsent;
      count.unsent = 0;
      const total = await shared.add(key, count.sending, rule.windowMs);
      count.counted = Math.max(count.counted + count.sending, total ?? 0);
      count.sending = 0;
    }
  }

  #countOf(key: string): Count {
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const count: Count = { counted: 0, sending: 0, unsent: 0 };
    this.#counts.set(key, count);
    return count;
  }
}

function keyOf(caller: string, { name, windowMs }: RateRule, now: number): string {
  return `cinematch:rate:${name}:${Math.floor(now / windowMs)}:${caller}`;
}
