import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRedis, type RealRedis, startRedis, startRedisCluster } from '../../test/real-servers/redis.ts';
import { type RecordingMetrics, recordingMetrics } from '../../test/recording-metrics.ts';
import { connectRedis } from './connect.ts';
import { GuardedRedis } from './guarded-redis.ts';

const { path = '', hint } = findRedis();

const PLAIN = { username: undefined, password: undefined, tls: false, tlsCaFile: undefined };

describe.skipIf(path === '')(`Redis behind a circuit breaker${path === '' ? ` (${hint})` : ''}`, () => {
  let server: RealRedis;
  let redis: GuardedRedis;
  let metrics: RecordingMetrics;
  let logged: string[];
  beforeEach(async () => {
    server = await startRedis(path);
    [metrics, logged] = [recordingMetrics(), []];
    const log = (_about: object, message: string): void => void logged.push(message);
    const client = connectRedis({ ...PLAIN, server: { kind: 'single', url: server.url } });
    redis = new GuardedRedis(client, { info: log, warn: log }, metrics);
    while (redis.isOpen) await sleep(10);
  });
  afterEach(async () => {
    redis.close();
    await server.stop();
  });
  const outcomes = () => metrics.of('redisCommand').map(([, outcome]) => outcome);
  const get = (key: string) => redis.read('get', key, (client) => client.get(key));
  const timed = async (): Promise<number> => {
    const begun = performance.now();
    expect(await get('key')).toBeUndefined();
    return performance.now() - begun;
  };

  it('waits 20 ms for an answer, three times in a row, and then sends nothing', async () => {
    server.suspend();
    const waited = [await timed(), await timed(), await timed()];
    // The minimum: a busy machine can make any of them longer.
    expect(Math.min(...waited)).toBeGreaterThan(18);
    expect(Math.min(...waited)).toBeLessThan(45);
    expect(outcomes()).toEqual(['late', 'late', 'late']);
    expect(redis.isOpen).toBe(true);
    const left = [];
    for (let n = 0; n < 20; n++) left.push(await timed());
    expect(Math.min(...left)).toBeLessThan(1);
    expect(outcomes()).toHaveLength(3);
    server.resume();
    while (redis.isOpen) await sleep(10);
    expect(await get('key')).toBeNull();
    expect(logged).toEqual(['Redis is connected', 'Redis fails: the server goes on without it', 'Redis works again']);
  });

  it('stays closed after errors that concern one key', async () => {
    await server.client().rpush('list', 'x');
    for (let n = 0; n < 5; n++) expect(await get('list')).toBeUndefined();
    expect(outcomes()).toEqual(Array.from({ length: 5 }, () => 'failed'));
    expect(redis.isOpen).toBe(false);
  });

  it('opens at once after an error that lasts, and says once what to change', async () => {
    await server.client().call('ACL', 'SETUSER', 'default', '-get');
    for (let n = 0; n < 5; n++) expect(await get('key')).toBeUndefined();
    expect(outcomes()).toEqual(['failed']);
    await sleep(600);
    expect(redis.isOpen).toBe(true);
    expect(logged).toEqual([
      'Redis is connected',
      expect.stringMatching(/^Redis is not used, it answers NOPERM: its user may not run a command/),
    ]);
  });

  it('recognises a node of a Cluster in REDIS_URL, whichever it is', async () => {
    const cluster = await startRedisCluster(path);
    for (const { host, port } of cluster.nodes) {
      const lines: string[] = [];
      const log = (_about: object, message: string): void => void lines.push(message);
      const client = connectRedis({ ...PLAIN, server: { kind: 'single', url: `redis://${host}:${port}` } });
      const guarded = new GuardedRedis(client, { info: log, warn: log }, metrics);
      await expect
        .poll(() => lines, { timeout: 5_000 })
        .toEqual(['Redis is not used, it answers MOVED: REDIS_URL names a node of a Cluster; set REDIS_CLUSTER instead']);
      expect(guarded.isOpen).toBe(true);
      guarded.close();
    }
    await cluster.stop();
  });

  it('sends nothing after close', async () => {
    redis.close();
    expect(await get('key')).toBeUndefined();
    expect(outcomes()).toEqual([]);
    expect(logged).toEqual(['Redis is connected']);
  });
});
