import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitset } from './bitset.ts';

const sizeAndRows = fc.integer({ min: 0, max: 200 }).chain((size) => {
  const rows = size === 0 ? fc.constant<number[]>([]) : fc.array(fc.integer({ min: 0, max: size - 1 }));
  return fc.record({ size: fc.constant(size), a: rows, b: rows });
});

const ascending = (rows: Iterable<number>): number[] => [...new Set(rows)].sort((x, y) => x - y);

describe('Bitset', () => {
  test('and, or and andNot are intersection, union and difference of sets', () => {
    fc.assert(
      fc.property(sizeAndRows, ({ size, a, b }) => {
        const [setA, setB] = [new Set(a), new Set(b)];
        const run = (operation: 'and' | 'or' | 'andNot') => [...Bitset.of(size, a)[operation](Bitset.of(size, b)).toIndices()];
        expect(run('and')).toEqual(ascending(a.filter((row) => setB.has(row))));
        expect(run('or')).toEqual(ascending([...a, ...b]));
        expect(run('andNot')).toEqual(ascending(a.filter((row) => !setB.has(row))));
        expect(Bitset.of(size, a).count()).toBe(setA.size);
      }),
    );
  });

  test.each([0, 1, 31, 32, 33, 63, 64, 100])('the full set of %i rows has all of them and none beyond', (size) => {
    const full = Bitset.full(size);
    expect(full.count()).toBe(size);
    expect([...full.toIndices()]).toEqual(Array.from({ length: size }, (_, row) => row));
    expect(new Bitset(size).or(full).count()).toBe(size);
  });

  test('a row can be added, tested and deleted, and a clone keeps its rows', () => {
    const bitset = Bitset.of(70, [3, 64]);
    const clone = bitset.clone();
    bitset.delete(64);
    bitset.add(69);
    expect([bitset.has(3), bitset.has(64), bitset.has(69)]).toEqual([true, false, true]);
    expect([...clone.toIndices()]).toEqual([3, 64]);
  });

  test('sets of different sizes cannot be combined', () => {
    expect(() => Bitset.full(64).and(Bitset.full(63))).toThrow('bitsets of different sizes: 64 and 63');
    expect(() => new Bitset(33, new Uint32Array(1))).toThrow('needs 2 words, found 1');
  });
});
