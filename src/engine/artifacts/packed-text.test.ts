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

test('more text than stays decoded still reads right', () => {
  // 40 blocks of 1.6 MB each: twice what stays decoded.
  const given = Array.from({ length: 64 * 40 }, (_, i) => `text ${i} `.repeat(2_500));
  const packed = PackedText.from(given);
  for (const i of [0, 2_000, 64, 2_559, 0, 1_200, 2_000]) expect(packed.get(i)).toBe(given[i]);
  for (let i = 0; i < given.length; i += 64) expect(packed.get(i)).toBe(given[i]);
  for (let i = given.length - 1; i >= 0; i -= 64) expect(packed.get(i)).toBe(given[i]);
  expect(packed.bytes.length).toBeLessThan(given.join('').length);
});
