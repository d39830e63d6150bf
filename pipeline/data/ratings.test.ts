import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
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
    await expect(read('a,b\n1,2\n')).rejects.toThrow(
      'not a ratings file; it needs the columns userId, movieId, rating or movieId, mean, count',
    );
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

describe('a ratings file with a fault', () => {
  const header = 'userId,movieId,rating,timestamp\n';
  const good = (count: number): string[] => Array.from({ length: count }, (_, n) => `${1 + (n % 500)},${1 + (n % 300)},4,${n}\n`);

  test.each([
    ['a line without numbers deep in a large file', 'x,y,z,w\n', 150_001, 'movieId is not a number'],
    ['a line that is cut short', '17\n', 150_001, 'too few columns'],
    ['a rating that is text', '1,5,good,1\n', 3, 'rating is not a number'],
    ['a time that is no time', '1,5,4,yesterday\n', 3, 'timestamp is not a time'],
  ])('is read without the line, which is named: %s', async (_name, line, at, problem) => {
    const lines = good(200_000);
    lines.splice(at - 2, 0, line);
    const context = recordingContext();
    await writeFile(join(folder, 'fault.csv'), header + lines.join(''));
    const { users, rows } = await readRatings(join(folder, 'fault.csv'), undefined, context);
    // 500 users and 300 movies: the pairs repeat after 1,500 lines.
    expect([users, rows.length]).toEqual([500, 1500]);
    expect(context.lines).toEqual([`  ${join(folder, 'fault.csv')}:${at}: ${problem}, line left out: ${line.trim()}`]);
  });

  test('is refused when more lines are malformed than not', async () => {
    await expect(read('userId,movieId,rating\n1,2,4\n1,a,4\n1,b,4\n')).rejects.toThrow(
      '2 lines are malformed and only 1 are ratings (line 3',
    );
  });

  test('is refused when it has only a header', async () => {
    await expect(read('userId,movieId,rating\n')).rejects.toThrow('holds no rating, only a header or unusable lines');
  });

  test('counts the lines without a user or a usable movie', async () => {
    const context = recordingContext();
    await writeFile(join(folder, 'gaps.csv'), 'userId,movieId,rating\n1,10,4\n,10,4\n1,-5,4\n1,7.5,4\n1,12.0,\n');
    expect(listed(await readRatings(join(folder, 'gaps.csv'), undefined, context))).toEqual(['1 10 4']);
    expect(context.lines).toEqual([
      `  ${join(folder, 'gaps.csv')}: 4 lines lack a user, a rating or a movieId from 1 to 2147483647 and are left out`,
    ]);
  });

  test('is refused when its gzip stream is torn', async () => {
    const packed = gzipSync(header + good(300_000).join(''));
    await expect(read(packed.subarray(0, packed.length / 2), undefined, 'torn.csv.gz')).rejects.toThrow(/torn\.csv\.gz: /);
  });

  test('is read when it is gzipped and its name does not say so', async () => {
    expect(listed(await read(gzipSync('userId,movieId,rating\n1,10,4\n'), undefined, 'packed.csv'))).toEqual(['1 10 4']);
  });

  test('is refused when most of its ratings are on another scale, and a few of them are counted', async () => {
    const scale = 'userId,movieId,rating\n1,10,8\n1,11,10\n1,12,4\n';
    await expect(read(scale)).rejects.toThrow('2 of 3 ratings are outside 0.5 to 5');
  });

  test('shows the header when a column is missing', async () => {
    await expect(read('userId,title,rating\n1,2,3\n')).rejects.toThrow('found the header "userId, title, rating"');
  });
});

test('timestamps as text are read as seconds', async () => {
  const text = 'userId,movieId,rating,timestamp\n7,30,4.0,"2017-07-14 02:40:00"\n';
  expect(listed(await read(text))).toEqual(['7 30 4 1500000000']);
});

describe('user ids that are no numbers of 32 bits', () => {
  test.each([
    ['text', ['anna', 'berta', 'carla']],
    ['64 bits', ['1', '5000000000', '9007199254740993']],
    ['below 0', ['-1', '-2', '3']],
  ])('are numbered in the order of their text: %s', async (_name, ids) => {
    const text = `userId,movieId,rating\n${ids.map((id, n) => `${id},${10 + n},4\n`).join('')}${ids[0]},20,5\n`;
    expect(listed(await read(text))).toEqual(['1 10 4', '1 20 5', '2 11 4', '3 12 4']);
  });

  test('that occur late in the file count as well', async () => {
    expect(listed(await read('userId,movieId,rating\n1,10,4\n2,11,4\nzoe,12,4\n'))).toEqual(['1 10 4', '2 11 4', '3 12 4']);
  });
});

describe('other forms of ratings files', () => {
  const rows = ['3 10 4 1500000000', '7 20 2.5 1500000060'];
  test.each([
    ['u.data', '3\t10\t4\t1500000000\n7\t20\t2.5\t1500000060\n'],
    ['ratings.dat', '3::10::4::1500000000\n7::20::2.5::1500000060\n'],
    ['recbole.inter', 'user_id:token\titem_id:token\trating:float\ttimestamp:float\n3\t10\t4\t1500000000\n7\t20\t2.5\t1500000060\n'],
    ['underscores.csv', 'user_id,item_id,rating,timestamp\n3,10,4,1500000000\n7,20,2.5,1500000060\n'],
    ['milliseconds.csv', 'userId,movieId,rating,timestamp\n3,10,4,1500000000000\n7,20,2.5,1500000060000\n'],
    ['dates.csv', 'userId,movieId,rating,timestamp\n3,10,4,2017-07-14T02:40:00Z\n7,20,2.5,2017-07-14 02:41:00\n'],
    ['byte-order-mark.csv', '\uFEFFuserId,movieId,rating,timestamp\r\n3,10,4,1500000000\r\n7,20,2.5,1500000060\r\n'],
  ])('are read: %s', async (name, text) => {
    expect(listed(await read(text, undefined, name))).toEqual(rows);
  });

  test.each([
    ['dates', "TIMESTAMP '2017-07-14 02:40:00'"],
    ['dates with a zone', "TIMESTAMPTZ '2017-07-14 02:40:00+00'"],
    ['dates of nanoseconds', "TIMESTAMP_NS '2017-07-14 02:40:00'"],
    ['seconds', '1500000000'],
    ['text', "'2017-07-14 02:40:00'"],
  ])('are read from Parquet whatever its name: times as %s, users as text', async (_name, time) => {
    const path = join(folder, 'parquet-without-name');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT 'anna' AS user_id, 10::BIGINT AS item_id, 4.0 AS rating, ${time} AS timestamp) TO '${path}' (FORMAT parquet)`,
    );
    expect(listed(await readRatings(path, undefined, recordingContext()))).toEqual(['1 10 4 1500000000']);
  });

  test('on another scale are read with its highest rating', async () => {
    const path = join(folder, 'ten.csv');
    await writeFile(path, 'userId,movieId,rating\n1,10,8\n1,11,10\n1,12,1\n');
    expect(listed(await readRatings(path, undefined, recordingContext(), 10))).toEqual(['1 10 4', '1 11 5', '1 12 0.5']);
  });
});
