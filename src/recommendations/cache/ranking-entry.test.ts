import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CachedRanking, RankingEntry } from './ranking-entry.ts';

const KINDS = ['LIKED', 'POPULARITY', 'AVERAGE'] as const;
type Kind = (typeof KINDS)[number];

const number = fc.double({ noNaN: true });
const movie = fc.record({
  index: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  score: number,
  contributions: fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS), subject: fc.integer({ min: -1, max: 2 ** 31 - 1 }), value: number }),
  ),
});
const ranking = fc.record({ total: fc.integer({ min: 0, max: 2 ** 32 - 1 }), movies: fc.array(movie, { maxLength: 50 }) });

const SOME: CachedRanking<Kind> = {
  total: 9,
  movies: [
    { index: 7, score: 0.75, contributions: [{ kind: 'LIKED', subject: 3, value: 0.5 }] },
    { index: 2, score: 0.25, contributions: [] },
  ],
};

describe('an entry of the ranking cache', () => {
  it('gives every page of what went in, to the last digit', () => {
    fc.assert(
      fc.property(ranking, fc.nat(60), fc.nat(60), ({ total, movies }, offset, limit) => {
        const read = RankingEntry.from(RankingEntry.of<Kind>({ total, movies }, KINDS).bytes, KINDS);
        expect(read?.page(offset, limit)).toEqual({ total, movies: movies.slice(offset, offset + limit) });
      }),
    );
  });

  it('takes 20 bytes, 16 a movie and 13 a contribution', () => {
    expect(RankingEntry.of(SOME, KINDS).bytes).toHaveLength(20 + 2 * 16 + 13);
  });

  it('says which pages it holds: those within it, and the last one of a list that is here whole', () => {
    const entry = RankingEntry.of(SOME, KINDS);
    expect([entry.holds(0, 2), entry.holds(1, 1), entry.holds(0, 3), entry.holds(2, 1)]).toEqual([true, true, false, false]);
    const whole = RankingEntry.of({ ...SOME, total: 2 }, KINDS);
    expect([whole.holds(0, 20), whole.holds(40, 20)]).toEqual([true, true]);
  });

  it('is nothing when a byte of it is another, when it was cut or when it grew', () => {
    const { bytes } = RankingEntry.of(SOME, KINDS);
    for (let n = 0; n < bytes.length; n++) {
      const damaged = Buffer.from(bytes);
      damaged[n] ^= 0x10;
      expect(RankingEntry.from(damaged, KINDS), `byte ${n}`).toBeUndefined();
      expect(RankingEntry.from(bytes.subarray(0, n), KINDS), `cut at ${n}`).toBeUndefined();
    }
    expect(RankingEntry.from(Buffer.concat([bytes, Buffer.alloc(1)]), KINDS)).toBeUndefined();
  });

  it('is nothing when the bytes are somebody else’s', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => RankingEntry.from(Buffer.from(bytes), KINDS) === undefined));
    expect(RankingEntry.from(Buffer.from('{"data":{"recommendations":[]}}'), KINDS)).toBeUndefined();
  });
});
