import { expect, test } from 'vitest';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { voteFeaturesOf } from './vote-features.ts';

const votes = (voteCount: number, voteAverage: number | null) => ({ ...generatedMovies(1)[0], voteCount, voteAverage });

test('counts are logarithmic, of mean 0 and variance 1 over the movies that have votes', () => {
  const [counts] = voteFeaturesOf([votes(0, null), votes(Math.E ** 2 - 1, 6), votes(Math.E ** 4 - 1, 6), votes(Math.E ** 6 - 1, 6)]);
  [0, -Math.sqrt(1.5), 0, Math.sqrt(1.5)].forEach((expected, n) => {
    expect(counts[n]).toBeCloseTo(expected, 12);
  });
});

test('an average counts with 20 votes of the mean, and without votes not at all', () => {
  // The mean of 4 and 8 is 6. Damped: (20 × 4 + 20 × 6) / 40 = 5 and (60 × 8 + 20 × 6) / 80 = 7.5; both lie 1.25 from their mean.
  const [, averages] = voteFeaturesOf([votes(20, 4), votes(0, 9), votes(60, 8)]);
  expect([...averages]).toEqual([-1, 0, 1]);
  // The prior moves the three unequally: 5.8, 6.2 and 9.2 of a mean of 7.
  const [, three] = voteFeaturesOf([votes(30, 5), votes(80, 6), votes(220, 10)]);
  const damped = [(30 * 5 + 20 * 7) / 50, (80 * 6 + 20 * 7) / 100, (220 * 10 + 20 * 7) / 240];
  const mean = (damped[0] + damped[1] + damped[2]) / 3;
  const deviation = Math.sqrt(damped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
  damped.forEach((value, n) => {
    expect(three[n]).toBeCloseTo((value - mean) / deviation, 12);
  });
});

test.each([
  ['without votes', [votes(0, null), votes(0, 5)]],
  ['where all are the same', Array.from({ length: 100 }, () => votes(12, 6.4))],
  ['where there are no movies', []],
])('%s there is nothing to say', (_, movies) => {
  for (const column of voteFeaturesOf(movies)) expect(column).toEqual(new Float64Array(movies.length));
});

test('equal averages give 0 for any number of votes', () => {
  const [, averages] = voteFeaturesOf([3, 10, 57, 1000].map((count) => votes(count, 6.1)));
  expect([...averages]).toEqual([0, 0, 0, 0]);
});
