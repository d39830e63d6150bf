import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generatedMovies } from '../../test/generated-movies.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { withLibraryRatings } from './library-ratings.ts';
import type { Ratings } from './ratings.ts';

const HEADER = 'viewer,movieId,tmdbId,imdbId,rating,day';
const movies = generatedMovies(9).map((movie, n) => ({ ...movie, tmdbId: 900 + n, imdbId: 800 + n }));
const ratings: Ratings = {
  users: 1,
  userIds: Uint32Array.of(7),
  movieIds: movies.map(({ movieId }) => movieId),
  offsets: Uint32Array.of(0, 1),
  rows: Uint32Array.of(3),
  halfStars: Uint8Array.of(9),
  times: Uint32Array.of(5),
};
const row = (viewer: string, movie: number, stars: number): string => `${viewer},${movies[movie].movieId},,,${stars},`;
/** Each of so many viewers likes five movies, and rates the second one lower. */
const sharing = (viewers: number): string[] =>
  Array.from({ length: viewers }, (_, n) => [
    `v${n},${movies[0].movieId},,,4.5,2026-01-02`,
    `v${n},,901,,2,`,
    ...[4, 5, 6, 7].map((movie) => row(`v${n}`, movie, 4)),
  ]).flat();

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'library-test-'));
  file = join(folder, 'viewers.csv');
});
afterEach(() => rm(folder, { recursive: true }));

async function read(lines: readonly string[], to = ratings): Promise<{ all: Ratings; log: string[] }> {
  await writeFile(file, `${[HEADER, ...lines].join('\r\n')}\r\n`);
  const context = recordingContext();
  return { all: await withLibraryRatings(to, file, movies, context), log: context.lines };
}

describe('ratings of a library', () => {
  it('count beside those of a data set from twenty viewers on, under the last user ids', async () => {
    const few = await read(sharing(19));
    expect(few.all).toBe(ratings);
    expect(few.log).toEqual(['  library: none of 114 rows counts: of 19 viewers, 19 have 5 likes that 5 viewers share, and 20 are needed']);
    const { all, log } = await read(sharing(20));
    expect(log).toEqual([
      '  library: 120 of 120 rows count, of 20 viewers; 0 are of movies that the catalog lacks, 0 shared by fewer than 5 viewers',
    ]);
    expect([all.users, all.userIds[0], all.userIds[1], all.userIds[20]]).toEqual([21, 7, 2 ** 32 - 20, 2 ** 32 - 1]);
    expect([...all.offsets.subarray(0, 4)]).toEqual([0, 1, 7, 13]);
    expect([...all.rows.subarray(0, 3)]).toEqual([3, 0, 1]);
    expect([...all.halfStars.subarray(0, 3)]).toEqual([9, 9, 4]);
    expect([...(all.times?.subarray(0, 3) ?? [])]).toEqual([5, Date.UTC(2026, 0, 2) / 1_000, 0]);
    expect([all.rows.length, all.viewers]).toEqual([121, 20]);
    const untimed = await read(sharing(20), { ...ratings, times: undefined });
    expect(untimed.all.times).toBeUndefined();
  });

  it('find movies by each of their ids, and count those that the catalog lacks', async () => {
    const { all, log } = await read([
      ...sharing(20),
      ...Array.from({ length: 6 }, (_, n) => `v${n},999999,,808,5,`),
      'v0,,5,,5,',
      'v0,,,,5,',
    ]);
    expect(log[0]).toContain('126 of 128 rows count, of 20 viewers; 2 are of movies that the catalog lacks, 0 shared');
    expect([...all.rows.subarray(1, 8)]).toEqual([0, 1, 4, 5, 6, 7, 8]);
  });

  it('need five viewers with the same two opinions, each with five likes', async () => {
    // The third movie has five raters, but a like is another opinion than a lower rating.
    const mixed = [...[0, 1, 2, 3].map((n) => row(`v${n}`, 2, 5)), row('v4', 2, 1)];
    // The fourth has five raters, of whom one has no likes.
    const lower = [...[10, 11, 12, 13].map((n) => row(`v${n}`, 3, 1)), row('w', 3, 1)];
    const { all, log } = await read([...sharing(20), ...mixed, ...lower]);
    expect(log[0]).toContain(
      '120 of 130 rows count, of 20 viewers; 0 are of movies that the catalog lacks, 10 shared by fewer than 5 viewers',
    );
    expect(all.users).toBe(21);
    const enough = await read([...sharing(20), ...mixed, row('v5', 2, 4), ...lower, row('v14', 3, 1)]);
    expect(enough.log[0]).toContain('130 of 132 rows count');
    // A viewer of four likes teaches nothing.
    const four = await read([...sharing(21).slice(0, -1)]);
    expect(four.log[0]).toContain('120 of 125 rows count, of 20 viewers');
  });

  it.each([
    ['v0,1,,,5.2,', 'row 1: rating is "5.2", expected half stars from 0.5 to 5'],
    ['v0,1,,,0,', 'row 1: rating is "0", expected half stars'],
    ['v0,1,,,,', 'row 1: rating is "", expected half stars'],
    ['v0,1,,,5,soon', 'row 1: day is "soon", expected a date such as 2026-01-31'],
    [',1,,,5,', 'row 1: has no viewer'],
    ['v0,1,5', 'cannot be read as CSV'],
  ])('%j is refused in one line', async (line, message) => {
    await expect(read([line])).rejects.toThrow(message);
  });

  it('are refused beside a data set that has their user ids', async () => {
    await expect(read(sharing(20), { ...ratings, userIds: Uint32Array.of(2 ** 32 - 20) })).rejects.toThrow(
      'the ratings file has the user id 4294967276, and ids from 4294967276 are for the library',
    );
    expect((await read(sharing(20), { ...ratings, userIds: Uint32Array.of(2 ** 32 - 21) })).all.users).toBe(21);
  });
});
