import { LRUCache } from 'lru-cache';
import { SeenBefore } from '../seen-before.ts';
import { EncodedBody, type Encoding } from './encoded-body.ts';

/** An answer that everybody without credentials gets, as it is sent. */
export class ReadyAnswer {
  readonly contentType: string;
  readonly body: EncodedBody;
  /** For the metrics. */
  readonly operation: string;

  constructor(contentType: string, body: string, operation: string) {
    this.contentType = contentType;
    this.body = EncodedBody.kept(body);
    this.operation = operation;
  }
}

/** What an entry takes beside its texts. */
const ENTRY_BYTES = 500;

/**
 * Ready answers by request. A request that is seen for the first time leaves 4 bytes, so requests that never come again displace nothing.
 * All answers are of one catalog version and go with it.
 */
export class ReadyAnswers {
  readonly #answers: LRUCache<string, ReadyAnswer>;
  readonly #version: () => string;
  readonly #seen = new SeenBefore();
  #versionOfAll = '';
  #hits = 0;

  constructor({ maxBytes, version }: { maxBytes: number; version(): string }) {
    this.#version = version;
    this.#answers = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ body }, key) => body.bytes + 2 * key.length + ENTRY_BYTES,
    });
  }

  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  get entries(): number {
    return this.#answers.size;
  }

  /** How many answers were given from here. */
  get hits(): number {
    return this.#hits;
  }

  get(key: string): ReadyAnswer | undefined {
    const answer = this.find(key);
    if (answer !== undefined) this.countHit();
    return answer;
  }

  /** The answer, for whoever may not give it in the end. */
  find(key: string): ReadyAnswer | undefined {
    this.#dropOldVersion();
    return this.#answers.get(key);
  }

  countHit(): void {
    this.#hits++;
  }

  /** Keeps the answer when the request was seen before. `version` is that of the catalog which answered. */
  offer(key: string, version: string, answer: ReadyAnswer): void {
    this.#dropOldVersion();
    if (version !== this.#versionOfAll) return;
    if (this.#seen.see(key)) this.#answers.set(key, answer);
  }

  /** Encodes an answer that is kept, and counts the new form. */
  async encoded(key: string, answer: ReadyAnswer, encoding: Encoding): Promise<Buffer> {
    const form = await answer.body.in(encoding);
    // Setting the same answer again would keep the weight that it had.
    if (this.#answers.peek(key) === answer && this.#answers.delete(key)) this.#answers.set(key, answer);
    return form;
  }

  #dropOldVersion(): void {
    const version = this.#version();
    if (version === this.#versionOfAll) return;
    this.#answers.clear();
    this.#versionOfAll = version;
  }
}
