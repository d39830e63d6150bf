import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import type { TestAppOptions } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import { filePrice } from '../http/export-routes.ts';
import { HeavyQueue } from '../rate-limit/heavy-queue.ts';
import { PointBudgets } from '../rate-limit/point-budgets.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { HEAVY_PRICE } from './admission.ts';
import { EVENT_PRICE } from './hook-receivers.ts';

const NO_METRICS = { refused: () => undefined };
const FILES = ['/export.json', '/export.csv', '/audit.csv'];
const MANY = { perAddress: 1e6, anonymous: 1e6, perUser: 1e6, perKey: 1e6 };
/** The first file that is heavy. */
const HEAVY_ROWS = 2 * (HEAVY_PRICE - 100);

describe('a route that spends points', () => {
  let snapshot: Snapshot;
  let app: ViewerApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });
  afterEach(() => app.shutDown(0));

  const budgets = (points: Partial<typeof MANY>) => new PointBudgets({ ...MANY, ...points }, { metrics: NO_METRICS, now: () => 45_000 });
  const start = async (options: TestAppOptions = {}) => {
    app = await viewerApp(() => snapshot, options);
  };
  const owner = (userId = 'ann') => ({ ...app.viewer(userId).headers, 'x-test-role': 'owner' });
  const get = (url: string, headers = owner()) => app.fastify.inject({ url, headers });
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it.each(FILES)('is refused like a query when the points are used up, and answered until then: %s', async (path) => {
    const price = filePrice(0);
    await start({ pointBudgets: budgets({ perUser: 3 * price + 20 }) });
    for (let file = 1; file <= 3; file++) expect((await get(path)).statusCode).toBe(200);
    const file = await get(path);
    const query = await app.fastify.inject({ method: 'POST', url: '/graphql', headers: owner(), payload: { query: '{ viewer { id } }' } });
    expect([file.statusCode, file.headers['retry-after'], file.headers['cache-control']]).toEqual([429, '15', 'no-store']);
    expect([query.statusCode, query.headers['retry-after']]).toEqual([429, '15']);
    const spent = { code: 'RATE_LIMITED', budget: 'points-user', spent: 3 * price, max: 3 * price + 20, retryAfterSeconds: 15 };
    expect(file.json().errors[0].extensions).toEqual({ ...spent, cost: price });
    expect(query.json().errors[0].extensions).toEqual({ ...spent, cost: 21 });
    // Those of somebody else are left.
    expect((await get(path, owner('bob'))).statusCode).toBe(200);
  });

  it('costs at most a third of the budget, however many rows there are', async () => {
    await start({ pointBudgets: budgets({ perUser: 3 * filePrice(0) - 3 }) });
    for (let file = 1; file <= 3; file++) expect((await get('/export.json')).statusCode).toBe(200);
    const refused = await get('/export.json');
    expect([refused.statusCode, refused.json().errors[0].extensions.cost]).toEqual([429, filePrice(0) - 1]);
  });

  it('costs by the rows of the library, all lists together', async () => {
    await start({ pointBudgets: budgets({ perUser: 1e6 }) });
    await app
      .viewer('ann')
      .ask('mutation { a: addToWatchlist(movieId: "1") { watched } b: setFeedback(movieId: "1", signal: LIKE) { id } }');
    await app.viewer('ann').ask('mutation { a: rateMovie(movieId: "2571", stars: 3) { id } b: addPlay(movieId: "2571") { id } }');
    const before = filePrice(0);
    const spentBy = async (path: string) => {
      const cost = () =>
        app.fastify.inject({
          method: 'POST',
          url: '/graphql',
          headers: owner(),
          payload: { query: '{ __typename }', extensions: { cost: true } },
        });
      const { spent } = (await cost()).json().extensions.cost;
      await get(path);
      const after = (await cost()).json().extensions.cost;
      return after.spent - spent - Math.ceil(after.price);
    };
    expect(await spentBy('/audit.csv')).toBe(before);
    expect(await spentBy('/export.json')).toBe(before + 2);
    expect(await spentBy('/export.csv')).toBe(before + 2);
  });

  it.each(['/export.json', '/export.csv'])('waits for its turn when it is heavy, and passes when it is not: %s', async (path) => {
    const heavyQueue = new HeavyQueue({ running: 1, waiting: 1, waitingOfCaller: 1 });
    let rows = HEAVY_ROWS - 1;
    const exports = { json: async () => [Buffer.from('{}')], csv: async () => [Buffer.from('x')], rowCount: async () => rows };
    await start({ heavyQueue, exports });
    const running = heavyQueue.enter('somebody');
    expect((await get(path)).statusCode).toBe(200);
    rows = HEAVY_ROWS;
    const waiting = get(path);
    while (heavyQueue.length === 0) await turn();
    const full = await get(path);
    expect([full.statusCode, full.headers['retry-after'], full.json().errors[0].extensions]).toEqual([
      503,
      '2',
      { code: 'OVERLOADED', retryAfterSeconds: 2 },
    ]);
    running?.leave();
    expect((await waiting).statusCode).toBe(200);
    // Its place is free again.
    expect((await get(path)).statusCode).toBe(200);
    expect(app.metrics.of('heavyWaited')).toHaveLength(0);
    expect(heavyQueue.length).toBe(0);
  });

  it('ends when its time is up: while it waits, and at the next step of its work', async () => {
    const heavyQueue = new HeavyQueue({ running: 1, waiting: 9, waitingOfCaller: 9 });
    let steps = 0;
    const json = async (_user: string, _where: boolean, check: () => void = () => undefined) => {
      for (;;) {
        steps++;
        await turn();
        check();
      }
    };
    await start({ heavyQueue, requestTimeoutMs: 50, exports: { json, csv: async () => [], rowCount: async () => HEAVY_ROWS } });
    const timedOut = { message: 'The request took longer than 50 ms. Ask for less at once.', extensions: { code: 'TIMEOUT' } };
    const running = heavyQueue.enter('somebody');
    const late = await get('/export.json');
    expect([late.statusCode, late.json().errors, steps]).toEqual([503, [timedOut], 0]);
    running?.leave();
    const cut = await get('/export.json');
    expect([cut.statusCode, cut.json().errors]).toEqual([503, [timedOut]]);
    expect(steps).toBeGreaterThan(0);
    const place = heavyQueue.enter('somebody');
    expect(heavyQueue.length).toBe(0);
    place?.leave();
  });

  it('spends the points of its hook for an event, before the event is read', async () => {
    await start({ pointBudgets: budgets({ perKey: 2 * EVENT_PRICE - 1 }) });
    const { createHook } = await app.viewer('ann').ask<{ createHook: { token: string } }>('mutation { createHook { token } }');
    const event = () => app.fastify.inject({ method: 'POST', url: `/hooks/${createHook.token}`, payload: '{' });
    expect((await event()).statusCode).toBe(400);
    const refused = await event();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '15']);
    const spent = { budget: 'points-key', cost: EVENT_PRICE, spent: EVENT_PRICE, max: 2 * EVENT_PRICE - 1, retryAfterSeconds: 15 };
    expect(refused.json().errors[0].extensions).toEqual({ code: 'RATE_LIMITED', ...spent });
    // The profile has a budget of its own.
    expect((await get('/export.json')).statusCode).toBe(200);
  });
});
