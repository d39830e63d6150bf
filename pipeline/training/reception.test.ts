import { expect, test } from 'vitest';
import { inventedMovies } from '../../test/invented-movies.ts';
import { receptionOf } from './reception.ts';

const votes = (voteCount: number, voteAverage: number | null) => ({ ...inventedMovies(1)[0], voteCount, voteAverage });

test('votes and their average, each to mean 0 and variance 1 over the movies that have them', () => {
  const [counts, averages] = receptionOf([votes(0, null), votes(20, 5), votes(0, 9), votes(20, 9)]);
  // As many votes each: nothing to tell apart. Averages 5 and 9 with 20 votes of the mean 7: 6 and 8.
  expect([...counts]).toEqual([0, 0, 0, 0]);
  expect([...averages]).toEqual([0, -1, 0, 1]);
});

test('counts are logarithmic, and few votes are near to the mean of all', () => {
  const [counts, averages] = receptionOf([votes(Math.E ** 2 - 1, 6), votes(Math.E ** 4 - 1, 6), votes(1, 10), votes(10_000, 10)]);
  expect(counts[1]).toBeGreaterThan(counts[0]);
  expect(averages[3]).toBeGreaterThan(averages[2]);
  expect(averages[2]).toBeGreaterThan(averages[1]);
});

test('without votes there is nothing to say', () => {
  for (const column of receptionOf([votes(0, null), votes(0, 5)])) expect([...column]).toEqual([0, 0]);
  expect(receptionOf([])).toEqual([new Float64Array(0), new Float64Array(0)]);
});
