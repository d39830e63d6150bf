import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { emptyLibrary } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import { AccountDirectory, type AccountSummary } from '../accounts/administration/account-directory.ts';
import { Administration } from '../accounts/administration/administration.ts';
import { AuditLog } from '../accounts/administration/audit-log.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { HeavyQueue } from '../rate-limit/heavy-queue.ts';
import { PointBudgets } from '../rate-limit/point-budgets.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const MANY = { perAddress: 1e6, anonymous: 1e6, perUser: 1e6, perKey: 1e6 };
const NO_ROWS = { WATCHLIST: 0, FEEDBACK: 0, RATING: 0, PLAY: 0 };
const ALIASES = 30;
const lists = (count: number, field = 'likedMovies(first: 1) { id }'): string =>
  `{ viewer { ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')} } }`;

describe('work that is paid for by stored rows', () => {
  let snapshot: Snapshot;
  let app: ViewerApp;
  let library: LibraryStore;
  let reads: string[];
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });
  afterEach(() => app.shutDown(0));

  const start = async (rows: Partial<typeof NO_ROWS>, points: Partial<typeof MANY> = {}, heavyQueue?: HeavyQueue) => {
    reads = [];
    library = await emptyLibrary();
    const stored = { ...NO_ROWS, ...rows };
    library.storedRows = async () => stored;
    library.storedRowsOf = async (_userId, list) => {
      reads.push('count');
      return stored[list];
    };
    library.latestFeedback = async (_userId, signal) => {
      reads.push(signal);
      return [movieIdOf(1)];
    };
    const metrics = { refused: () => undefined };
    const pointBudgets = new PointBudgets({ ...MANY, ...points }, { metrics, now: () => 45_000 });
    app = await viewerApp(() => snapshot, { pointBudgets, library, ...(heavyQueue === undefined ? {} : { heavyQueue }) });
  };
  const post = (query: string, headers: Record<string, string> = {}) =>
    app.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { ...app.viewer('ann').headers, ...headers },
      payload: { query, extensions: { cost: true } },
    });

  it('is not done by one request beyond its budget, to the last point', async () => {
    // 20 for the operation, 0.1 for the viewer, 0.2 for each list and its movie; then 300 for 10,000 rows, 30 times.
    const whole = 27 + ALIASES * 300;
    await start({ FEEDBACK: 10_000 }, { perUser: whole });
    const paid = await post(lists(ALIASES));
    expect([paid.statusCode, Object.keys(paid.json().data.viewer).length]).toEqual([200, ALIASES]);
    expect(paid.json().extensions.cost).toMatchObject({ spent: whole, max: whole });
    expect(reads).toEqual(['count', ...Array<string>(ALIASES).fill('LIKE')]);
    await app.shutDown(0);

    await start({ FEEDBACK: 10_000 }, { perUser: whole - 1 });
    const refused = await post(lists(ALIASES));
    expect(refused.statusCode).toBe(429);
    expect(refused.json().errors[0].extensions).toMatchObject({ code: 'RATE_LIMITED', cost: 300, spent: whole - 300, max: whole - 1 });
    expect(reads).toEqual(['count', ...Array<string>(ALIASES - 1).fill('LIKE')]);
  });

  it('is heavy by its sum', async () => {
    const queue = new HeavyQueue({ running: 1, waiting: 1, waitingOfCaller: 1 });
    const waits = async (rows: number, count: number): Promise<boolean> => {
      await start({ FEEDBACK: rows }, {}, queue);
      const running = queue.enter('somebody');
      let isAnswered = false;
      const answer = post(lists(count)).finally(() => {
        isAnswered = true;
      });
      while (queue.length === 0 && !isAnswered) await new Promise((resolve) => setImmediate(resolve));
      const hasWaited = queue.length > 0;
      running?.leave();
      expect((await answer).statusCode).toBe(200);
      await app.shutDown(0);
      return hasWaited;
    };
    // 1,000 points are heavy: 20.3 and 0.03 for each row, or 20.5 and twice as much.
    expect(await waits(32_656, 1)).toBe(false);
    expect(await waits(32_657, 1)).toBe(true);
    expect(await waits(16_324, 2)).toBe(false);
    expect(await waits(16_326, 2)).toBe(true);
    await start({});
  });

  it.each<[string, Partial<typeof NO_ROWS>, points: number]>([
    ['likedMovies(first: 1) { id }', { FEEDBACK: 10_000 }, 300],
    ['dislikedMovies(first: 1) { id }', { FEEDBACK: 10_000 }, 300],
    ['notInterestedMovies(first: 1) { id }', { FEEDBACK: 10_000 }, 300],
    ['profileTraits { name }', { FEEDBACK: 10_000 }, 600],
    ['watchlist(first: 1) { totalCount }', { WATCHLIST: 10_000 }, 300],
    ['ratings(first: 1) { totalCount }', { RATING: 10_000 }, 300],
    ['plays(first: 1) { totalCount }', { PLAY: 10_000 }, 300],
    ['preferences { familiar }', { WATCHLIST: 10_000, FEEDBACK: 10_000, RATING: 10_000, PLAY: 10_000 }, 0],
    ['imports(first: 1) { id }', { WATCHLIST: 10_000, FEEDBACK: 10_000, RATING: 10_000, PLAY: 10_000 }, 0],
  ])('costs by the rows of its list: %s', async (field, rows, points) => {
    const priceOf = async (): Promise<number> => (await post(lists(1, field))).json().extensions.cost.price;
    await start({});
    const without = await priceOf();
    await app.shutDown(0);
    await start(rows);
    expect((await priceOf()) - without).toBeCloseTo(points, 6);
  });

  it('is paid for before it is read: recommendations among the watchlist', async () => {
    const query = '{ recommendations(onWatchlist: true, first: 1) { totalCount } }';
    const started = async (perUser: number) => {
      await start({ WATCHLIST: 10_000 }, { perUser });
      library.toWatch = async () => {
        reads.push('list');
        return [1];
      };
    };
    await started(10_000);
    expect((await post(query)).json().extensions.cost.price).toBeCloseTo(20 + 100 + 0.6 + 600, 6);
    expect(reads).toEqual(['count', 'list']);
    await app.shutDown(0);
    await started(1_000);
    // A third of the budget.
    expect((await post(query)).json().extensions.cost.price).toBeCloseTo(20 + 100 + 0.6 + 333, 6);
    expect((await post(query)).statusCode).toBe(200);
    const refused = await post(query);
    expect([refused.statusCode, reads]).toEqual([429, ['count', 'list', 'count', 'list']]);
  });

  it('costs by the rows that are deleted', async () => {
    await start({ FEEDBACK: 10_000 });
    const { price } = (await post('mutation { clearFeedback { id } }')).json().extensions.cost;
    expect(price).toBeCloseTo(40.1 + 3_000, 6);
  });

  it.each([
    ['addToWatchlist(movieId: "1") { addedAt }', { WATCHLIST: 10_000 }, 30],
    ['restoreToWatchlist(entries: []) { addedAt }', { WATCHLIST: 10_000 }, 30],
    ['setFeedback(movieId: "1", signal: LIKE) { id }', { FEEDBACK: 10_000 }, 30],
    ['setFeedback(movieId: "1", signal: NONE) { id }', { FEEDBACK: 10_000 }, 0],
    ['rateMovie(movieId: "1", stars: 3) { id }', { RATING: 10_000 }, 30],
    ['rateMovie(movieId: "1", stars: null) { id }', { RATING: 10_000 }, 0],
    ['addPlay(movieId: "1") { id }', { PLAY: 10_000 }, 300],
  ])('costs by the rows that are counted for a change: %s', async (field, rows, points) => {
    const priceOf = async (): Promise<number> => (await post(`mutation { ${field} }`)).json().extensions.cost.price;
    await start({});
    const without = await priceOf();
    await app.shutDown(0);
    await start(rows);
    expect((await priceOf()) - without).toBeCloseTo(points, 6);
  });

  it('changes nothing without the points', async () => {
    for (const [points, status, stored] of [
      // 41 for the operation, and a third of the budget for the rows.
      [61, 200, 1],
      [60, 429, 0],
    ]) {
      await start({ FEEDBACK: 10_000 }, { perUser: points });
      const answer = await post('mutation { setFeedback(movieId: "1", signal: LIKE) { id } }');
      expect([answer.statusCode, (await library.feedbackOf('ann', [movieIdOf(1)])).size]).toEqual([status, stored]);
      await app.shutDown(0);
    }
    await start({});
  });

  it.each([
    ['{ admin { accounts(first: 1) { totalCount } } }', 300],
    ['{ admin { guestCount } }', 300],
    ['{ admin { auditLog(first: 1) { totalCount } } }', 50],
    ['mutation { deleteAccount(userId: "bob") }', 12_000],
  ])('costs admins by accounts, entries of the log, and rows of whom they delete: %s', async (query, points) => {
    const size = vi.spyOn(AccountDirectory.prototype, 'size').mockResolvedValue(0);
    const entries = vi.spyOn(AuditLog.prototype, 'count').mockResolvedValue(0);
    const spies = [
      size,
      entries,
      vi.spyOn(AccountDirectory.prototype, 'page').mockResolvedValue({ accounts: [], hasNextPage: false, totalCount: 0 }),
      vi.spyOn(AccountDirectory.prototype, 'guestCount').mockResolvedValue(0),
      vi.spyOn(Administration.prototype, 'delete').mockResolvedValue({ id: 'bob' } as AccountSummary),
    ];
    try {
      const priceOf = async (): Promise<number> => {
        const { errors, extensions } = (await post(query, { 'x-test-role': 'owner' })).json();
        expect(errors).toBeUndefined();
        return extensions.cost.price;
      };
      await start({});
      const without = await priceOf();
      await app.shutDown(0);
      for (const spy of [size, entries]) spy.mockResolvedValue(10_000);
      await start({ WATCHLIST: 10_000, FEEDBACK: 10_000, RATING: 10_000, PLAY: 10_000 });
      expect((await priceOf()) - without).toBeCloseTo(points, 6);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });

  it('costs anybody by the list that its owner shares', async () => {
    const priceOf = async (): Promise<number> => {
      await library.watchlistLinks.put('bob', { id: 'a-list-of-bob-00000000', name: 'Bob', createdAt: new Date() });
      const query = '{ recommendations(sharedWatchlistId: "a-list-of-bob-00000000", first: 1) { totalCount } }';
      return (await post(query)).json().extensions.cost.price;
    };
    await start({});
    const without = await priceOf();
    await app.shutDown(0);
    await start({ WATCHLIST: 10_000 });
    expect((await priceOf()) - without).toBeCloseTo(300, 6);
  });

  it('reads the profile of a viewer once for many rankings, and is paid for each', async () => {
    await start({});
    let profiles = 0;
    library.opinions = async () => {
      profiles++;
      return { liked: [], disliked: [], lowRatings: [], seen: Array<number>(1_000).fill(1) };
    };
    const rankings = Array.from({ length: 20 }, (_, n) => `a${n}: recommendations(first: ${n + 1}) { totalCount }`);
    const { price } = (await post(`{ ${rankings.join(' ')} }`)).json().extensions.cost;
    // 100 for a ranking, 0.5 for each of its movies, 0.1 for the field, and 60 for the 1,000 movies that the viewer has seen.
    expect(price).toBeCloseTo(20 + 20 * 160.1 + (20 * 21 * 0.5) / 2, 6);
    expect(profiles).toBe(1);
  });
});
