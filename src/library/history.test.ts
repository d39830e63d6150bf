import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { emptyLibrary, freeRows } from '../../test/running-app.ts';
import { InputError } from '../input-error.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import type { LibraryDependencies } from './dependencies.ts';
import { addPlay, playsPage, rateMovie, ratingsPage, removePlay, undoImport } from './history.ts';
import { decodeSortKey, encodeSortKey } from './history-cursor.ts';
import type { RowPayment } from './stored-rows.ts';

const ANN = { userId: 'ann', isGuest: false };
const RATINGS = { sort: 'TITLE', first: 100, after: null, starsMin: null, starsMax: null } as const;
const PLAYS = { sort: 'TITLE', first: 100, after: null, from: null, to: null } as const;
const NOW = Date.UTC(2026, 10, 27, 12);
const DAY = 86_400_000;

/** The argument of the InputError that the call ends with, and its message. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  return error instanceof InputError ? error.message : String(error);
}

let snapshot: Snapshot;
let rooms: LibraryDependencies & RowPayment;
beforeAll(async () => {
  snapshot = await fixtureSnapshot();
});
beforeEach(async () => {
  const library = await emptyLibrary();
  rooms = { library, snapshot, ...freeRows(library) };
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

describe('ratings', () => {
  it.each([0.5, 1, 4.5, 5])('take %d stars', async (stars) => {
    await rateMovie(rooms, ANN, '2571', stars);
    const { entries } = await ratingsPage(rooms, ANN, RATINGS);
    expect(entries.map(({ item }) => [item.movieId, item.stars, item.ratedAt])).toEqual([[2571, stars, new Date(NOW)]]);
  });

  it.each([0, 0.4, 0.75, 5.5, -1, Number.NaN])('do not take %d stars', async (stars) => {
    const message = `is ${stars}; it must be from 0.5 to 5 in halves`;
    expect(await refusal(rateMovie(rooms, ANN, '2571', stars))).toBe(`stars: ${message}`);
    expect(await refusal(ratingsPage(rooms, ANN, { ...RATINGS, starsMin: stars }))).toBe(`starsMin: ${message}`);
    expect(await refusal(ratingsPage(rooms, ANN, { ...RATINGS, starsMax: stars }))).toBe(`starsMax: ${message}`);
  });

  it('are those of movies that the catalog has', async () => {
    expect(await refusal(rateMovie(rooms, ANN, 'x', 4))).toContain('movieId: "x" is not a movie id');
    expect(await refusal(rateMovie(rooms, ANN, '99', 4))).toBe('movieId: there is no movie "99"');
    expect(await refusal(addPlay(rooms, ANN, 'x', { playedAt: null, playedOn: null }))).toContain('movieId: "x" is not a movie id');
    expect(await refusal(addPlay(rooms, ANN, '99', { playedAt: null, playedOn: null }))).toBe('movieId: there is no movie "99"');
  });

  it('become likes and dislikes by the thresholds', async () => {
    for (const [id, stars] of [
      ['1', 4],
      ['32', 3.5],
      ['50', 2.5],
      ['260', 2],
    ] as const)
      await rateMovie(rooms, ANN, id, stars);
    const signals = (await rooms.library.allFeedback('ann')).map(({ movieId, signal }) => `${movieId} ${signal}`);
    expect(signals.sort()).toEqual(['1 LIKE', '260 DISLIKE']);
  });

  it('are listed within the bounds, these included, in pages of 1 to 100', async () => {
    for (const [id, stars] of [
      ['1', 1],
      ['32', 3],
      ['50', 3.5],
      ['260', 5],
    ] as const)
      await rateMovie(rooms, ANN, id, stars);
    const ids = async (more: object) => (await ratingsPage(rooms, ANN, { ...RATINGS, ...more })).entries.map(({ item }) => item.movieId);
    expect(await ids({ sort: 'STARS' })).toEqual([260, 50, 32, 1]);
    expect(await ids({ sort: 'STARS', starsMin: 3, starsMax: 3.5 })).toEqual([50, 32]);
    expect(await ids({ sort: 'STARS', starsMin: 3.5 })).toEqual([260, 50]);
    expect(await ids({ sort: 'STARS', starsMax: 3 })).toEqual([32, 1]);
    expect((await ids({ first: 1 })).length).toBe(1);
    for (const first of [0, 101])
      for (const page of [ratingsPage(rooms, ANN, { ...RATINGS, first }), playsPage(rooms, ANN, { ...PLAYS, first })])
        expect(await refusal(page)).toBe(`first: is ${first}; it must be from 1 to 100`);
  });

  it('go on after a cursor of the same list, and of no other', async () => {
    for (const id of ['1', '32', '50']) await rateMovie(rooms, ANN, id, 4);
    const { entries } = await ratingsPage(rooms, ANN, RATINGS);
    expect(entries.map(({ item }) => item.title)).toEqual(['12 Monkeys', 'The Usual Suspects', 'Toy Story']);
    const rest = await ratingsPage(rooms, ANN, { ...RATINGS, after: entries[0].cursor });
    expect(rest.entries).toEqual(entries.slice(1));
    expect(await refusal(ratingsPage(rooms, ANN, { ...RATINGS, sort: 'STARS', after: entries[0].cursor }))).toContain(
      'after: belongs to a list sorted by TITLE of ratings',
    );
    expect(await refusal(playsPage(rooms, ANN, { ...PLAYS, after: entries[0].cursor }))).toContain('belongs to a list');
  });
});

describe('plays', () => {
  it.each<[what: string, play: { playedAt?: Date; playedOn?: string }, at: Date | null]>([
    ['an unknown date', {}, null],
    ['a moment', { playedAt: new Date(NOW - 1) }, new Date(NOW - 1)],
    ['a day', { playedOn: '2026-11-27' }, new Date('2026-11-27T00:00:00Z')],
    ['the first day', { playedOn: '1970-01-01' }, new Date(0)],
    ['a day from now, which is today somewhere', { playedAt: new Date(NOW + DAY) }, new Date(NOW + DAY)],
  ])('take %s', async (_what, { playedAt, playedOn }, at) => {
    expect((await addPlay(rooms, ANN, '2571', { playedAt, playedOn })).playedAt).toEqual(at);
  });

  it('take no date before 1970 or after today, and not two', async () => {
    const refused = (playedAt: Date | null, playedOn: string | null) => refusal(addPlay(rooms, ANN, '2571', { playedAt, playedOn }));
    expect(await refused(new Date(-1), null)).toBe('playedAt: must be from 1970 until today');
    expect(await refused(new Date(NOW + DAY + 1), null)).toBe('playedAt: must be from 1970 until today');
    expect(await refused(new Date(Number.NaN), null)).toBe('playedAt: must be from 1970 until today');
    expect(await refused(null, '2026-02-30x')).toBe('playedOn: must be from 1970 until today');
    expect(await refused(null, '1969-12-31')).toBe('playedOn: must be from 1970 until today');
    expect(await refused(new Date(0), '1970-01-01')).toBe('playedOn: and playedAt are both given; one of them is allowed');
  });

  it('are listed from a day to a day, both included', async () => {
    for (const playedOn of ['2026-01-01', '2026-01-02', '2026-01-03']) await addPlay(rooms, ANN, '2571', { playedAt: null, playedOn });
    await addPlay(rooms, ANN, '1', { playedAt: new Date('2026-01-02T23:59:59.999Z'), playedOn: null });
    await addPlay(rooms, ANN, '1', { playedAt: null, playedOn: null });
    const days = async (from: string | null, to: string | null) =>
      (await playsPage(rooms, ANN, { ...PLAYS, sort: 'RECENTLY_PLAYED', from, to })).entries.map(({ item }) =>
        item.playedAt?.toISOString().slice(8, 10),
      );
    expect(await days(null, null)).toEqual(['03', '02', '02', '01', undefined]);
    expect(await days('2026-01-02', '2026-01-02')).toEqual(['02', '02']);
    expect(await days('2026-01-03', null)).toEqual(['03']);
    expect(await days(null, '2026-01-01')).toEqual(['01']);
  });

  it('are removed by their id; an id of more than 100 characters is not even looked for', async () => {
    const { playId } = await addPlay(rooms, ANN, '2571', { playedAt: null, playedOn: null });
    expect((await removePlay(rooms, ANN, playId))?.playId).toBe(playId);
    const asked = vi.spyOn(rooms.library.history, 'removePlay');
    for (const length of [100, 101]) expect(await removePlay(rooms, ANN, 'x'.repeat(length))).toBeNull();
    expect(asked.mock.calls).toEqual([['ann', 'x'.repeat(100)]]);
  });
});

it('an import that is not there cannot be undone; an id of more than 100 characters is not even looked for', async () => {
  const asked = vi.spyOn(rooms.library.history, 'undoImport');
  for (const length of [100, 101])
    expect(await refusal(undoImport({ ...rooms, charge: async () => undefined }, ANN, 'x'.repeat(length)))).toBe(
      'id: names no import of yours; only the last 50 are kept',
    );
  expect(asked.mock.calls).toEqual([['ann', 'x'.repeat(100), new Date(NOW)]]);
});

it('undoing an import spends a point for each of its changes, before anything changes', async () => {
  const item = {
    movie: { movieId: movieIdOf(1), title: 'Toy Story', sortTitle: 'toy story', year: 1995 },
    listed: { at: null },
    watched: undefined,
  };
  const origin = { importId: 'i1', files: [], rowCount: 1 };
  await rooms.library.mergeHistory('ann', [{ ...item, feedback: { signal: 'LIKE', at: null } }], new Date(), { origin });
  const charged: number[] = [];
  const refused = async (points: number): Promise<void> => {
    charged.push(points);
    throw new Error('no points are left');
  };
  await expect(undoImport({ ...rooms, charge: refused }, ANN, 'i1')).rejects.toThrow('no points are left');
  expect(charged).toEqual([2]);
  expect(await rooms.library.allFeedback('ann')).toHaveLength(1);
});

describe('the cursor of a list', () => {
  it('gives back the key that it was made of', () => {
    for (const [sort, key] of [
      ['RECENTLY_RATED', [NOW, 1]],
      ['STARS', [7, -1, 2_147_483_647]],
      ['TITLE of ratings', ['é', 1]],
      ['TITLE of plays', ['é', 1, NOW, 'id']],
      ['RECENTLY_PLAYED', [NOW, 'id']],
    ] as const)
      expect(decodeSortKey(encodeSortKey(key, sort), sort)).toEqual(key);
    expect([decodeSortKey(null, 'STARS'), decodeSortKey(undefined, 'STARS')]).toEqual([undefined, undefined]);
  });

  it('is refused when its values do not fit the columns', () => {
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const long = (length: number): string => made(['h1', 'RECENTLY_PLAYED', [1, 'x'.repeat(length)]]);
    let fits = 2_900;
    while (long(fits + 1).length <= 4_000) fits++;
    expect(decodeSortKey(long(fits), 'RECENTLY_PLAYED')).toHaveLength(2);
    for (const cursor of [
      long(fits + 1),
      'x',
      made(['h2', 'RECENTLY_PLAYED', [1, 'x']]),
      made(['h1', 'RECENTLY_PLAYED', [1]]),
      made(['h1', 'RECENTLY_PLAYED', [1, 'x', 'y']]),
      made(['h1', 'RECENTLY_PLAYED', ['1', 'x']]),
      made(['h1', 'RECENTLY_PLAYED', [1, 2]]),
      made(['h1', 'RECENTLY_PLAYED', [1, '\0']]),
      made(['h1', 'RECENTLY_PLAYED', [2 ** 53, 'x']]),
    ])
      expect(() => decodeSortKey(cursor, 'RECENTLY_PLAYED'), cursor.slice(0, 50)).toThrow('is not a cursor of this list');
    expect(() => decodeSortKey(made(['h1', 'RECENTLY_RATED', [1, 2_147_483_648]]), 'RECENTLY_RATED')).toThrow('is not a cursor');
    expect(decodeSortKey(made(['h1', 'RECENTLY_RATED', [1, -2_147_483_647]]), 'RECENTLY_RATED')).toEqual([1, -2_147_483_647]);
  });
});
