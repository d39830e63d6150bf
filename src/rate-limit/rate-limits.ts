import type { Metrics } from '../metrics/metrics.ts';
import { RateLimiter, type RateRule, type SharedCounts, type Verdict } from './rate-limiter.ts';

/** Requests a minute. */
export interface RateLimitSettings {
  perAddress: number;
  perUser: number;
  perKey: number;
  /** Attempts to sign in, per address. */
  signIn: number;
}

export interface RateLimitParts {
  metrics: Metrics;
  /** Counts that several servers share; without them each server counts alone. */
  shared?: SharedCounts | undefined;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const MINUTE_MS = 60_000;

/** The rules of this server. A refusal is reported to the metrics. */
export class RateLimits {
  readonly address: RateRule;
  readonly user: RateRule;
  readonly key: RateRule;
  /** Exact: each attempt costs the server a password hash and tests one guess of a password. */
  readonly signIn: RateRule;
  readonly #limiter: RateLimiter;
  readonly #metrics: Metrics;

  constructor({ perAddress, perUser, perKey, signIn }: RateLimitSettings, { metrics, ...counting }: RateLimitParts) {
    this.address = { name: 'address', limit: perAddress, windowMs: MINUTE_MS, exact: false };
    this.user = { name: 'user', limit: perUser, windowMs: MINUTE_MS, exact: false };
    this.key = { name: 'key', limit: perKey, windowMs: MINUTE_MS, exact: false };
    this.signIn = { name: 'sign-in', limit: signIn, windowMs: MINUTE_MS, exact: true };
    this.#limiter = new RateLimiter(counting);
    this.#metrics = metrics;
  }

  /** Counts one request of `caller` under this rule. */
  take(caller: string, rule: RateRule): Verdict | Promise<Verdict> {
    const verdict = this.#limiter.take(caller, rule);
    return verdict instanceof Promise ? verdict.then((settled) => this.#reported(settled, rule)) : this.#reported(verdict, rule);
  }

  #reported(verdict: Verdict, rule: RateRule): Verdict {
    if (!verdict.allowed) this.#metrics.refused(rule.name);
    return verdict;
  }
}
