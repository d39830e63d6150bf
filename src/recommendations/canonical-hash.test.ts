import { expect, test } from 'vitest';
import { canonicalHash } from './canonical-hash.ts';

test('the bytes are the ones that servers of earlier releases compute', () => {
  expect(canonicalHash({ a: 1, b: [2, 'x'] })).toBe('VYArO3lper3rdkA0XHw3bw');
});

test('the order of fields makes no difference, and a field that is undefined is as one left out', () => {
  const hash = canonicalHash({ a: 1, b: [2, 3] });
  expect(canonicalHash({ b: [2, 3], a: 1 })).toBe(hash);
  expect(canonicalHash({ a: 1, x: undefined, b: [2, 3] })).toBe(hash);
  for (const other of [{ a: 1, b: [3, 2] }, { a: 1 }, { a: null, b: [2, 3] }, { a: 1, b: [2, 3], x: null }, { A: 1, b: [2, 3] }])
    expect(canonicalHash(other)).not.toBe(hash);
});
