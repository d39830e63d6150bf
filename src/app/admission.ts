import type { ErrorCode } from '../graphql/errors.ts';
import type { Spending } from '../graphql/limits/admission.ts';
import { HttpError } from '../http/http-error.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { HeavyQueue, Place } from '../rate-limit/heavy-queue.ts';
import { networkOf } from '../rate-limit/network-of.ts';
import type { PointBudgets, Spender, Spending as Verdict } from '../rate-limit/point-budgets.ts';

/** Work from this price on waits for its turn. It is some 15 ms of computing. */
export const HEAVY_PRICE = 1_000;
const RETRY_AFTER_FULL_SECONDS = 2;

export interface AdmissionParts {
  /** Undefined when the limits are off. */
  budgets: PointBudgets | undefined;
  queue: HeavyQueue;
  metrics: Pick<Metrics, 'refused'>;
}

export interface Admitted {
  /** Undefined when the limits are off. */
  spent: Spending | undefined;
  /** Where heavy work waits and runs. */
  place: Place | undefined;
}

/** Lets operations and other work run when their caller has the points, and heavy ones in their turn. */
export class Admission {
  readonly #parts: AdmissionParts;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** The points that work on stored rows costs: no more than the caller can ever spend. */
  priceOfRows(spender: Spender, points: number): number {
    return this.#parts.budgets?.priceOfRows(spender, points) ?? points;
  }

  /** Spends the points and takes a place. Throws RATE_LIMITED without the points, and OVERLOADED when too much waits. */
  async admit(spender: Spender, price: number): Promise<Admitted> {
    const spent = await this.spend(spender, price);
    return { spent, place: price < HEAVY_PRICE ? undefined : this.enter(spender) };
  }

  /** Spends the points, whatever waits. Undefined when the limits are off. */
  async spend(spender: Spender, price: number): Promise<Spending | undefined> {
    const verdict = await this.#parts.budgets?.spend(spender, price);
    if (verdict?.allowed === false) throw overBudget(verdict, price);
    return verdict && { budget: verdict.budget, spent: verdict.spent, max: verdict.max };
  }

  /** A place among the heavy work. */
  enter({ address, identity }: Spender): Place {
    const { queue, metrics } = this.#parts;
    // Anybody can be many guests. An account has a mail address, or was let in.
    const isKnown = identity !== undefined && identity.isGuest !== true;
    const place = queue.enter(isKnown ? identity.userId : networkOf(address, 64));
    if (place === undefined) {
      metrics.refused('heavy-queue');
      throw queueFull();
    }
    return place;
  }
}

function overBudget({ budget, spent, max, retryAfterSeconds }: Verdict, price: number): HttpError {
  const cost = Math.ceil(price);
  const message = `The request costs ${cost} points. Of ${max} points in this minute, ${spent} are spent. Try again in ${retryAfterSeconds} s.`;
  return refusal('RATE_LIMITED', 429, message, { budget, cost, spent, max, retryAfterSeconds });
}

function queueFull(): HttpError {
  const message = `Too many expensive requests wait. Try again in ${RETRY_AFTER_FULL_SECONDS} s, or ask for less at once.`;
  return refusal('OVERLOADED', 503, message, { retryAfterSeconds: RETRY_AFTER_FULL_SECONDS });
}

function refusal(
  code: ErrorCode,
  status: number,
  message: string,
  details: { retryAfterSeconds: number; [name: string]: unknown },
): HttpError {
  return new HttpError(status, code, message, { 'retry-after': String(details.retryAfterSeconds) }, details);
}
