/**
 * Strings packed as UTF-8 and decoded one at a time. String i is bytes [offsets[i], offsets[i + 1]); `offsets` has one entry more than
 * there are strings.
 */
export class StringTable {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  readonly #buffer: Buffer;

  constructor(offsets: Uint32Array, bytes: Uint8Array) {
    this.offsets = offsets;
    this.bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  static from(strings: readonly string[]): StringTable {
    const offsets = new Uint32Array(strings.length + 1);
    const parts = strings.map((text) => Buffer.from(text, 'utf8'));
    parts.forEach((part, i) => {
      offsets[i + 1] = offsets[i] + part.length;
    });
    return new StringTable(offsets, new Uint8Array(Buffer.concat(parts)));
  }

  get length(): number {
    return this.offsets.length - 1;
  }

  /** The string at `index`; empty when the movie has none. */
  get(index: number): string {
    return this.#buffer.toString('utf8', this.offsets[index], this.offsets[index + 1]);
  }

  /**
   * The index of a string, by its exact spelling; -1 when the table does not have it. Decodes nothing. Compares bytes from the end: names of
   * one length often begin alike.
   */
  indexOf(text: string): number {
    const wanted = Buffer.from(text, 'utf8');
    const { bytes, offsets, length } = this;
    for (let i = 0; i < length; i++) {
      const start = offsets[i];
      let left = wanted.length;
      if (offsets[i + 1] - start !== left) continue;
      while (left > 0 && bytes[start + left - 1] === wanted[left - 1]) left--;
      if (left === 0) return i;
    }
    return -1;
  }

  toArray(): string[] {
    return Array.from({ length: this.length }, (_, i) => this.get(i));
  }
}
