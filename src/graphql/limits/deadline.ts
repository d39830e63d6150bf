import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors.ts';

/**
 * How long a request may take. Ranking is synchronous, so no timer can fire within it: what is expensive asks before it begins.
 */
export class Deadline {
  readonly #at: number;
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#at = performance.now() + timeoutMs;
  }

  /** Throws a TIMEOUT error when the time is up. */
  check(): void {
    if (performance.now() > this.#at) throw timeoutError(this.#timeoutMs);
  }
}

export function timeoutError(timeoutMs: number): GraphQLError {
  return new GraphQLError(`The request took longer than ${timeoutMs} ms. Ask for less at once.`, {
    extensions: { code: 'TIMEOUT' satisfies ErrorCode, http: { status: 503 } },
  });
}
