import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { recordingMetrics } from '../../test/recording-metrics.ts';
import { emptyLibrary, type TestAppOptions } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import type { HttpError } from '../http/http-error.ts';
import { HeavyQueue } from '../rate-limit/heavy-queue.ts';
import { PointBudgets } from '../rate-limit/point-budgets.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { Admission, HEAVY_PRICE } from './admission.ts';

const CHEAP = 'query { movie(id: "1") { id title } }';
/** More than 1,000 points. */
const HEAVY = `query { recommendations(first: 100, prefs: { likedMovieIds: [${'"1", '.repeat(500)}] }) { nodes { score movie { title } } } }`;

describe('an operation', () => {
  let snapshot: Snapshot;
  let app: ViewerApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });
  afterEach(() => app.shutDown(0));

  const start = async (options: TestAppOptions = {}, points = { perAddress: 1_000, anonymous: 35, perUser: 50, perKey: 50 }) => {
    const metrics = recordingMetrics();
    const pointBudgets = new PointBudgets(points, { metrics, now: () => 45_000 });
    app = await viewerApp(() => snapshot, { pointBudgets, metrics, ...options });
    return metrics;
  };
  const post = (query: string, headers: Record<string, string> = {}, extensions?: object) =>
    app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload: { query, extensions } });

  it('spends points, and is refused with what is spent when they are used up', async () => {
    await start();
    expect((await post(CHEAP)).statusCode).toBe(200);
    const refused = await post(`${CHEAP} #`);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '15']);
    const extensions = { code: 'RATE_LIMITED', budget: 'points-anonymous', cost: 21, spent: 21, max: 35, retryAfterSeconds: 15 };
    expect(refused.json().errors[0].extensions).toEqual(extensions);
  });

  it('of somebody signed in spends the budget of the user', async () => {
    await start();
    const { headers } = app.viewer();
    const statuses = [1, 2, 3].map(async () => (await post(CHEAP, headers)).statusCode);
    expect((await Promise.all(statuses)).sort()).toEqual([200, 200, 429]);
  });

  it('is told its price when it asks', async () => {
    await start();
    expect((await post(CHEAP)).json().extensions).toBeUndefined();
    const cost = { price: 20.3, maxPrice: 10_000, budget: 'points-user', spent: 21, max: 50 };
    expect((await post(CHEAP, app.viewer().headers, { cost: true })).json().extensions).toEqual({ cost });
  });

  it('that is heavy waits for its turn while a light one passes', async () => {
    const heavyQueue = new HeavyQueue({ running: 1, waiting: 1, waitingOfCaller: 1 });
    const metrics = await start({ heavyQueue }, { perAddress: 1e6, anonymous: 1e6, perUser: 1e6, perKey: 1e6 });
    const running = heavyQueue.enter('somebody');
    const waiting = post(HEAVY);
    while (heavyQueue.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await post(CHEAP)).statusCode).toBe(200);
    const full = await post(`${HEAVY} #`);
    expect([full.statusCode, full.headers['retry-after']]).toEqual([503, '2']);
    expect(full.json().errors[0].extensions.code).toBe('OVERLOADED');
    expect(metrics.of('refused')).toEqual([['heavy-queue']]);
    expect(metrics.of('heavyWaited')).toHaveLength(0);
    running?.leave();
    expect((await waiting).statusCode).toBe(200);
    expect(metrics.of('heavyWaited')).toHaveLength(1);
    // Its place is free again.
    expect((await post(`${HEAVY} ##`)).statusCode).toBe(200);
    expect(heavyQueue.length).toBe(0);
  });

  it('that reads a large library spends points for it, says so, and waits for its turn once', async () => {
    const heavyQueue = new HeavyQueue({ running: 1, waiting: 9, waitingOfCaller: 9 });
    const library = await emptyLibrary();
    const seen = Array<number>(20_000).fill(1);
    library.opinions = async () => ({ liked: [], disliked: [], lowRatings: [], seen });
    const metrics = await start({ heavyQueue, library }, { perAddress: 1e6, anonymous: 1e6, perUser: 4_000, perKey: 50 });
    const twice = (first: number) => `{ a: recommendations(first: ${first}) { totalCount } b: recommendations(first: 1) { totalCount } }`;
    const running = heavyQueue.enter('somebody');
    const { headers } = app.viewer();
    const waiting = post('{ recommendations(first: 1) { totalCount } }', headers, { cost: true });
    while (heavyQueue.length === 0) await new Promise((resolve) => setImmediate(resolve));
    running?.leave();
    // 20 for the operation, 100.5 for the ranking, 0.1 for the field, and 0.06 for each movie.
    const cost = { price: 120.6 + 1_200, maxPrice: 10_000, budget: 'points-user', spent: 121 + 1_200, max: 4_000 };
    expect((await waiting).json()).toMatchObject({ data: { recommendations: {} }, extensions: { cost } });
    // Its two rankings have one place: a second one would never come.
    expect((await post(twice(2), headers)).statusCode).toBe(200);
    expect(metrics.of('heavyWaited')).toHaveLength(2);
    expect((await post('{ recommendations(first: 2) { totalCount } }', headers)).statusCode).toBe(429);
  });

  it('that waits too long leaves the queue, sooner when nobody is signed in', async () => {
    const heavyQueue = new HeavyQueue({ running: 1, waiting: 9, waitingOfCaller: 9 });
    const points = { perAddress: 1e6, anonymous: 1e6, perUser: 1e6, perKey: 1e6 };
    await start({ heavyQueue, requestTimeoutMs: 60_000, anonymousTimeoutMs: 50 }, points);
    const running = heavyQueue.enter('somebody');
    const signedIn = post(HEAVY, app.viewer().headers);
    const anonymous = await post(HEAVY);
    expect([anonymous.statusCode, anonymous.json().errors[0].extensions.code]).toEqual([503, 'TIMEOUT']);
    expect(anonymous.json().errors[0].message).toContain('50 ms');
    expect(heavyQueue.length).toBe(1);
    running?.leave();
    expect((await signedIn).statusCode).toBe(200);
  });
});

describe('the caller of heavy work', () => {
  it('is the user, and for guests and callers that are not signed in their address', async () => {
    const queue = new HeavyQueue({ running: 1, waiting: 9, waitingOfCaller: 1 });
    const metrics = recordingMetrics();
    const admission = new Admission({ budgets: undefined, queue, metrics });
    const guest = (userId: string) => ({ userId, isGuest: true });
    const enter = async (address: string, identity?: { userId: string; isGuest: boolean }) => {
      try {
        return (await admission.admit({ address, identity }, HEAVY_PRICE)).place !== undefined;
      } catch (error) {
        return (error as HttpError).code;
      }
    };
    queue.enter('who runs');
    expect(await enter('192.0.2.1', guest('one'))).toBe(true);
    expect(await enter('192.0.2.1', guest('two'))).toBe('OVERLOADED');
    expect(await enter('192.0.2.1')).toBe('OVERLOADED');
    expect(await enter('192.0.2.2', guest('two'))).toBe(true);
    expect(await enter('192.0.2.1', { userId: 'ann', isGuest: false })).toBe(true);
    expect(await enter('192.0.2.9', { userId: 'ann', isGuest: false })).toBe('OVERLOADED');
    expect(await enter('192.0.2.1', { userId: 'bob', isGuest: false })).toBe(true);
    expect(metrics.of('refused')).toHaveLength(3);
    // Work below the price has no place to wait in.
    expect((await admission.admit({ address: '192.0.2.1', identity: undefined }, HEAVY_PRICE - 0.1)).place).toBeUndefined();
  });
});
