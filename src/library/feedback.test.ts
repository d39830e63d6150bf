import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { emptyLibrary } from '../../test/running-app.ts';
import { MAX_IDS } from '../list-caps.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import type { LibraryDependencies } from './dependencies.ts';
import { moviesWithFeedback } from './feedback.ts';
import type { HistoryItem } from './library-store.ts';
import type { Signal } from './signal.ts';

const ANN = { userId: 'ann', isGuest: false };
/** No movie of the catalog has such an id. */
const DEPARTED = 900_000;

let snapshot: Snapshot;
let rooms: LibraryDependencies;
beforeAll(async () => {
  snapshot = await fixtureSnapshot();
});
beforeEach(async () => {
  rooms = { library: await emptyLibrary(), snapshot };
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
