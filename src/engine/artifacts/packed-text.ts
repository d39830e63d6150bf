import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { StringTable } from './string-table.ts';

/** Texts in one compressed block: enough for zstd to find repetition, few enough that reading one text takes tens of microseconds. */
const TEXTS_PER_BLOCK = 64;
/** Bytes of decoded blocks that stay in memory. The texts of 85,000 movies take 25 MB; decoding a block per movie took half of a request. */
const CACHED_BYTES = 32 * 1024 * 1024;
/** A block may not unpack to more than this: a small file can hold gigabytes of zeros. */
const MAX_BLOCK_BYTES = 16 * 1024 * 1024;

/**
 * Long texts in zstd blocks, decoded on demand. Memory is the compressed size plus at most CACHED_BYTES of decoded blocks. `blockOffsets` are
 * byte positions in `bytes`, one more than there are blocks. A decoded block is a u32 count, count + 1 u32 byte offsets, and the texts in
 * UTF-8.
 */
export class PackedText {
  readonly length: number;
  readonly blockOffsets: Uint32Array;
  readonly bytes: Uint8Array;
  readonly #decoded = new Map<number, StringTable>();
  #decodedBytes = 0;

  /** Throws a RangeError when the number of blocks does not fit the number of texts. */
  constructor(length: number, blockOffsets: Uint32Array, bytes: Uint8Array) {
    const blocks = Math.ceil(length / TEXTS_PER_BLOCK);
    if (blockOffsets.length !== blocks + 1) throw new RangeError(`${length} texts are ${blocks} blocks, found ${blockOffsets.length - 1}`);
    this.length = length;
    this.blockOffsets = blockOffsets;
    this.bytes = bytes;
  }

  static from(texts: readonly string[]): PackedText {
    const blocks: Buffer[] = [];
    const blockOffsets = new Uint32Array(Math.ceil(texts.length / TEXTS_PER_BLOCK) + 1);
    for (let start = 0; start < texts.length; start += TEXTS_PER_BLOCK) {
      const table = StringTable.from(texts.slice(start, start + TEXTS_PER_BLOCK));
      const header = Buffer.alloc(4 * (table.length + 2));
      header.writeUInt32LE(table.length, 0);
      table.offsets.forEach((offset, i) => {
        header.writeUInt32LE(offset, 4 * (i + 1));
      });
      const packed = zstdCompressSync(Buffer.concat([header, table.bytes]), { params: { [constants.ZSTD_c_compressionLevel]: 9 } });
      blockOffsets[blocks.length + 1] = blockOffsets[blocks.length] + packed.length;
      blocks.push(packed);
    }
    return new PackedText(texts.length, blockOffsets, new Uint8Array(Buffer.concat(blocks)));
  }

  /** The text at `index`; empty when the movie has none. */
  get(index: number): string {
    const block = Math.floor(index / TEXTS_PER_BLOCK);
    return this.#block(block).get(index - block * TEXTS_PER_BLOCK);
  }

  #block(block: number): StringTable {
    let table = this.#decoded.get(block);
    if (table === undefined) {
      const packed = this.bytes.subarray(this.blockOffsets[block], this.blockOffsets[block + 1]);
      table = decodeBlock(zstdDecompressSync(packed, { maxOutputLength: MAX_BLOCK_BYTES }));
      this.#decodedBytes += table.bytes.length;
      this.#evict();
    } else {
      this.#decoded.delete(block);
    }
    this.#decoded.set(block, table);
    return table;
  }

  /** A Map keeps insertion order: the first entry is the least recently used. */
  #evict(): void {
    for (const [block, { bytes }] of this.#decoded) {
      if (this.#decodedBytes <= CACHED_BYTES) return;
      this.#decoded.delete(block);
      this.#decodedBytes -= bytes.length;
    }
  }
}

function decodeBlock(data: Buffer): StringTable {
  const count = data.readUInt32LE(0);
  if (count > TEXTS_PER_BLOCK) throw new RangeError(`a block of ${count} texts, expected ${TEXTS_PER_BLOCK} at most`);
  const offsets = Uint32Array.from({ length: count + 1 }, (_, i) => data.readUInt32LE(4 * (i + 1)));
  return new StringTable(offsets, data.subarray(4 * (count + 2)));
}
