import { describe, expect, it } from 'vitest';
import { recordingMetrics } from '../../test/recording-metrics.ts';
import { parseEnvironment } from '../environment/environment.ts';
import { PointBudgets } from './point-budgets.ts';

const SETTINGS = { perAddress: 30, anonymous: 10, perUser: 20, perKey: 15 };
const HOME = { address: '192.0.2.1', identity: undefined };
const ANN = { address: '192.0.2.1', identity: { userId: 'ann' } };

describe('budgets of points', () => {
  it('have the sizes of the environment', () => {
    const { points } = parseEnvironment({ RATE_LIMIT_POINTS_ANONYMOUS: '7', RATE_LIMIT_POINTS_PER_KEY: '9' });
    expect(points).toEqual({ perAddress: 600_000, anonymous: 7, perUser: 300_000, perKey: 9 });
    expect(parseEnvironment({ RATE_LIMIT: 'off' }).points).toBeUndefined();
  });

  it('are spent to the last point and not beyond, until the minute ends', async () => {
    let now = 45_000;
    const metrics = recordingMetrics();
    const budgets = new PointBudgets(SETTINGS, { metrics, now: () => now });
    expect(await budgets.spend(HOME, 8.2)).toMatchObject({ allowed: true, budget: 'points-anonymous', spent: 9, max: 10 });
    expect(await budgets.spend(HOME, 2)).toEqual({ allowed: false, budget: 'points-anonymous', spent: 9, max: 10, retryAfterSeconds: 15 });
    expect(await budgets.spend(HOME, 1)).toMatchObject({ allowed: true, spent: 10 });
    expect(metrics.of('refused')).toEqual([['points-anonymous']]);
    now = 60_000;
    expect(await budgets.spend(HOME, 10)).toMatchObject({ allowed: true, spent: 10 });
  });

  it('are larger for who is signed in, and bounded by that of the address', async () => {
    const budgets = new PointBudgets(SETTINGS, { metrics: recordingMetrics(), now: () => 0 });
    expect(await budgets.spend(ANN, 20)).toMatchObject({ allowed: true, budget: 'points-user', spent: 20, max: 20 });
    expect(await budgets.spend(ANN, 1)).toMatchObject({ allowed: false, budget: 'points-user' });
    const key = { ...ANN, identity: { userId: 'ann', keyId: 'key' } };
    expect(await budgets.spend(key, 10)).toMatchObject({ allowed: true, budget: 'points-key', spent: 10, max: 15 });
    expect(await budgets.spend(key, 1)).toMatchObject({ allowed: false, budget: 'points-address', spent: 30, max: 30 });
    expect(await budgets.spend({ ...key, address: '192.0.2.2' }, 1)).toMatchObject({ allowed: true, budget: 'points-key' });
  });

  it('take for work on rows no more than a third of the smallest, and at least a point', () => {
    const priced = (settings: Partial<typeof SETTINGS>, points: number) =>
      new PointBudgets({ ...SETTINGS, ...settings }, { metrics: recordingMetrics() }).priceOfRows(ANN, points);
    expect([5.5, 6, 7, 1e9].map((points) => priced({}, points))).toEqual([5.5, 6, 6, 6]);
    expect(priced({ perAddress: 9 }, 1e9)).toBe(3);
    expect(priced({ perUser: 2 }, 1e9)).toBe(1);
    const key = { ...ANN, identity: { userId: 'ann', keyId: 'key' } };
    expect(new PointBudgets(SETTINGS, { metrics: recordingMetrics() }).priceOfRows(key, 1e9)).toBe(5);
  });

  it('owe what nobody may refuse, and refuse what follows', async () => {
    const budgets = new PointBudgets(SETTINGS, { metrics: recordingMetrics(), now: () => 0 });
    budgets.owe(ANN, 19.5);
    expect(await budgets.spend(ANN, 1)).toMatchObject({ allowed: false, budget: 'points-user', spent: 20, max: 20 });
    budgets.owe(ANN, 9);
    expect(await budgets.spend(HOME, 1)).toMatchObject({ allowed: true });
    expect(await budgets.spend(HOME, 1)).toMatchObject({ allowed: false, budget: 'points-address', spent: 30, max: 30 });
    budgets.owe(HOME, 9);
    expect(await budgets.spend(HOME, 1)).toMatchObject({ allowed: false, budget: 'points-anonymous', spent: 11, max: 10 });
  });

  it('owe to servers that share their counts', async () => {
    const asked: [string, number][] = [];
    const shared = {
      async add(key: string, amount: number) {
        asked.push([key.split(':')[2], amount]);
        return amount;
      },
    };
    new PointBudgets(SETTINGS, { metrics: recordingMetrics(), shared, now: () => 0 }).owe(ANN, 25);
    expect(asked).toEqual([
      ['points-user', 25],
      ['points-address', 25],
    ]);
  });

  it('are spent without waiting for the shared count', async () => {
    const shared = { add: () => new Promise<undefined>(() => undefined) };
    const budgets = new PointBudgets(SETTINGS, { metrics: recordingMetrics(), shared, now: () => 0 });
    const waiting = new Promise((resolve) => setTimeout(() => resolve('waits'), 1_000));
    expect(await Promise.race([budgets.spend(HOME, 10), waiting])).toMatchObject({ allowed: true, spent: 10 });
    expect(await Promise.race([budgets.spend(HOME, 1), waiting])).toMatchObject({ allowed: false, spent: 10 });
  });

  it('of anonymous callers and of addresses are those of 64 bits of IPv6', async () => {
    const budgets = new PointBudgets(SETTINGS, { metrics: recordingMetrics(), now: () => 0 });
    const spend = async (address: string) => (await budgets.spend({ address, identity: undefined }, 10)).allowed;
    expect(await spend('2001:db8:1:1::1')).toBe(true);
    expect(await spend('2001:db8:1:1::2')).toBe(false);
    expect(await spend('2001:db8:1:2::1')).toBe(true);
  });

  it('are shared by servers that share their counts', async () => {
    const counts = new Map<string, number>();
    const shared = {
      async add(key: string, amount: number) {
        counts.set(key, (counts.get(key) ?? 0) + amount);
        return counts.get(key);
      },
    };
    const servers = [1, 2].map(() => new PointBudgets(SETTINGS, { metrics: recordingMetrics(), shared, now: () => 0 }));
    await servers[0].spend(HOME, 9);
    await servers[1].spend(HOME, 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await servers[1].spend(HOME, 1)).toMatchObject({ allowed: false, spent: 10 });
  });
});
