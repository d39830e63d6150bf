import { expect, test } from 'vitest';
import { genreDivergence, genreShares } from './genre-shares.ts';

const GENRES = [[0], [1], [0, 1], [2], []];

function divergence(target: number[], shown: number[]): number {
  const sharesOf = (rows: number[]) => genreShares(rows, (row) => GENRES[row], 3);
  return genreDivergence(sharesOf(target), sharesOf(shown));
}

test('is 0 for the same shares of genres, whichever movies have them', () => {
  expect(divergence([0, 1], [2])).toBeCloseTo(0, 12);
  expect(divergence([0, 1, 4], [1, 0, 4, 4])).toBeCloseTo(0, 12);
});

test('is the smoothed divergence of the shares, by hand', () => {
  // Target: 3/4 and 1/4; shown: 0, 1/2 and 1/2 of another genre.
  const expected = (3 / 4) * Math.log(0.75 / 0.0075) + (1 / 4) * Math.log(0.25 / (0.99 * 0.5 + 0.0025));
  expect(divergence([0, 2], [1, 3])).toBeCloseTo(expected, 12);
});

test('is 0 without a known genre in the target', () => {
  expect(divergence([4], [0])).toBe(0);
});

test('a movie counts by its weight', () => {
  expect([...genreShares([0, 1, 4], (row) => GENRES[row], 3, [3, 1, 9])]).toEqual([0.75, 0.25, 0]);
});
