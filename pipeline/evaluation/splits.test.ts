import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatedLikes } from '../data/likes.ts';
import { splitColdMovies } from './cold-movies.ts';
import type { HeldOutUser, Split } from './split.ts';
import { splitStrongly } from './strong-generalisation.ts';
import { type LikeOrder, splitInTime } from './temporal-split.ts';

const MOVIES = 30;

/** Likes of users 10, 20, 30 ... The default time of a like is its index in the list of all likes. */
function likesFrom(users: readonly (readonly number[])[], times?: readonly (readonly number[])[]): DatedLikes {
  const offsets = [0];
  for (const rows of users) offsets.push(offsets[offsets.length - 1] + rows.length);
  return {
    users: users.length,
    userIds: Uint32Array.from(users, (_, n) => 10 * (n + 1)),
    offsets: Uint32Array.from(offsets),
    rows: Uint32Array.from(users.flat()),
    times: Uint32Array.from(times?.flat() ?? users.flat().map((_, n) => n)),
  };
}

/** The likes are the lower ratings too. Real users differ, but a split must treat both alike. */
function withLowerRatings(likes: DatedLikes): DatedLikes {
  const { offsets, rows, times } = likes;
  return { ...likes, lowerRatings: { offsets, rows, times, halfStars: new Uint8Array(rows.length).fill(4) } };
}

const rowSets = fc
  .array(
    fc.uniqueArray(fc.nat(MOVIES - 1), { minLength: 1, maxLength: 20 }).map((rows) => rows.sort((a, b) => a - b)),
    { minLength: 8, maxLength: 16 },
  )
  .filter((users) => users.filter((rows) => rows.length >= 5).length >= 5);

function likesOf(likes: DatedLikes, userId: number): Set<number> {
  const user = likes.userIds.indexOf(userId);
  return new Set(likes.rows.subarray(likes.offsets[user], likes.offsets[user + 1]));
}

function isDisjoint(a: Iterable<number>, b: Iterable<number>): boolean {
  const inB = new Set(b);
  return [...a].every((row) => !inB.has(row));
}

const ids = (cases: readonly HeldOutUser[]): number[] => cases.map(({ userId }) => userId);

