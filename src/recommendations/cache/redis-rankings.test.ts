import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis, type RealRedis, startRedis } from '../../../test/real-servers/redis.ts';
import { usableRedis } from '../../../test/usable-redis.ts';
import type { GuardedRedis } from '../../redis/guarded-redis.ts';
import { redisRankings } from './redis-rankings.ts';

const DAY_MS = 86_400_000;
const { path = '', hint } = findRedis();

describe.skipIf(path === '')(`rankings in Redis${path === '' ? ` (${hint})` : ''}`, () => {
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

  it('are the bytes that were set, expire after a day, and are undefined when there are none', async () => {
    const rankings = redisRankings(redis);
    expect(await rankings.get('cinematch:ranking:x')).toBeUndefined();
    const bytes = Buffer.from([0, 255, 128, 10]);
    rankings.set('cinematch:ranking:x', bytes);
    await expect.poll(() => rankings.get('cinematch:ranking:x')).toEqual(bytes);
    const left = await server.client().pttl('cinematch:ranking:x');
    expect(left).toBeGreaterThan(DAY_MS - 60_000);
    expect(left).toBeLessThanOrEqual(DAY_MS);
  });
});
