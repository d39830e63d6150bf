import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingContext } from '../testing/recording-context.ts';
import { IdTable, sortedIds } from './id-table.ts';
import { likeCounts, likesOf } from './likes.ts';
import { type Ratings, readRatings } from './ratings.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratings-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(text: string | Buffer, movieIds?: number[], name = 'ratings.csv'): Promise<Ratings> {
  await writeFile(join(folder, name), text);
  return readRatings(join(folder, name), movieIds, recordingContext());
}

/** "user movie stars time" of each rating, ids as the file has them. */
function listed({ users, userIds, movieIds, offsets, rows, halfStars, times }: Ratings): string[] {
  const lines: string[] = [];
  for (let user = 0; user < users; user++)
    for (let p = offsets[user]; p < offsets[user + 1]; p++)
      lines.push([userIds[user], movieIds[rows[p]], halfStars[p] / 2, ...(times === undefined ? [] : [times[p]])].join(' '));
  return lines;
}

describe('a ratings file', () => {
  test('is read by user and movie, whatever its order', async () => {
    const text = 'userId,movieId,rating,timestamp\n7,30,4.0,100\n2,20,0.5,50\n7,10,5,90\n2,10,3.5,60\n';
    expect(listed(await read(text))).toEqual(['2 10 3.5 60', '2 20 0.5 50', '7 10 5 90', '7 30 4 100']);
  });

  test('can be gzipped, without timestamps, its columns in another order', async () => {
    const ratings = await read(gzipSync('movieId,rating,userId\n10,4,1\n'), undefined, 'ratings.csv.gz');
    expect(listed(ratings)).toEqual(['1 10 4']);
    expect(ratings.times).toBeUndefined();
  });

  test('is read for the movies of a catalog; users who have rated none of them are left out', async () => {
    const ratings = await read('userId,movieId,rating\n1,10,4\n1,11,4\n2,11,5\n3,12,2\n', [10, 12, 99]);
    expect(listed(ratings)).toEqual(['1 10 4', '3 12 2']);
    expect([...ratings.rows]).toEqual([0, 1]);
  });

  test('of two ratings of a movie the later counts, then the higher', async () => {
    const text = 'userId,movieId,rating,timestamp\n1,10,5,100\n1,20,1,7\n1,10,2,200\n1,10,4,150\n1,20,3,7\n1,20,2,7\n';
    expect(listed(await read(text))).toEqual(['1 10 2 200', '1 20 3 7']);
  });

  test('a rating outside 0.5 to 5 stars is left out', async () => {
    expect(listed(await read('userId,movieId,rating\n1,10,0\n1,11,5.5\n1,12,0.5\n1,13,3.9\n'))).toEqual(['1 12 0.5', '1 13 3.5']);
  });

  test('that is missing or something else is an error that says so', async () => {
    await expect(readRatings(join(folder, 'none.csv'), undefined, recordingContext())).rejects.toThrow('there is no such ratings file');
    await expect(read('a,b\n1,2\n')).rejects.toThrow('not a ratings file; it needs the columns userId, movieId, rating');
  });

  test('agrees with a plain reading of any file', async () => {
    const rating = fc.record({
      user: fc.integer({ min: 1, max: 6 }),
      movie: fc.integer({ min: 1, max: 9 }),
      half: fc.integer({ min: 1, max: 10 }),
    });
    const distinct = fc.uniqueArray(rating, { selector: ({ user, movie }) => `${user} ${movie}`, minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(distinct, async (ratings) => {
        const text = `userId,movieId,rating\n${ratings.map(({ user, movie, half }) => `${user},${movie},${half / 2}\n`).join('')}`;
        const expected = ratings.toSorted((a, b) => a.user - b.user || a.movie - b.movie);
        expect(listed(await read(text))).toEqual(expected.map(({ user, movie, half }) => `${user} ${movie} ${half / 2}`));
      }),
      { numRuns: 20 },
    );
  });
});

test('likes are the ratings of four stars and more; a user without likes is left out', async () => {
  const likes = likesOf(await read('userId,movieId,rating,timestamp\n1,10,4,5\n1,11,3.5,6\n2,10,1,7\n3,11,4.5,8\n3,12,5,9\n'));
  expect({ ...likes }).toEqual({
    users: 2,
    userIds: Uint32Array.of(1, 3),
    offsets: Uint32Array.of(0, 1, 3),
    rows: Uint32Array.of(0, 1, 2),
    times: Uint32Array.of(5, 8, 9),
    // And the lower ratings of the same users.
    lowerRatings: { offsets: Uint32Array.of(0, 1, 1), rows: Uint32Array.of(1), halfStars: Uint8Array.of(7), times: Uint32Array.of(6) },
  });
  expect([...likeCounts(likes, 4)]).toEqual([1, 1, 1, 0]);
});

describe('ids', () => {
  test('are found at their places, small and large ones', () => {
    for (const ids of [
      [5, 2, 9],
      [5, 2 ** 24, 2 ** 32 - 1],
    ]) {
      const table = new IdTable(ids);
      expect(ids.map((id) => table.get(id))).toEqual([0, 1, 2]);
      expect([0, 6, 2 ** 31].map((id) => table.get(id))).toEqual([-1, -1, -1]);
    }
    expect(new IdTable([]).get(0)).toBe(-1);
  });

  test('are collected in ascending order, each once', () => {
    expect([...sortedIds([Uint32Array.of(9, 9, 1), Uint32Array.of(100, 9, 2 ** 32 - 1)])]).toEqual([1, 9, 100, 2 ** 32 - 1]);
  });
});
