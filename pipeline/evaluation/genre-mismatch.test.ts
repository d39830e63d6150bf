import { expect, test } from 'vitest';
import { genreMismatch } from './genre-mismatch.ts';

const GENRES = [[0], [1], [0, 1], [2], []];

test('is 0 for the same shares of genres, whichever movies have them', () => {
  expect(genreMismatch([0, 1], [2], GENRES)).toBeCloseTo(0, 12);
  expect(genreMismatch([0, 1, 4], [1, 0, 4, 4], GENRES)).toBeCloseTo(0, 12);
});

test('is the smoothed divergence of the shares, by hand', () => {
  // Likes: 3/4 and 1/4; page: 0, 1/2 and 1/2 of another genre.
  const expected = (3 / 4) * Math.log(0.75 / 0.0075) + (1 / 4) * Math.log(0.25 / (0.99 * 0.5 + 0.0025));
  expect(genreMismatch([0, 2], [1, 3], GENRES)).toBeCloseTo(expected, 12);
});

test('is 0 without a known genre among the likes', () => {
  expect(genreMismatch([4], [0], GENRES)).toBe(0);
});
