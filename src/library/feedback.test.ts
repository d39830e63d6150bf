import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { emptyLibrary } from '../../test/running-app.ts';
import { MAX_IDS } from '../list-caps.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import type { LibraryDependencies } from './dependencies.ts';
import { clearFeedback, moviesWithFeedback } from './feedback.ts';
import type { HistoryItem } from './library-store.ts';
import type { Signal } from './signal.ts';
import type { RowPayment } from './stored-rows.ts';

const ANN = { userId: 'ann', isGuest: false };
/** No movie of the catalog has such an id. */
const DEPARTED = 900_000;

let snapshot: Snapshot;
let rooms: LibraryDependencies & RowPayment;
let charged: number[];
beforeAll(async () => {
  snapshot = await fixtureSnapshot();
});
beforeEach(async () => {
  const library = await emptyLibrary();
  charged = [];
  rooms = {
    library,
    snapshot,
    storedRowsOf: (userId, list) => library.storedRowsOf(userId, list),
    charge: async (points) => void charged.push(points),
  };
});

/** Feedback on these movies, the first one newest. */
async function say(signal: Signal, movieIds: readonly number[]): Promise<void> {
  const items = movieIds.map((movieId, i): HistoryItem => {
    const movie = { movieId: movieIdOf(movieId), title: 'A film', sortTitle: 'a film', year: 2000 };
    return { movie, listed: undefined, watched: undefined, feedback: { signal, at: new Date(1_700_000_000_000 - i * 1_000) } };
  });
  await rooms.library.mergeHistory('ann', items, new Date());
}

const idsOf = async (first?: number) =>
  (await moviesWithFeedback(rooms, ANN, 'LIKE', first)).map((index) => snapshot.catalog.movieId(index));

it('finds the latest movies that the catalog has behind any number that left it', async () => {
  const departed = Array.from({ length: 2 * MAX_IDS + 1 }, (_, i) => DEPARTED + i);
  await say('LIKE', [2571, ...departed, 1, 32]);
  await say('DISLIKE', [50]);
  expect(await idsOf()).toEqual([2571, 1, 32]);
  expect(await idsOf(2)).toEqual([2571, 1]);
  expect(await idsOf(1)).toEqual([2571]);
});

it('reads no more of a long list than it gives', async () => {
  const all = FIXTURE_MOVIES.map(({ movieId }) => movieId);
  const likes = Array.from({ length: 3 * MAX_IDS }, (_, i) => all[i] ?? DEPARTED + i);
  await say('LIKE', likes);
  const read = vi.spyOn(rooms.library, 'latestFeedback');
  expect(await idsOf(all.length)).toEqual(all);
  expect(read.mock.calls).toEqual([['ann', 'LIKE', { first: MAX_IDS, offset: 0 }]]);
});

it('pays for all rows before each page, and for deleting them', async () => {
  const likes = Array.from({ length: MAX_IDS }, (_, i) => DEPARTED + i);
  await say('LIKE', likes);
  const rows = MAX_IDS;
  await idsOf(1);
  expect(charged).toEqual([rows * 0.03, rows * 0.03]);
  await clearFeedback(rooms, ANN);
  expect(charged.at(-1)).toBe(rows * 0.3);
  expect(await rooms.library.storedRows('ann')).toMatchObject({ FEEDBACK: 0 });
});

it('reads and deletes nothing that is not paid for', async () => {
  await say('LIKE', [2571]);
  const unpaid = { ...rooms, charge: () => Promise.reject(new Error('no points are left')) };
  const read = vi.spyOn(rooms.library, 'latestFeedback');
  await expect(moviesWithFeedback(unpaid, ANN, 'LIKE')).rejects.toThrow('no points are left');
  await expect(clearFeedback(unpaid, ANN)).rejects.toThrow('no points are left');
  expect(read).not.toHaveBeenCalled();
  expect(await rooms.library.storedRows('ann')).toMatchObject({ FEEDBACK: 1 });
});
