import { expect, it } from 'vitest';
import { movieIdOf } from '../../test/movie-ids.ts';
import { emptyLibrary } from '../../test/running-app.ts';
import { PointBudgets } from '../rate-limit/point-budgets.ts';
import { guestMerge } from './guest-merge.ts';

const NO_METRICS = { refused: () => undefined };
const HOME = '192.0.2.1';
const ANN = { address: HOME, identity: { userId: 'ann' } };
const ROWS = 1_000;

it('gives the account the library of the guest, who is never refused, and spends points for each row', async () => {
  const library = await emptyLibrary();
  const now = new Date();
  const movies = Array.from({ length: ROWS }, (_, n) => ({ movieId: movieIdOf(n + 1), title: 'x', sortTitle: 'x', year: null }));
  const items = movies.map((movie) => ({ movie, listed: undefined, watched: { at: now }, feedback: { signal: 'LIKE', at: now } as const }));
  await library.mergeHistory('guest', items, now);
  await library.setFeedback('ann', movieIdOf(1), 'DISLIKE', now);
  const points = { perAddress: 2_000, anonymous: 2_000, perUser: 900, perKey: 2_000 };
  const budgets = new PointBudgets(points, { metrics: NO_METRICS, now: () => 45_000 });
  await guestMerge(library, budgets)('guest', 'ann', HOME);
  expect(await library.storedRows('ann')).toEqual({ WATCHLIST: ROWS, FEEDBACK: ROWS, RATING: 0, PLAY: 0 });
  expect(await library.storedRows('guest')).toEqual({ WATCHLIST: 0, FEEDBACK: 0, RATING: 0, PLAY: 0 });
  // 2,000 rows, of which one went because the account had said something else: half a point each.
  expect(await budgets.spend(ANN, 1)).toMatchObject({ allowed: false, budget: 'points-user', spent: 1_000, max: 900 });
  expect(await budgets.spend({ address: HOME, identity: { userId: 'bob' } }, 900)).toMatchObject({ allowed: true });
  expect(await budgets.spend({ address: HOME, identity: { userId: 'cyd' } }, 101)).toMatchObject({
    budget: 'points-address',
    spent: 1_900,
  });
});

it('spends nothing without limits, and for a guest without a library', async () => {
  const library = await emptyLibrary();
  await guestMerge(library, undefined)('guest', 'ann', HOME);
  const owed: number[] = [];
  await guestMerge(library, { owe: (_spender, points) => owed.push(points) })('guest', 'ann', HOME);
  expect(owed).toEqual([0]);
});
