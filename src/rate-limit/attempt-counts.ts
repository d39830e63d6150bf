import { createHash } from 'node:crypto';
import type { Metrics } from '../metrics/metrics.ts';
import { networkOf } from './network-of.ts';
import { RateLimiter, type RateRule, type SharedCounts, type Verdict } from './rate-limiter.ts';

export interface AttemptSettings {
  /** Wrong passwords of one account in a quarter of an hour, from whatever address. */
  perAccount: number;
  /** New guests of one address in an hour. */
  guests: number;
}

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;

/** Counts what callers try at the accounts. Every count is exact, over all servers that share Redis. */
export class AttemptCounts {
  readonly #account: RateRule;
  readonly #guest: RateRule;
  readonly #limiter: RateLimiter;
  readonly #metrics: Pick<Metrics, 'refused'>;

  constructor(
    { perAccount, guests }: AttemptSettings,
    { metrics, ...counting }: { metrics: Pick<Metrics, 'refused'>; shared?: SharedCounts | undefined; now?: () => number },
  ) {
    this.#account = { name: 'account', limit: perAccount, windowMs: QUARTER_MS, exact: true };
    this.#guest = { name: 'guest', limit: guests, windowMs: HOUR_MS, exact: true };
    this.#limiter = new RateLimiter(counting);
    this.#metrics = metrics;
  }

  passwordOffered(account: string): Promise<Verdict> {
    return this.#take(hashOf(account), this.#account);
  }

  passwordWasRight(account: string): void {
    this.#limiter.giveBack(hashOf(account), this.#account);
  }

  guestMade(address: string): Promise<Verdict> {
    return this.#take(networkOf(address, 48), this.#guest);
  }

  async #take(caller: string, rule: RateRule): Promise<Verdict> {
    const verdict = await this.#limiter.take(caller, rule);
    if (!verdict.allowed) this.#metrics.refused(rule.name);
    return verdict;
  }
}

/** Redis need not know addresses of e-mail, and a key of it must not be as long as a caller likes. */
function hashOf(account: string): string {
  return createHash('sha256').update(account).digest('base64url');
}
