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

  toArray(): string[] {
    return Array.from({ length: this.length }, (_, i) => this.get(i));
  }
}
