import { expect, test } from 'vitest';
import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { beyondAccuracy, type MeasuredMovies, setCosine } from './beyond-accuracy.ts';
import type { HeldOutUser } from './split.ts';

// Five movies with 7, 3, 1, 1 and 0 likes from 7 users; the last is not a candidate. Two users.
const movies: MeasuredMovies = {
  candidates: Bitset.of(5, [0, 1, 2, 3]),
  popularity: Uint32Array.of(7, 3, 1, 1, 0),
  users: 7,
  genres: [[0], [0, 1], [1], [2], []],
};
const viewer = (...likes: number[]): HeldOutUser => ({
  userId: 1,
  foldIn: Uint32Array.from(likes),
  relevant: Uint32Array.of(0),
  excluded: Uint32Array.from(likes),
});
const cases = [viewer(1, 2), viewer(3)];

test('the measures of two small pages match the values computed by hand', () => {
  const { coverage, novelty, diversity, popularityLift, byPopularity } = beyondAccuracy(
    cases,
    [
      [0, 3],
      [0, 1],
    ],
    movies,
  );
  // Movies 0, 1 and 3 of the four candidates.
  expect(coverage).toBe(3 / 4);
  // log2(8 / (likes + 1)): 0 for movie 0 (twice), 2 for movie 3, 1 for movie 1; over four places.
  expect(novelty).toBeCloseTo(3 / 4, 14);
  // Movies 0 and 3 share nothing: 1; movies 0 and 1 share one genre of 1 and 2: 1 - 1/√2.
  expect(diversity).toBeCloseTo((1 + 1 - Math.SQRT1_2) / 2, 14);
  // Means of the pages: 4 and 5. Means of the fold-in: 2 and 1. (9 - 3) / 3.
  expect(popularityLift).toBe(2);
  expect(byPopularity).toHaveLength(10);
  expect(byPopularity.reduce((sum, { likes }) => sum + likes, 0)).toBeCloseTo(1, 12);
  expect(byPopularity.reduce((sum, { places }) => sum + places, 0)).toBeCloseTo(1, 12);
  // Ten groups of four movies: the third holds the most liked movie, which has 7 of 12 likes and half of the places.
  expect(byPopularity[2]).toEqual({ likes: 7 / 12, places: 1 / 2, coverage: 1 });
});

test('without genres diversity and mismatch are not known; without pages there is nothing', () => {
  expect(beyondAccuracy(cases, [[0], [1]], { ...movies, genres: undefined })).toMatchObject({ diversity: null, genreMismatch: null });
  expect(beyondAccuracy(cases, [[], []], movies)).toMatchObject({ coverage: 0, novelty: 0, diversity: 0, popularityLift: 0 });
});

test('the cosine of two sets', () => {
  expect(setCosine([1, 2, 3], [2, 3, 4])).toBeCloseTo(2 / 3, 14);
  expect(setCosine([1], [1])).toBe(1);
  expect(setCosine([1, 5], [2, 9])).toBe(0);
  expect(setCosine([], [1])).toBe(0);
});
