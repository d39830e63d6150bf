/**
 * Distinct words in ascending order of their UTF-16 code units. Word w is codes[offsets[w] .. offsets[w + 1]). Typed arrays only, so a
 * table is read from a file without a string being made.
 */
export class WordTable {
  readonly offsets: Uint32Array;
  readonly codes: Uint16Array;
  /** The letters of each word as a set of 32 bits: words within d edits differ in at most 2 d of them. */
  readonly #letters: Uint32Array;

  constructor(offsets: Uint32Array, codes: Uint16Array) {
    this.offsets = offsets;
    this.codes = codes;
    this.#letters = new Uint32Array(offsets.length - 1);
    for (let w = 0; w < this.#letters.length; w++) this.#letters[w] = lettersOf(codes, offsets[w], offsets[w + 1]);
  }

  /** `words` are distinct and sorted by code unit, as Array.sort does. */
  static from(words: readonly string[]): WordTable {
    const offsets = new Uint32Array(words.length + 1);
    words.forEach((word, w) => {
      offsets[w + 1] = offsets[w] + word.length;
    });
    const codes = new Uint16Array(offsets[words.length]);
    words.forEach((word, w) => {
      for (let i = 0; i < word.length; i++) codes[offsets[w] + i] = word.charCodeAt(i);
    });
    return new WordTable(offsets, codes);
  }

  get length(): number {
    return this.offsets.length - 1;
  }

  lengthOf(w: number): number {
    return this.offsets[w + 1] - this.offsets[w];
  }

  /** The number of a word, or -1. */
  indexOf(word: string): number {
    const w = this.#firstFrom(word);
    return w < this.length && this.lengthOf(w) === word.length && this.#compare(w, word) === 0 ? w : -1;
  }

  /** The words that begin with `prefix`, as a range: first and one past the last. */
  beginningWith(prefix: string): [number, number] {
    const from = this.#firstFrom(prefix);
    const last = prefix.charCodeAt(prefix.length - 1);
    const to = this.#firstFrom(prefix.slice(0, -1) + String.fromCharCode(last + 1));
    return [from, to];
  }

  /**
   * Calls `take` for the words of the range within `distance` edits of `word`: letters inserted, left out, replaced, or two neighbours
   * swapped (optimal string alignment). Words that cannot be near are skipped by their length and letters.
   */
  near(word: string, distance: number, [from, to]: readonly [number, number], take: (w: number, edits: number) => void): void {
    const codes = new Uint16Array(word.length);
    for (let i = 0; i < word.length; i++) codes[i] = word.charCodeAt(i);
    const letters = lettersOf(codes, 0, codes.length);
    for (let w = from; w < to; w++) {
      if (bitCount(this.#letters[w] ^ letters) > 2 * distance) continue;
      const difference = this.offsets[w + 1] - this.offsets[w] - codes.length;
      if (difference > distance || difference < -distance) continue;
      const edits = editDistance(codes, this.codes, this.offsets[w], this.offsets[w + 1], distance);
      if (edits <= distance) take(w, edits);
    }
  }

  /** The first word that is not before `text`. */
  #firstFrom(text: string): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Below 0 when word w is before `text`, 0 when they are equal. */
  #compare(w: number, text: string): number {
    const start = this.offsets[w];
    const length = this.offsets[w + 1] - start;
    const common = Math.min(length, text.length);
    for (let i = 0; i < common; i++) {
      const difference = this.codes[start + i] - text.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    return length - text.length;
  }
}

function lettersOf(codes: Uint16Array, start: number, end: number): number {
  let letters = 0;
  for (let i = start; i < end; i++) letters |= 1 << (codes[i] & 31);
  return letters >>> 0;
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

const MAX_WORD = 256;
/** Three rows of the table of distances. A search is synchronous, so two never share them. */
const ROWS = [new Uint16Array(MAX_WORD + 1), new Uint16Array(MAX_WORD + 1), new Uint16Array(MAX_WORD + 1)];

/**
 * Optimal string alignment distance of `a` and codes[start .. end), or a number above `bound`. Only the cells within `bound` of the diagonal
 * are computed: others are above it.
 */
function editDistance(a: Uint16Array, codes: Uint16Array, start: number, end: number, bound: number): number {
  const length = end - start;
  if (a.length > MAX_WORD || length > MAX_WORD) return bound + 1;
  let [before, above, row] = ROWS;
  for (let j = 0; j <= Math.min(length, bound + 1); j++) above[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - bound);
    const to = Math.min(length, i + bound);
    row[from - 1] = from === 1 ? i : bound + 1;
    let least = from === 1 ? i : bound + 1;
    for (let j = from; j <= to; j++) {
      const code = codes[start + j - 1];
      let edits = above[j - 1] + (a[i - 1] === code ? 0 : 1);
      if (row[j - 1] + 1 < edits) edits = row[j - 1] + 1;
      if (above[j] + 1 < edits) edits = above[j] + 1;
      if (i > 1 && j > 1 && a[i - 1] === codes[start + j - 2] && a[i - 2] === code && before[j - 2] + 1 < edits) edits = before[j - 2] + 1;
      row[j] = edits;
      if (edits < least) least = edits;
    }
    if (to < length) row[to + 1] = bound + 1;
    if (least > bound) return bound + 1;
    const oldest = before;
    before = above;
    above = row;
    row = oldest;
  }
  return above[length];
}
