import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StringTable } from './string-table.ts';

describe('StringTable.indexOf', () => {
  it('tells names of one length apart by their first, middle and last character', () => {
    const names = StringTable.from(['Actor 10', 'Actor 11', 'Bctor 11', 'Acxor 11', 'Actor 1']);
    expect(['Actor 10', 'Actor 11', 'Bctor 11', 'Acxor 11', 'Actor 1'].map((name) => names.indexOf(name))).toEqual([0, 1, 2, 3, 4]);
    expect(['Actor 12', 'ctor 10', 'Actor 10A', 'actor 10'].map((name) => names.indexOf(name))).toEqual([-1, -1, -1, -1]);
  });

  it('finds what a search through all strings finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '愛', '🎬'), maxLength: 3 });
    fc.assert(
      fc.property(fc.array(text), text, (strings, wanted) => {
        expect(StringTable.from(strings).indexOf(wanted)).toBe(strings.indexOf(wanted));
      }),
    );
  });
});
