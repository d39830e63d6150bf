import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis, type RealRedis, startRedis } from '../../test/real-servers/redis.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import { connectRedis } from '../redis/connect.ts';
import { GuardedRedis } from '../redis/guarded-redis.ts';
import { RateLimiter, type RateRule, type SharedCounts } from './rate-limiter.ts';
import { redisCounts } from './redis-counts.ts';

const MINUTE = 60_000;
const THREE: RateRule = { name: 'three', limit: 3, windowMs: MINUTE, exact: false };
const EXACT: RateRule = { ...THREE, name: 'exact', exact: true };
const START = 1_000 * MINUTE;

async function verdicts(limiter: RateLimiter, rule: RateRule, times: number, caller = 'caller'): Promise<boolean[]> {
  const allowed: boolean[] = [];
  for (let n = 0; n < times; n++) allowed.push((await limiter.take(caller, rule)).allowed);
  return allowed;
}

describe('the rate limiter', () => {
  it.each([THREE, EXACT])('allows as many requests as the rule, until the window ends ($name)', async (rule) => {
    let now = START + 15_000;
    const limiter = new RateLimiter({ now: () => now });
    expect(await verdicts(limiter, rule, 5)).toEqual([true, true, true, false, false]);
    expect(await limiter.take('caller', rule)).toEqual({ allowed: false, retryAfterSeconds: 45, used: 3 });
    now = START + MINUTE - 1;
    expect(await limiter.take('caller', rule)).toEqual({ allowed: false, retryAfterSeconds: 1, used: 3 });
    now = START + MINUTE;
    expect(await verdicts(limiter, rule, 4)).toEqual([true, true, true, false]);
  });

  it('counts each caller and each rule separately', async () => {
    const limiter = new RateLimiter({ now: () => START });
    expect(await verdicts(limiter, THREE, 4, 'one')).toEqual([true, true, true, false]);
    expect(await verdicts(limiter, THREE, 1, 'other')).toEqual([true]);
    expect(await verdicts(limiter, EXACT, 1, 'one')).toEqual([true]);
  });

  it('counts what is on its way to the shared count, which may not answer', async () => {
    const asked: [string, number, number][] = [];
    const silent: SharedCounts = {
      add: (...of) => {
        asked.push(of);
        return new Promise(() => undefined);
      },
    };
    const later = new RateLimiter({ shared: silent, now: () => START });
    expect(await verdicts(later, THREE, 5)).toEqual([true, true, true, false, false]);
    expect(await later.take('caller', THREE)).toMatchObject({ used: 3 });
    // One message at a time: the second and third request wait for the answer to the first.
    expect(asked).toEqual([['cinematch:rate:three:1000:caller', 1, MINUTE]]);

    const exact = new RateLimiter({ shared: silent, now: () => START });
    for (let n = 0; n < 3; n++) void exact.take('caller', EXACT);
    expect(await exact.take('caller', EXACT)).toMatchObject({ allowed: false, used: 3 });
    expect(asked).toHaveLength(4);
  });

  it('sends together what arrived while a message was on its way', async () => {
    const amounts: number[] = [];
    const answers: ((total: number) => void)[] = [];
    const shared: SharedCounts = {
      add: (_key, amount) => {
        amounts.push(amount);
        return new Promise((resolve) => answers.push(resolve));
      },
    };
    const rule = { ...THREE, limit: 100 };
    const limiter = new RateLimiter({ shared, now: () => START });
    for (const amount of [1, 2, 4]) void limiter.take('caller', rule, amount);
    answers[0](50);
    await sleep(0);
    expect(amounts).toEqual([1, 6]);
    answers[1](56);
    await sleep(0);
    expect(limiter.take('caller', rule, 44)).toMatchObject({ allowed: true, used: 100 });
    expect(limiter.take('caller', rule)).toMatchObject({ allowed: false, used: 100 });
    expect(amounts).toEqual([1, 6, 44]);
  });

  it('believes an exact shared count that is higher than its own, and its own when none comes', async () => {
    const totals: (number | undefined)[] = [3, 4, undefined];
    const limiter = new RateLimiter({ shared: { add: async () => totals.shift() }, now: () => START });
    expect(await limiter.take('a', EXACT)).toMatchObject({ allowed: true, used: 3 });
    expect(await limiter.take('a', EXACT)).toMatchObject({ allowed: false, used: 3 });
    expect(await limiter.take('b', EXACT)).toMatchObject({ allowed: false, used: 4 });
    expect(await limiter.take('c', EXACT)).toMatchObject({ allowed: true, used: 1 });
    expect(totals).toEqual([]);
  });

  it('takes an amount that just fits, and refuses and does not count one more', async () => {
    const limiter = new RateLimiter({ now: () => START });
    expect(limiter.take('caller', THREE, 2)).toMatchObject({ allowed: true, used: 2 });
    expect(limiter.take('caller', THREE, 2)).toMatchObject({ allowed: false, used: 2 });
    expect(limiter.take('caller', THREE, 1)).toMatchObject({ allowed: true, used: 3 });
  });

  it('gives back what it counted in this window, and nothing else', async () => {
    let now = START;
    const added: number[] = [];
    const shared: SharedCounts = {
      add: async (_key, amount) => {
        added.push(amount);
        return undefined;
      },
    };
    const limiter = new RateLimiter({ shared, now: () => now });
    limiter.giveBack('caller', EXACT);
    expect(await verdicts(limiter, EXACT, 4)).toEqual([true, true, true, false]);
    limiter.giveBack('caller', EXACT);
    expect(await verdicts(limiter, EXACT, 2)).toEqual([true, false]);
    expect(added).toEqual([1, 1, 1, -1, 1]);
    now += MINUTE;
    limiter.giveBack('caller', EXACT);
    expect(await verdicts(limiter, EXACT, 4)).toEqual([true, true, true, false]);
    for (let n = 0; n < 5; n++) limiter.giveBack('caller', EXACT);
    expect(added.filter((amount) => amount < 0)).toHaveLength(4);
  });

  const { path = '', hint } = findRedis();
  describe.skipIf(path === '')(`with counts in Redis${path === '' ? ` (${hint})` : ''}`, () => {
    let server: RealRedis;
    const redises: GuardedRedis[] = [];
    beforeAll(async () => {
      server = await startRedis(path);
    });
    afterAll(async () => {
      for (const redis of redises) redis.close();
      await server.stop();
    });

    const limiter = async (): Promise<RateLimiter> => {
      const silent = { info: () => undefined, warn: () => undefined };
      const settings = { server: { kind: 'single', url: server.url }, username: undefined, password: undefined, tls: false } as const;
      const redis = new GuardedRedis(connectRedis({ ...settings, tlsCaFile: undefined }), silent, NO_METRICS);
      redises.push(redis);
      while (redis.isOpen) await sleep(10);
      return new RateLimiter({ shared: redisCounts(redis), now: () => START });
    };

    it('shares an exact count: two servers together allow as many requests as one', async () => {
      const [one, other] = [await limiter(), await limiter()];
      const all = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : other).take('shared', EXACT)));
      expect(all.filter(({ allowed }) => allowed)).toHaveLength(3);
    });

    it('shares the other counts a moment later without a request that waits', async () => {
      const [one, other] = [await limiter(), await limiter()];
      const first = [1, 2].map(() => one.take('later', THREE));
      expect(first.every((verdict) => !(verdict instanceof Promise))).toBe(true);
      const count = server.client();
      while ((await count.get('cinematch:rate:three:1000:later')) !== '2') await sleep(10);
      expect(other.take('later', THREE)).toMatchObject({ allowed: true });
      while ((await count.get('cinematch:rate:three:1000:later')) !== '3') await sleep(10);
      await sleep(50);
      expect(other.take('later', THREE)).toMatchObject({ allowed: false });
      expect(await count.pttl('cinematch:rate:three:1000:later')).toBeGreaterThan(MINUTE - 5_000);
    });

    it('counts alone while Redis is away, and keeps the count when Redis returns empty', async () => {
      const alone = await limiter();
      expect(await verdicts(alone, EXACT, 2, 'gone')).toEqual([true, true]);
      await server.kill();
      expect(await verdicts(alone, EXACT, 3, 'gone')).toEqual([true, false, false]);
      await server.start();
      await sleep(600);
      expect(await verdicts(alone, EXACT, 1, 'gone')).toEqual([false]);
    });
  });
});
