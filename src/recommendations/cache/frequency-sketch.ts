const ROWS = 4;
const MAX_COUNT = 255;

/**
 * How often a key was asked for lately, in fixed memory: a count-min sketch (Cormode and Muthukrishnan 2005), so never too few, and
 * too many only when all of a key's counters are shared. Two generations of counters take turns: a key is remembered for at least one
 * window and forgotten after two, or earlier when so many keys were counted that the counters would say little.
 */
export class FrequencySketch {
  readonly #width: number;
  readonly #windowMs: number;
  #current: Uint8Array;
  #previous: Uint8Array;
  #begun: number;
  #counted = 0;

  /** `width` counters a row, a power of two. */
  constructor(width: number, windowMs: number, now: number) {
    if (width < 1 || (width & (width - 1)) !== 0) throw new RangeError(`the width must be a power of two, found ${width}`);
    this.#width = width;
    this.#windowMs = windowMs;
    this.#begun = now;
    this.#current = new Uint8Array(ROWS * width);
    this.#previous = new Uint8Array(ROWS * width);
  }

  /** Counts the key once more and says how often it was asked for within the window, this time included. `now` in milliseconds. */
  count(key: string, now: number): number {
    if (now - this.#begun >= this.#windowMs || this.#counted >= this.#width) this.#age(now);
    this.#counted++;
    const [first, second] = hashesOf(key);
    let fewestNow = MAX_COUNT;
    let fewestBefore = MAX_COUNT;
    for (let row = 0; row < ROWS; row++) {
      const at = row * this.#width + ((first + Math.imul(row, second)) & (this.#width - 1));
      if (this.#current[at] < MAX_COUNT) this.#current[at]++;
      fewestNow = Math.min(fewestNow, this.#current[at]);
      fewestBefore = Math.min(fewestBefore, this.#previous[at]);
    }
    return fewestNow + fewestBefore;
  }

  #age(now: number): void {
    const isLongAgo = now - this.#begun >= 2 * this.#windowMs;
    const oldest = this.#previous.fill(0);
    this.#previous = isLongAgo ? oldest : this.#current;
    this.#current = isLongAgo ? this.#current.fill(0) : oldest;
    this.#begun = now;
    this.#counted = 0;
  }
}

/** FNV-1a in two flavours; the second is odd, so that it reaches every counter. */
function hashesOf(key: string): [number, number] {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let n = 0; n < key.length; n++) {
    first = Math.imul(first ^ key.charCodeAt(n), 0x01000193);
    second = Math.imul(second ^ key.charCodeAt(n), 0x85ebca6b);
  }
  return [first >>> 0, (second ^ (second >>> 15)) | 1];
}
