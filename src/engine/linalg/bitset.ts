/**
 * A set of row numbers below `size`, one bit a row, 32 rows a word. Bits from `size` on are always 0, so loops over words need no special
 * case for the last one. Methods that take another bitset throw a RangeError when its size differs; methods that take a row do not check
 * it.
 */
export class Bitset {
  readonly size: number;
  readonly words: Uint32Array;

  /** The empty set, or the set of these words. Throws a RangeError when the number of words does not fit. */
  constructor(size: number, words: Uint32Array = new Uint32Array((size + 31) >>> 5)) {
    if (words.length !== (size + 31) >>> 5)
      throw new RangeError(`a bitset of ${size} needs ${(size + 31) >>> 5} words, found ${words.length}`);
    this.size = size;
    this.words = words;
  }

  /** All rows from 0 to size - 1. */
  static full(size: number): Bitset {
    const bitset = new Bitset(size);
    bitset.words.fill(0xffffffff);
    bitset.#clearTail();
    return bitset;
  }

  static of(size: number, rows: Iterable<number>): Bitset {
    const bitset = new Bitset(size);
    for (const row of rows) bitset.add(row);
    return bitset;
  }

  clone(): Bitset {
    return new Bitset(this.size, this.words.slice());
  }

  has(row: number): boolean {
    return (this.words[row >>> 5] & (1 << (row & 31))) !== 0;
  }

  add(row: number): void {
    this.words[row >>> 5] |= 1 << (row & 31);
  }

  delete(row: number): void {
    this.words[row >>> 5] &= ~(1 << (row & 31));
  }

  /** this = this ∩ other */
  and(other: Bitset): this {
    const words = this.words;
    const others = sameSize(this, other);
    for (let i = 0; i < words.length; i++) words[i] &= others[i];
    return this;
  }

  /** this = this ∪ other */
  or(other: Bitset): this {
    const words = this.words;
    const others = sameSize(this, other);
    for (let i = 0; i < words.length; i++) words[i] |= others[i];
    return this;
  }

  /** this = this \ other */
  andNot(other: Bitset): this {
    const words = this.words;
    const others = sameSize(this, other);
    for (let i = 0; i < words.length; i++) words[i] &= ~others[i];
    return this;
  }

  /** Number of rows in the set. Population count as in Warren, Hacker's Delight, 5-1. */
  count(): number {
    const words = this.words;
    let total = 0;
    for (let i = 0; i < words.length; i++) {
      let word = words[i];
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      total += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return total;
  }

  /** The rows of the set, ascending, as a view of the start of `indices`, which must have room for them. */
  toIndices(indices: Uint32Array = new Uint32Array(this.count())): Uint32Array {
    const words = this.words;
    let next = 0;
    for (let i = 0; i < words.length; i++) {
      let word = words[i];
      if (word === 0xffffffff) {
        for (let row = i << 5; row < (i << 5) + 32; row++) indices[next++] = row;
        continue;
      }
      while (word !== 0) {
        const lowest = word & -word;
        indices[next++] = (i << 5) + 31 - Math.clz32(lowest);
        word ^= lowest;
      }
    }
    return indices.subarray(0, next);
  }

  #clearTail(): void {
    const tail = this.size & 31;
    if (tail !== 0) this.words[this.words.length - 1] &= (1 << tail) - 1;
  }
}

function sameSize(a: Bitset, b: Bitset): Uint32Array {
  if (a.size !== b.size) throw new RangeError(`bitsets of different sizes: ${a.size} and ${b.size}`);
  return b.words;
}
