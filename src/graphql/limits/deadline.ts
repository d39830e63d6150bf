import { GraphQLError } from 'graphql';
import type { Deadline } from '../../recommendations/dependencies.ts';
import type { ErrorCode } from '../errors.ts';

/** The deadline of one request. Use cases check it before they rank, because no timer fires while a ranking runs. */
export class RequestDeadline implements Deadline {
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
