import { expect, test } from 'vitest';
import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { CoLikers } from './co-likers.ts';
import { pageFigures } from './page-figures.ts';

/** Users 0 and 1 like movies 0 and 1, user 2 likes movies 2 and 3, user 3 likes movie 3. */
const likes = { users: 4, offsets: Uint32Array.of(0, 2, 4, 6, 7), rows: Uint32Array.of(0, 1, 0, 1, 2, 3, 3) };

test('lift is how many times likelier a movie is liked by those who share a like, by hand', () => {
  const coLikers = new CoLikers(likes, 5);
  // Movie 1: both users who like movie 0 like it. (2 + 1/2) / ((2 + 1) × 1/2).
  expect(coLikers.lift(Uint32Array.of(0), [1])).toBeCloseTo(2.5 / 1.5, 12);
  // Movie 3: neither does. (0 + 1/2) / (3 × 1/2). Movie 4 has no likes and does not count.
  expect(coLikers.lift(Uint32Array.of(0), [1, 3, 4])).toBeCloseTo((2.5 / 1.5 + 1 / 3) / 2, 12);
  // A user who shares two likes counts once.
  expect(coLikers.lift(Uint32Array.of(0, 1), [1])).toBeCloseTo(2.5 / 1.5, 12);
  expect(coLikers.lift(Uint32Array.of(0), [4])).toBeNaN();
});

test('pages: shares of the most popular, overlap over pairs of viewers, mean rank', () => {
  const movies = 300;
  const popularity = Uint32Array.from({ length: movies }, (_, row) => movies - row);
  const page = (from: number) => Array.from({ length: 20 }, (_, n) => from + n);
  const figures = pageFigures({
    cases: [{ userId: 1 }, { userId: 2 }, { userId: 3 }, { userId: 3 }],
    told: [Uint32Array.of(299), Uint32Array.of(299), Uint32Array.of(299), Uint32Array.of(299)],
    // The second page of user 3 is not compared.
    pages: [page(0), page(10), page(200), page(0)],
    popularity,
    candidates: Bitset.full(movies),
    coLikers: new CoLikers({ users: 1, offsets: Uint32Array.of(0, 1), rows: Uint32Array.of(299) }, movies),
  });
  expect(figures.top100).toBe(0.75);
  // The 1 % are rows 0 to 2: three places of two pages.
  expect(figures.topPercent).toBe(6 / 80);
  // Pages 0 and 1 have 10 movies in common, of three pairs.
  expect(figures.overlap).toBeCloseTo(10 / 20 / 3, 12);
  expect(figures.meanRank).toBeCloseTo((10.5 + 20.5 + 210.5 + 10.5) / 4, 12);
  expect(figures.lift).toBeNaN();
});