describe('strong generalisation', () => {
  test('makes 20 % of a user’s likes relevant, rounded down, and the others the fold-in', () => {
    const everything = Array.from({ length: 14 }, (_, n) => n);
    const split = splitStrongly(likesFrom([everything, everything, everything, everything]), MOVIES, 1, 1);
    expect(split.training.likes.users).toBe(2);
    expect(split.validation).toHaveLength(1);
    expect(split.test).toHaveLength(1);
    const [{ foldIn, relevant }] = split.test;
    expect([foldIn.length, relevant.length]).toEqual([12, 2]);
    expect(split.candidates.toIndices()).toEqual(Uint32Array.from(everything));
  });

  test('trains on no held-out user, excludes the whole fold-in, and counts only movies with a training like', () => {
    fc.assert(
      fc.property(rowSets, fc.nat(1000), (users, seed) => {
        const likes = likesFrom(users);
        const { training, validation, test: cases, candidates, popularity } = splitStrongly(likes, MOVIES, 2, seed);
        expect(isDisjoint(ids(validation), ids(cases))).toBe(true);
        const eligible = users.filter((rows) => rows.length >= 5).length;
        expect(training.likes.users).toBe(eligible - 4);
        for (const { userId, foldIn, relevant, excluded } of [...validation, ...cases]) {
          const known = [...likesOf(likes, userId)].filter((row) => popularity[row] > 0);
          expect(known.length).toBeGreaterThanOrEqual(5);
          expect([...foldIn, ...relevant].sort((a, b) => a - b)).toEqual(known);
          expect(relevant).toHaveLength(Math.floor(known.length / 5));
          expect(relevant).toEqual(relevant.toSorted());
          expect(excluded).toEqual(foldIn.toSorted());
          expect(relevant.every((row) => candidates.has(row))).toBe(true);
        }
      }),
    );
  });

  test('is the same for the same seed; a user’s split does not depend on the other held-out users', () => {
    const users = Array.from({ length: 12 }, (_, n) => Array.from({ length: 10 + n }, (_, m) => m));
    const likes = likesFrom(users);
    expect(splitStrongly(likes, MOVIES, 2, 7)).toEqual(splitStrongly(likes, MOVIES, 2, 7));
    const [two, three] = [splitStrongly(likes, MOVIES, 2, 7), splitStrongly(likes, MOVIES, 3, 7)];
    for (const one of two.test) expect(three.test.find(({ userId }) => userId === one.userId)).toEqual(one);
    expect(ids(splitStrongly(likes, MOVIES, 2, 8).test)).not.toEqual(ids(two.test));
  });

  test('takes the test users from another file when there is one, and trains on all users but the validation users', () => {
    const users = Array.from({ length: 8 }, (_, n) => Array.from({ length: 10 + n }, (_, m) => m));
    const blind = likesFrom([[0, 1, 2, 3, 29], [0, 1, 2, 3, 4, 5], [7]]);
    const { training, validation, test: cases } = splitStrongly(likesFrom(users), MOVIES, 0, 7, blind);
    expect([training.likes.users, validation.length]).toEqual([8, 0]);
    // No training user likes movie 29, so the first of them has four likes left.
    expect(ids(cases)).toEqual([20]);
    expect([...cases[0].foldIn, ...cases[0].relevant].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(splitStrongly(likesFrom(users), MOVIES, 3, 7, blind).training.likes.users).toBe(5);
  });

  test('shuffles the likes of each user differently: two users with the same likes are split differently', () => {
    const everything = Array.from({ length: 25 }, (_, n) => n);
    const { test: cases } = splitStrongly(likesFrom(Array.from({ length: 5 }, () => everything)), MOVIES, 2, 1);
    expect(cases[0].relevant).not.toEqual(cases[1].relevant);
  });

  test('is refused with too few users', () => {
    expect(() => splitStrongly(likesFrom([[1, 2, 3, 4, 5], [1]]), MOVIES, 1, 1)).toThrow('1 users have 5 likes or more');
  });
});

describe('the temporal split', () => {
  // Ten likes; the moment is the time of the ninth (index 8): 80.
  const likes = likesFrom(
    [
      [0, 1, 2, 3, 4, 9],
      [5, 6],
      [7, 8],
    ],
    [
      [20, 10, 30, 40, 50, 80],
      [60, 65],
      [70, 90],
    ],
  );

  test('trains on the likes before one moment and measures users with later likes, latest like first', () => {
    const { training, test: cases, candidates } = splitInTime(likes, MOVIES, 1);
    expect(training).toMatchObject({ now: 70, likes: { users: 3, rows: Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7) } });
    // User 30 liked one movie before, too few.
    expect(cases).toEqual([
      {
        userId: 10,
        foldIn: Uint32Array.of(4, 3, 2, 0, 1),
        foldInTimes: Uint32Array.of(50, 40, 30, 20, 10),
        relevant: Uint32Array.of(9),
        excluded: Uint32Array.of(0, 1, 2, 3, 4),
      },
    ]);
    expect(candidates.count()).toBe(MOVIES);
  });

  test('takes the first 80 % of a later user’s likes as fold-in', () => {
    const old = Array.from({ length: 24 }, (_, n) => n);
    const { test: cases } = splitInTime(likesFrom([old, [9, 8, 7, 6, 5, 4].sort()], [old, [105, 104, 103, 102, 101, 100]]), MOVIES, 1);
    expect(cases).toEqual([
      {
        userId: 20,
        foldIn: Uint32Array.of(5, 6, 7, 8, 9),
        foldInTimes: Uint32Array.of(104, 103, 102, 101, 100),
        relevant: Uint32Array.of(4),
        excluded: Uint32Array.of(5, 6, 7, 8, 9),
      },
    ]);
  });

  test('tells the same likes in other orders, as controls', () => {
    const timesOf = (order: LikeOrder) => splitInTime(likes, MOVIES, 1, order).test[0].foldInTimes;
    expect(timesOf('none')).toBeUndefined();
    expect(timesOf('reversed')).toEqual(Uint32Array.of(10, 20, 30, 40, 50));
    expect(timesOf('random')).not.toEqual(timesOf('latest'));
    expect(timesOf('random')?.sort()).toEqual(Uint32Array.of(10, 20, 30, 40, 50));
    expect(splitInTime(likes, MOVIES, 1, 'random').test[0].foldIn).toEqual(splitInTime(likes, MOVIES, 1).test[0].foldIn);
  });

  test('never trains on a like at or after the moment', () => {
    const times = fc.array(fc.array(fc.nat(50), { minLength: 20, maxLength: 20 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(rowSets, times, (users, all) => {
        const dated = withLowerRatings(
          likesFrom(
            users,
            users.map((rows, n) => rows.map((_, m) => all[n][m])),
          ),
        );
        const { training, test: cases } = splitInTime(dated, MOVIES, 1);
        const moment = (dated.times ?? new Uint32Array()).toSorted()[Math.floor(0.8 * dated.rows.length)];
        expect(training.likes.times?.every((time) => time < moment)).toBe(true);
        expect(training.likes.lowerRatings?.rows).toEqual(training.likes.rows);
        for (const { userId, foldIn, relevant } of cases) {
          expect(foldIn.length).toBeGreaterThan(0);
          expect(relevant.length).toBeGreaterThan(0);
          expect(new Set([...foldIn, ...relevant])).toEqual(likesOf(dated, userId));
        }
      }),
    );
  });

  test('needs timestamps', () => {
    expect(() => splitInTime({ ...likes, times: undefined }, MOVIES, 1)).toThrow('needs ratings with timestamps');
  });
});

test('cold movies have no like in training, and only they are candidates and relevant', () => {
  fc.assert(
    fc.property(rowSets, fc.nat(1000), (users, seed) => {
      const likes = withLowerRatings(likesFrom(users));
      const split: Split = splitColdMovies(likes, MOVIES, 1, seed);
      const cold = new Set(split.candidates.toIndices());
      expect(cold.size).toBe(Math.floor(new Set(likes.rows).size / 10));
      expect(isDisjoint(split.training.likes.rows, cold)).toBe(true);
      expect(split.training.likes.lowerRatings?.rows).toEqual(split.training.likes.rows);
      for (const { userId, foldIn, relevant } of [...split.test, ...split.validation]) {
        expect(isDisjoint(foldIn, cold)).toBe(true);
        expect(relevant.every((row) => cold.has(row))).toBe(true);
        expect(new Set([...foldIn, ...relevant])).toEqual(likesOf(likes, userId));
      }
    }),
  );
});
