const ROWS = 4;
const MAX_COUNT = 255;

/**
 * Counts recent requests by key in fixed memory: a count-min sketch (Cormode and Muthukrishnan 2005). A count is never too low, and too
 * high only when other keys share all counters of the key. Two generations of counters alternate. A key is remembered for at least one
 * window and forgotten after two, or earlier when many keys have filled the counters.
 */
export class FrequencySketch {
  readonly #width: number;
  readonly #windowMs: number;
  #current: Uint8Array;
  #previous: Uint8Array;
  #startedAt: number;
  #counted = 0;

  /** `width` counters a row, a power of two. */
  constructor(width: number, windowMs: number, now: number) {
    if (width < 1 || (width & (width - 1)) !== 0) throw new RangeError(`the width must be a power of two, found ${width}`);
    this.#width = width;
    this.#windowMs = windowMs;
    this.#startedAt = now;
    this.#current = new Uint8Array(ROWS * width);
    this.#previous = new Uint8Array(ROWS * width);
  }

  /** Counts the key once more and returns its count within the window, this request included. `now` is in milliseconds. */
  count(key: string, now: number): number {
    if (now - this.#startedAt >= this.#windowMs || this.#counted >= this.#width) this.#age(now);
    this.#counted++;
    const [first, second] = hashesOf(key);
    let minCurrent = MAX_COUNT;
    let minPrevious = MAX_COUNT;
    for (let row = 0; row < ROWS; row++) {
      const at = row * this.#width + ((first + Math.imul(row, second)) & (this.#width - 1));
      if (this.#current[at] < MAX_COUNT) this.#current[at]++;
      minCurrent = Math.min(minCurrent, this.#current[at]);
      minPrevious = Math.min(minPrevious, this.#previous[at]);
    }
    return minCurrent + minPrevious;
  }

  #age(now: number): void {
    const bothExpired = now - this.#startedAt >= 2 * this.#windowMs;
    const oldest = this.#previous.fill(0);
    this.#previous = bothExpired ? oldest : this.#current;
    this.#current = bothExpired ? this.#current.fill(0) : oldest;
    this.#startedAt = now;
    this.#counted = 0;
  }
}

/** FNV-1a with two primes. The second hash is odd, so its multiples reach every counter. */
function hashesOf(key: string): [number, number] {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let n = 0; n < key.length; n++) {
    first = Math.imul(first ^ key.charCodeAt(n), 0x01000193);
    second = Math.imul(second ^ key.charCodeAt(n), 0x85ebca6b);
  }
  return [first >>> 0, (second ^ (second >>> 15)) | 1];
}
