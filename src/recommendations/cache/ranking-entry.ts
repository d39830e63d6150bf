import { crc32 } from 'node:zlib';
import { CONTRIBUTION_KINDS } from '../../engine/recommender/contributions.ts';
import type { RankedMovie, Ranking } from '../../engine/recommender/recommender.ts';

/** Raised when the layout, or the meaning of a number in it, changes: servers of two versions may share one Redis. */
export const ENTRY_VERSION = 1;

/** "CMR" and the version. */
const MAGIC_AND_VERSION = 0x524d43 | (ENTRY_VERSION << 24);
const HEADER_BYTES = 20;
const MOVIE_BYTES = 16;
const CONTRIBUTION_BYTES = 13;

/**
 * The first movies of a ranking in one buffer, little-endian:
 *
 *     u32 magic and version | u32 crc32 of all that follows | u32 total | u32 movies | u32 contributions
 *     movies ×        u32 index | u32 contributions up to and with this movie's | f64 score
 *     contributions × f64 value | i32 subject | u8 kind, its place in CONTRIBUTION_KINDS
 *
 * Holds movie rows, scores and contributions, and nothing of the viewer. A page is read without reading the rest.
 */
export class RankingEntry {
  readonly bytes: Buffer;
  /** How many movies could be shown. */
  readonly total: number;
  /** How many movies are here. */
  readonly length: number;

  private constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.total = bytes.readUInt32LE(8);
    this.length = bytes.readUInt32LE(12);
  }

  static of({ total, movies }: Ranking): RankingEntry {
    const contributions = movies.reduce((sum, movie) => sum + movie.contributions.length, 0);
    const bytes = Buffer.allocUnsafeSlow(entryBytes(movies.length, contributions));
    bytes.writeUInt32LE(MAGIC_AND_VERSION, 0);
    [total, movies.length, contributions].forEach((value, n) => {
      bytes.writeUInt32LE(value, 8 + 4 * n);
    });
    let atMovie = HEADER_BYTES;
    let n = 0;
    let at = HEADER_BYTES + movies.length * MOVIE_BYTES;
    for (const movie of movies) {
      n += movie.contributions.length;
      bytes.writeUInt32LE(movie.index, atMovie);
      bytes.writeUInt32LE(n, atMovie + 4);
      bytes.writeDoubleLE(movie.score, atMovie + 8);
      atMovie += MOVIE_BYTES;
      for (const { kind, subject, value } of movie.contributions) {
        bytes.writeDoubleLE(value, at);
        bytes.writeInt32LE(subject, at + 8);
        bytes.writeUInt8(CONTRIBUTION_KINDS.indexOf(kind), at + 12);
        at += CONTRIBUTION_BYTES;
      }
    }
    bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
    return new RankingEntry(bytes);
  }

  /** The entry in these bytes. Undefined when they hold anything else, are cut or are damaged. */
  static from(bytes: Buffer): RankingEntry | undefined {
    if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== MAGIC_AND_VERSION) return undefined;
    if (bytes.length !== entryBytes(bytes.readUInt32LE(12), bytes.readUInt32LE(16))) return undefined;
    return bytes.readUInt32LE(4) === crc32(bytes.subarray(8)) ? new RankingEntry(bytes) : undefined;
  }

  /** Whether the page from `offset` is here, as far as the ranking reaches. */
  holds(offset: number, limit: number): boolean {
    return this.length >= Math.min(offset + limit, this.total);
  }

  page(offset: number, limit: number): Ranking {
    const movies: RankedMovie[] = [];
    for (let n = offset; n < Math.min(offset + limit, this.length); n++) movies.push(this.#movie(n));
    return { total: this.total, movies };
  }

  #movie(n: number): RankedMovie {
    const { bytes } = this;
    const at = HEADER_BYTES + n * MOVIE_BYTES;
    const first = n === 0 ? 0 : bytes.readUInt32LE(at - MOVIE_BYTES + 4);
    const contributions: RankedMovie['contributions'] = [];
    const start = HEADER_BYTES + this.length * MOVIE_BYTES;
    for (let c = first; c < bytes.readUInt32LE(at + 4); c++) {
      const from = start + c * CONTRIBUTION_BYTES;
      contributions.push({
        kind: CONTRIBUTION_KINDS[bytes.readUInt8(from + 12)],
        subject: bytes.readInt32LE(from + 8),
        value: bytes.readDoubleLE(from),
      });
    }
    return { index: bytes.readUInt32LE(at), score: bytes.readDoubleLE(at + 8), contributions };
  }
}

export function entryBytes(movies: number, contributions: number): number {
  return HEADER_BYTES + movies * MOVIE_BYTES + contributions * CONTRIBUTION_BYTES;
}
