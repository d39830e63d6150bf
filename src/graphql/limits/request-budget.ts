import { setImmediate as nextTurn } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Deadline } from '../../recommendations/dependencies.ts';
import type { ErrorCode } from '../errors.ts';

export const MAX_ANSWER_VALUES = 100_000;
/** Characters of the names and values of an answer. */
export const MAX_ANSWER_LENGTH = 4_194_304;
/** A request computes this long before it lets others run. */
const SLICE_MS = 25;
/** What a number, a boolean or null adds to an answer. */
const SCALAR_LENGTH = 8;

export interface AnswerLimits {
  maxValues: number;
  maxLength: number;
}

/**
 * What one request may still do: its time, and the size of its answer. Once it is stopped, every field and every use case ends with the
 * error of `stopped`, so that nothing goes on in the background.
 */
export class RequestBudget implements Deadline {
  readonly #started = performance.now();
  readonly #limits: AnswerLimits;
  #timeoutMs: number;
  #values = 0;
  #length = 0;
  #sliceStarted = this.#started;
  #lastInLine: Promise<void> = Promise.resolve();
  #stopped: GraphQLError | undefined;

  constructor(timeoutMs: number, limits: AnswerLimits = { maxValues: MAX_ANSWER_VALUES, maxLength: MAX_ANSWER_LENGTH }) {
    this.#timeoutMs = timeoutMs;
    this.#limits = limits;
  }

  /** Why nothing may go on; undefined while the request runs. */
  get stopped(): GraphQLError | undefined {
    return this.#stopped;
  }

  /** Gives the request less time, counted from its start. More time than before changes nothing. */
  shorten(timeoutMs: number): void {
    this.#timeoutMs = Math.min(this.#timeoutMs, timeoutMs);
  }

  /** Ends the request. The first reason counts. */
  stop(reason: GraphQLError): void {
    this.#stopped ??= reason;
  }

  /** Throws when the time is up, or when the request was stopped. */
  check(): void {
    if (performance.now() > this.#started + this.#timeoutMs) this.stop(timeoutError(this.#timeoutMs));
    if (this.#stopped !== undefined) throw this.#stopped;
  }

  /** Counts a field with its value. Throws when the answer becomes too large. */
  add(name: string, value: unknown): void {
    this.#count(name.length, value);
    if (this.#values > this.#limits.maxValues) this.#tooLarge('values', this.#limits.maxValues);
    if (this.#length > this.#limits.maxLength) this.#tooLarge('characters', this.#limits.maxLength);
  }

  /** Whether other requests have waited long enough. */
  isSliceOver(): boolean {
    return performance.now() - this.#sliceStarted > SLICE_MS;
  }

  /** Callers continue one after the other: the next one when the slice is over, or when the one before waits for something. */
  turn(): Promise<void> {
    this.#lastInLine = this.#lastInLine.then(() => (this.isSliceOver() ? this.#letOthersRun() : this.check()));
    return this.#lastInLine;
  }

  /** Runs work that waits before it computes, when the work before it is done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn().then(work);
    this.#lastInLine = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async #letOthersRun(): Promise<void> {
    await nextTurn();
    this.#sliceStarted = performance.now();
    this.check();
  }

  #count(nameLength: number, value: unknown): void {
    this.#values++;
    this.#length += nameLength + (typeof value === 'string' ? value.length : SCALAR_LENGTH);
    if (Array.isArray(value)) for (const entry of value) this.#count(0, entry);
  }

  #tooLarge(unit: string, max: number): never {
    this.stop(
      new GraphQLError(`The answer has more than ${max} ${unit}. Ask for less at once.`, {
        extensions: { code: 'ANSWER_TOO_LARGE' satisfies ErrorCode, max, unit, http: { status: 400 } },
      }),
    );
    throw this.#stopped;
  }
}

export function timeoutError(timeoutMs: number): GraphQLError {
  return new GraphQLError(`The request took longer than ${timeoutMs} ms. Ask for less at once.`, {
    extensions: { code: 'TIMEOUT' satisfies ErrorCode, http: { status: 503 } },
  });
}

/** Nobody reads it: the connection is closed. */
export function callerGoneError(): GraphQLError {
  return new GraphQLError('The caller closed the connection.', { extensions: { code: 'TIMEOUT' satisfies ErrorCode } });
}
