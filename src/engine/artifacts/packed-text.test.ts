import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedText } from './packed-text.ts';
import { StringTable } from './string-table.ts';

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 300 });

test('every text comes back as it went in, in any order of asking', () => {
  fc.assert(
    fc.property(texts, (given) => {
      const packed = PackedText.from(given);
      const table = StringTable.from(given);
      expect(table.toArray()).toEqual(given);
      for (let i = given.length - 1; i >= 0; i--) expect(packed.get(i)).toBe(given[i]);
    }),
    { numRuns: 30 },
  );
});

test('more blocks than are kept decoded still read right', () => {
  const given = Array.from({ length: 64 * 130 }, (_, i) => `text ${i}`);
  const packed = PackedText.from(given);
  for (const i of [0, 8000, 64, 8319, 0, 4000, 8000]) expect(packed.get(i)).toBe(given[i]);
  for (let i = 0; i < given.length; i += 64) expect(packed.get(i)).toBe(given[i]);
  expect(packed.bytes.length).toBeLessThan(given.join('').length);
});
