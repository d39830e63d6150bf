import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTRIBUTION_KINDS } from '../../engine/recommender/contributions.ts';
import type { Ranking } from '../../engine/recommender/recommender.ts';
import { RankingEntry } from './ranking-entry.ts';

const number = fc.double({ noNaN: true });
const movie = fc.record({
  index: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  score: number,
  contributions: fc.array(
    fc.record({ kind: fc.constantFrom(...CONTRIBUTION_KINDS), subject: fc.integer({ min: -1, max: 2 ** 31 - 1 }), value: number }),
  ),
});
const ranking = fc.record({ total: fc.integer({ min: 0, max: 2 ** 32 - 1 }), movies: fc.array(movie, { maxLength: 50 }) });

const SOME: Ranking = {
  total: 9,
  movies: [
    { index: 7, score: 0.75, contributions: [{ kind: 'LIKED_MOVIE', subject: 3, value: 0.5 }] },
    { index: 2, score: 0.25, contributions: [] },
  ],
};

describe('an entry of the ranking cache', () => {
  it('gives every page of what went in, to the last digit', () => {
    fc.assert(
      fc.property(ranking, fc.nat(60), fc.nat(60), ({ total, movies }, offset, limit) => {
        const read = RankingEntry.from(RankingEntry.of({ total, movies }).bytes);
        expect(read?.page(offset, limit)).toEqual({ total, movies: movies.slice(offset, offset + limit) });
      }),
    );
  });

  it('keeps its bytes: servers of two releases read the same Redis', () => {
    const contributions = [
      { kind: 'LIKED_MOVIE' as const, subject: 3, value: 0.5 },
      { kind: 'POPULARITY' as const, subject: -1, value: 0.25 },
    ];
    const { bytes } = RankingEntry.of({
      total: 9,
      movies: [
        { index: 7, score: 0.75, contributions },
        { index: 2, score: 0.25, contributions: [] },
      ],
    });
    expect(bytes.toString('base64')).toBe(
      'Q01SAVAqjtMJAAAAAgAAAAIAAAAHAAAAAgAAAAAAAAAAAOg/AgAAAAIAAAAAAAAAAADQPwAAAAAAAOA/AwAAAAAAAAAAAADQP/////8D',
    );
  });

  it('takes 20 bytes, 16 a movie and 13 a contribution', () => {
    expect(RankingEntry.of(SOME).bytes).toHaveLength(20 + 2 * 16 + 13);
  });

  it('says which pages it holds: those within it, and the last one of a list that is here whole', () => {
    const entry = RankingEntry.of(SOME);
    expect([entry.holds(0, 2), entry.holds(1, 1), entry.holds(0, 3), entry.holds(2, 1)]).toEqual([true, true, false, false]);
    const whole = RankingEntry.of({ ...SOME, total: 2 });
    expect([whole.holds(0, 20), whole.holds(40, 20)]).toEqual([true, true]);
  });

  it('is nothing when a byte of it is another, when it was cut or when it grew', () => {
    const { bytes } = RankingEntry.of(SOME);
    for (let n = 0; n < bytes.length; n++) {
      const damaged = Buffer.from(bytes);
      damaged[n] ^= 0x10;
      expect(RankingEntry.from(damaged), `byte ${n}`).toBeUndefined();
      expect(RankingEntry.from(bytes.subarray(0, n)), `cut at ${n}`).toBeUndefined();
    }
    expect(RankingEntry.from(Buffer.concat([bytes, Buffer.alloc(1)]))).toBeUndefined();
  });

  it('is nothing when its checksum is right and its counts are not', () => {
    for (const at of [12, 16])
      for (const more of [-1, 1]) {
        const bytes = Buffer.from(RankingEntry.of(SOME).bytes);
        bytes.writeUInt32LE(bytes.readUInt32LE(at) + more, at);
        bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
        expect(RankingEntry.from(bytes), `${more} at ${at}`).toBeUndefined();
      }
  });

  it('is nothing when the bytes are somebody else’s', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => RankingEntry.from(Buffer.from(bytes)) === undefined));
    expect(RankingEntry.from(Buffer.from('{"data":{"recommendations":[]}}'))).toBeUndefined();
  });
});
