import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis, type RealRedis, startRedis } from '../../test/real-servers/redis.ts';
import { usableRedis } from '../../test/usable-redis.ts';
import { Workload } from '../metrics/workload/workload.ts';
import type { GuardedRedis } from '../redis/guarded-redis.ts';
import { redisWorkload } from './redis-workload.ts';

const KEY = 'cinematch:workload:1';
const DAY_MS = 86_400_000;
const { path = '', hint } = findRedis();

describe.skipIf(path === '')(`workload in Redis${path === '' ? ` (${hint})` : ''}`, () => {
  let server: RealRedis;
  let redis: GuardedRedis;
  beforeAll(async () => {
    server = await startRedis(path);
    redis = await usableRedis(server.url);
  });
  afterAll(async () => {
    redis.close();
    await server.stop();
  });

  it('is summed over servers, outlives them for a day, and leaves out what is older or broken', async () => {
    const workload = () => new Workload({ readyHits: () => 0, shared: redisWorkload(redis) });
    const [gone, one, other] = [workload(), workload(), workload()];
    gone.request('/graphql', 200, 0.001);
    await gone.publish();
    one.request('/graphql', 200, 0.001);
    await one.publish();
    other.request('/graphql', 500, 0.001);
    const client = server.client();
    await client.hset(KEY, 'older', `${Date.now() - DAY_MS - 1} {"hour":[],"day":[]}`, 'broken', 'x');
    const { servers, hour } = await other.report();
    expect([servers, hour.total.requests, hour.total.errors]).toEqual([3, 3, { 'HTTP 500': 1 }]);
    await expect.poll(() => client.hlen(KEY)).toBe(2);
    expect(await client.pttl(KEY)).toBeGreaterThan(DAY_MS - 60_000);
  });
});
