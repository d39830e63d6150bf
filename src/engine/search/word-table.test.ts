import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WordTable } from './word-table.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '1'), minLength: 1, maxLength: 7 });
const words = fc.uniqueArray(word, { maxLength: 60 }).map((list) => list.sort());

/** Optimal string alignment distance by its definition. */
function distanceOf(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const choices = [table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) choices.push(table[i - 2][j - 2] + 1);
      table[i][j] = Math.min(...choices);
    }
  return table[a.length][b.length];
}

describe('a word table', () => {
  test('finds each of its words, and no other', () => {
    fc.assert(
      fc.property(words, word, (list, asked) => {
        const table = WordTable.from(list);
        expect(table.indexOf(asked)).toBe(list.indexOf(asked));
      }),
    );
  });

  test('finds the words with a beginning', () => {
    fc.assert(
      fc.property(words, word, (list, prefix) => {
        const [from, to] = WordTable.from(list).beginningWith(prefix);
        expect(list.slice(from, to)).toEqual(list.filter((one) => one.startsWith(prefix)));
      }),
    );
  });

  test('finds the words within one or two edits, with their number', () => {
    fc.assert(
      fc.property(words, word, fc.constantFrom(1, 2), (list, asked, distance) => {
        const found: [string, number][] = [];
        WordTable.from(list).near(asked, distance, [0, list.length], (w, edits) => found.push([list[w], edits]));
        const expected = list.map((one): [string, number] => [one, distanceOf(asked, one)]).filter(([, edits]) => edits <= distance);
        expect(found).toEqual(expected);
      }),
    );
  });

  test('looks only at the words of the range', () => {
    const found: number[] = [];
    WordTable.from(['abcd', 'abce', 'abcf']).near('abcx', 1, [1, 3], (w) => found.push(w));
    expect(found).toEqual([1, 2]);
  });
});
