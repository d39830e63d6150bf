import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { emptyLibrary, freeRows } from '../../test/running-app.ts';
import { type Snapshot, snapshotOf } from '../recommendations/snapshot.ts';
import type { LibraryDependencies } from './dependencies.ts';
import type { RowPayment } from './stored-rows.ts';
import { addToWatchlist, removeFromWatchlist, restoreToWatchlist, setWatched, watchlistPage } from './watchlist.ts';

const ANN = { userId: 'ann', isGuest: false };
const GUEST = { userId: 'guest', isGuest: true };
const ALL = { status: 'ALL', sort: 'TITLE', first: 100, after: null } as const;
const PAST = new Date('2020-01-01T00:00:00Z');

let whole: Snapshot;
/** The catalog after it lost The Matrix. */
let without: Snapshot;
let rooms: LibraryDependencies & RowPayment;
beforeAll(async () => {
  whole = await fixtureSnapshot();
  const rest = FIXTURE_MOVIES.filter(({ movieId }) => movieId !== 2571);
  without = snapshotOf(releaseInMemory(rest, shippedConfig('default')));
});
beforeEach(async () => {
  const library = await emptyLibrary();
  rooms = { library, snapshot: whole, ...freeRows(library) };
});

describe('entries that are put back', () => {
  it('have the dates that they had; a date that is still to come becomes now', async () => {
    const now = Date.UTC(2026, 10, 27);
    vi.useFakeTimers({ now, toFake: ['Date'] });
    const [before, at, after] = [new Date(now - 1), new Date(now), new Date(now + 1)];
    const restored = await restoreToWatchlist(rooms, ANN, [
      { movieId: '1', addedAt: before, watched: true, watchedAt: before },
      { movieId: '32', addedAt: after, watched: true, watchedAt: after },
      { movieId: '50', addedAt: PAST, watched: true, watchedAt: null },
      { movieId: '260', addedAt: PAST, watched: true },
      { movieId: '296', addedAt: PAST, watched: false, watchedAt: PAST },
    ]);
    vi.useRealTimers();
    expect(restored.map(({ movieId, addedAt, watched, watchedAt }) => [movieId, addedAt, watched, watchedAt])).toEqual([
      [1, before, true, before],
      [32, at, true, at],
      [50, PAST, true, null],
      [260, PAST, true, null],
      [296, PAST, false, null],
    ]);
  });

  it('do not replace what is on the list again, and count once', async () => {
    const { addedAt } = await addToWatchlist(rooms, ANN, '1');
    const entry = (movieId: string, watched: boolean) => ({ movieId, addedAt: PAST, watched });
    const restored = await restoreToWatchlist(rooms, ANN, [entry('1', true), entry('32', false), entry('32', true)]);
    expect(restored.map(({ movieId, addedAt, watched }) => [movieId, addedAt, watched])).toEqual([
      [1, addedAt, false],
      [32, PAST, false],
    ]);
  });

  it('are movies of the catalog, 500 at most', async () => {
    const entry = { addedAt: PAST, watched: false };
    await expect(
      restoreToWatchlist(rooms, ANN, [
        { ...entry, movieId: '1' },
        { ...entry, movieId: 'x' },
      ]),
    ).rejects.toThrow('entries[1]: "x" is not a movie id');
    await expect(restoreToWatchlist(rooms, ANN, [{ ...entry, movieId: '99' }])).rejects.toThrow(
      'entries[0].movieId: there is no movie "99"',
    );
    const many = (length: number) => Array.from({ length }, () => ({ ...entry, movieId: '1' }));
    expect(await restoreToWatchlist(rooms, ANN, many(500))).toHaveLength(1);
    await expect(restoreToWatchlist(rooms, ANN, many(501))).rejects.toThrow('entries: has 501 entries; at most 500 are allowed');
  });
});

describe('a movie that left the catalog', () => {
  it('stays on the lists that have it, and comes on no other', async () => {
    await addToWatchlist(rooms, ANN, '2571');
    const later = { ...rooms, snapshot: without };
    expect((await addToWatchlist(later, ANN, '2571')).movieId).toBe(2571);
    expect((await setWatched(later, ANN, ['1', '2571'], true)).map(({ movieId, watched }) => [movieId, watched])).toEqual([[2571, true]]);
    await expect(addToWatchlist(later, GUEST, '2571')).rejects.toThrow('movieId: there is no movie "2571"');
    await expect(setWatched(later, GUEST, ['1', '2571'], true)).rejects.toThrow('movieIds[1]: there is no movie "2571"');
    expect(await removeFromWatchlist(later, ANN, ['2571', '1'])).toEqual([2571]);
  });
});

it('marks what is on the list, and takes other movies of the catalog in silence', async () => {
  await addToWatchlist(rooms, ANN, '1');
  const watched = async (value: boolean) =>
    (await setWatched(rooms, ANN, ['1', '32'], value)).map((entry) => [entry.movieId, entry.watched]);
  expect(await watched(true)).toEqual([[1, true]]);
  expect(await watched(false)).toEqual([[1, false]]);
  await expect(setWatched(rooms, ANN, ['99'], true)).rejects.toThrow('movieIds[0]: there is no movie "99"');
});

it('has pages of 1 to 100 that go on after a cursor', async () => {
  for (const id of ['1', '32', '50']) await addToWatchlist(rooms, ANN, id);
  const page = async (more: object) => {
    const { entries, ...rest } = await watchlistPage(rooms, ANN, { ...ALL, ...more });
    return { ids: entries.map(({ item }) => item.movieId), last: entries.at(-1)?.cursor, ...rest };
  };
  const first = await page({ first: 2 });
  expect(first).toMatchObject({ ids: [32, 50], totalCount: 3, hasNextPage: true, hasPreviousPage: false });
  expect(await page({ after: first.last })).toMatchObject({ ids: [1], hasNextPage: false, hasPreviousPage: true });
  for (const length of [0, 101]) await expect(page({ first: length })).rejects.toThrow(`first: is ${length}; it must be from 1 to 100`);
});

it('of a guest ends at 1,000 movies, with the argument that names the movie', async () => {
  const others = Array.from({ length: 999 }, (_, n) => ({
    movie: { movieId: movieIdOf(1_000_000 + n), title: 'x', sortTitle: 'x', year: null },
    listed: { at: null },
    watched: undefined,
    feedback: undefined,
  }));
  await rooms.library.mergeHistory('guest', others, new Date());
  await addToWatchlist(rooms, GUEST, '1');
  await expect(addToWatchlist(rooms, GUEST, '32')).rejects.toThrow('movieId: at most 1000 movies can be kept');
  await expect(restoreToWatchlist(rooms, GUEST, [{ movieId: '32', addedAt: PAST, watched: false }])).rejects.toThrow(
    'entries: at most 1000 movies can be kept',
  );
});
