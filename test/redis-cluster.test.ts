import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { fixtureSnapshot } from './fixture-release.ts';
import { findRedis, type RealCluster, startRedisCluster } from './real-servers/redis.ts';
import { type CachedApp, cachedApp, eventually, underLoad } from './redis-load.ts';
import { type TestApp, testApp } from './running-app.ts';

const { path = '', hint } = findRedis();

describe.skipIf(path === '')(`a Redis Cluster of three${path === '' ? ` (${hint})` : ''}`, () => {
  let snapshot: Snapshot;
  let cluster: RealCluster;
  let app: CachedApp;
  let reference: TestApp;
  beforeAll(async () => {
    [snapshot, cluster] = await Promise.all([fixtureSnapshot(), startRedisCluster(path)]);
    reference = await testApp(() => snapshot);
    const nodes = cluster.nodes.map(({ host, port }) => `${host}:${port}`);
    app = await cachedApp(snapshot, { REDIS_CLUSTER: nodes.join(','), RATE_LIMIT_PER_ADDRESS: '100000' });
    await eventually('the cluster is connected', () => app.redisLines().includes('Redis is connected'));
  });
  afterAll(async () => {
    await app.shutDown(0);
    await reference.shutDown(0);
    await cluster.stop();
  });

  it('spreads rankings and counts over all nodes', async () => {
    const rankingsOn = async (port: number): Promise<number> =>
      (await keysOf(port)).filter((key) => key.startsWith('cinematch:ranking:')).length;
    const { failed } = await underLoad(app, reference, () =>
      eventually('each node has some', async () => {
        const counts = await Promise.all(cluster.nodes.map(({ port }) => rankingsOn(port)));
        return counts.every((count) => count > 3);
      }),
    );
    expect(failed).toEqual([]);
    const kept = await Promise.all(cluster.nodes.map(({ port }) => keysOf(port)));
    expect(kept.flat().some((key) => key.startsWith('cinematch:rate:address:'))).toBe(true);
    expect(await app.metric('cinematch_redis_commands_total{command="get",outcome="failed"}')).toBe(0);
  });

  it('may lose a node: no request fails, and the log has one line', async () => {
    const gone = (): boolean => app.redisLines().at(-1) === 'Redis fails: the server goes on without it';
    const { failed, requests, slowestMs } = await underLoad(app, reference, async () => {
      await cluster.kill(1);
      await eventually('it is noticed', gone);
      await sleep(2_000);
    });
    expect(failed).toEqual([]);
    expect(requests).toBeGreaterThan(50);
    expect(slowestMs).toBeLessThan(1_500);
    expect(gone()).toBe(true);
  });
});

async function keysOf(port: number): Promise<string[]> {
  const client = new Redis(port, '127.0.0.1');
  try {
    return await client.keys('*');
  } finally {
    client.disconnect();
  }
}
