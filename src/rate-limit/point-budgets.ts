import type { Metrics } from '../metrics/metrics.ts';
import { networkOf } from './network-of.ts';
import { RateLimiter, type RateRule, type SharedCounts } from './rate-limiter.ts';

/** Points a minute. */
export interface PointSettings {
  /** All callers of one address together. */
  perAddress: number;
  /** Those callers of one address that are not signed in. */
  anonymous: number;
  perUser: number;
  perKey: number;
}

/** Who spends points. */
export interface Spender {
  address: string;
  /** Undefined for anonymous callers. */
  identity: { userId: string; keyId?: string; isGuest?: boolean } | undefined;
}

/** What a caller has spent of a budget in this minute. */
export interface Spending {
  allowed: boolean;
  /** Name of the budget: `points-address`, `points-anonymous`, `points-user` or `points-key`. */
  budget: string;
  spent: number;
  max: number;
  retryAfterSeconds: number;
}

const MINUTE_MS = 60_000;
/** A library must not grow so large that its owner can neither change nor export it. */
const MAX_SHARE_OF_ROWS = 1 / 3;

/** Budgets of points a minute. Servers that share Redis share them. A refusal is reported to the metrics. */
export class PointBudgets {
  readonly #address: RateRule;
  readonly #anonymous: RateRule;
  readonly #user: RateRule;
  readonly #key: RateRule;
  readonly #limiter: RateLimiter;
  readonly #metrics: Pick<Metrics, 'refused'>;

  constructor(
    { perAddress, anonymous, perUser, perKey }: PointSettings,
    { metrics, ...counting }: { metrics: Pick<Metrics, 'refused'>; shared?: SharedCounts | undefined; now?: () => number },
  ) {
    const rule = (name: string, limit: number): RateRule => ({ name: `points-${name}`, limit, windowMs: MINUTE_MS, exact: false });
    this.#address = rule('address', perAddress);
    this.#anonymous = rule('anonymous', anonymous);
    this.#user = rule('user', perUser);
    this.#key = rule('key', perKey);
    this.#limiter = new RateLimiter(counting);
    this.#metrics = metrics;
  }

  /** Spends points of the caller's own budget, then of its address. Returns what is spent of the budget that refused, or of the caller's own. */
  async spend({ address, identity }: Spender, points: number): Promise<Spending> {
    const network = networkOf(address, 64);
    const own = await this.#take(...this.#ownBudget(network, identity), points);
    if (!own.allowed) return own;
    const whole = await this.#take(network, this.#address, points);
    return whole.allowed ? own : whole;
  }

  /** What work on stored rows costs the caller: no more than a third of its smallest budget, whatever the number of rows. */
  priceOfRows({ address, identity }: Spender, points: number): number {
    const [, own] = this.#ownBudget(address, identity);
    return Math.min(points, Math.max(1, Math.floor(Math.min(own.limit, this.#address.limit) * MAX_SHARE_OF_ROWS)));
  }

  /** Spends the points of work that nobody may refuse, also when they are used up: what follows is refused then. */
  owe({ address, identity }: Spender, points: number): void {
    const network = networkOf(address, 64);
    const whole = Math.ceil(points);
    this.#limiter.add(...this.#ownBudget(network, identity), whole);
    this.#limiter.add(network, this.#address, whole);
  }

  #ownBudget(network: string, identity: Spender['identity']): [caller: string, rule: RateRule] {
    if (identity === undefined) return [network, this.#anonymous];
    return identity.keyId === undefined ? [identity.userId, this.#user] : [identity.keyId, this.#key];
  }

  async #take(caller: string, rule: RateRule, points: number): Promise<Spending> {
    const { allowed, used, retryAfterSeconds } = await this.#limiter.take(caller, rule, Math.ceil(points));
    if (!allowed) this.#metrics.refused(rule.name);
    return { allowed, budget: rule.name, spent: used, max: rule.limit, retryAfterSeconds };
  }
}
