import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { fixtureSnapshot } from './fixture-release.ts';
import { findRedis, type RealRedis, startRedis, startSentinel } from './real-servers/redis.ts';
import { type CachedApp, cachedApp, eventually, type Load, underLoad } from './redis-load.ts';
import { type TestApp, testApp } from './running-app.ts';

const GONE = 'Redis fails: the server goes on without it';
const BACK = 'Redis works again';
const CONNECTED = 'Redis is connected';
const FULL = 'Redis is full and evicts nothing: it is read but not written; redis.conf has the settings of a cache';
const ROOM = 'Redis has free memory again';
/** On a machine that is busy with other tests, Redis can be late without a failure. */
const LATE = 'no answer within 20 ms';
const ANSWERED = 'cinematch_redis_commands_total{command="get",outcome="answered"}';
/** A request that waited for Redis would take longer than this. guarded-redis.test.ts checks the 20 ms. */
const GONE_FOR_MS = 2_000;
const SLOWEST_MS = 1_500;

const { path = '', hint } = findRedis();

describe.skipIf(path === '')(`requests while Redis fails${path === '' ? ` (${hint})` : ''}`, () => {
  let snapshot: Snapshot;
  let reference: TestApp;
  const cleanup: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    reference = await testApp(() => snapshot);
  });
  afterEach(async () => {
    for (const clean of cleanup.splice(0).reverse()) await clean();
  });
  afterAll(() => reference.shutDown(0));

  const redisWith = async (...settings: string[]): Promise<RealRedis> => {
    const redis = await startRedis(path, settings);
    cleanup.push(() => redis.stop());
    return redis;
  };
  const appWith = async (environment: Record<string, string>): Promise<CachedApp> => {
    const app = await cachedApp(snapshot, environment);
    cleanup.push(() => app.shutDown(0));
    return app;
  };
  const connected = async (redis: RealRedis): Promise<CachedApp> => {
    const app = await appWith({ REDIS_URL: redis.url });
    await eventually('Redis is connected', () => app.redisLines().includes(CONNECTED));
    return app;
  };
  const answered = async (app: CachedApp): Promise<void> => {
    const before = await app.metric(ANSWERED);
    await eventually('Redis is read again', async () => (await app.metric(ANSWERED)) > before);
  };
  const expectGood = ({ requests, failed, slowestMs }: Load): void => {
    expect(failed).toEqual([]);
    expect(requests).toBeGreaterThan(50);
    expect(slowestMs).toBeLessThan(SLOWEST_MS);
  };

  it('are answered without Redis, and use it when it starts', async () => {
    const redis = await redisWith();
    await redis.kill();
    const app = await appWith({ REDIS_URL: redis.url });
    expectGood(
      await underLoad(app, reference, async () => {
        await eventually('it is noticed', () => app.redisLines().includes(GONE));
        await sleep(300);
        await redis.start();
        await answered(app);
      }),
    );
    expect(app.redisLines().slice(0, 2)).toEqual([GONE, BACK]);
  });

  it.each<[string, (redis: RealRedis) => Promise<unknown>]>([
    [
      'is killed and comes back empty',
      async (redis) => {
        await redis.kill();
        await sleep(500);
        await redis.start();
      },
    ],
    [
      'is frozen by SIGSTOP',
      async (redis) => {
        redis.suspend();
        await sleep(GONE_FOR_MS);
        redis.resume();
      },
    ],
    ['makes everybody wait: CLIENT PAUSE', async (redis) => redis.client().client('PAUSE', GONE_FOR_MS, 'ALL')],
    ['sleeps: DEBUG SLEEP', async (redis) => redis.client().call('DEBUG', 'SLEEP', String(GONE_FOR_MS / 1_000))],
    ['drops its connections: CLIENT KILL', async (redis) => redis.client().call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')],
  ])('are answered when it %s; the log has one line for the failure and one for the end', async (_, cause) => {
    const redis = await redisWith();
    const app = await connected(redis);
    expectGood(
      await underLoad(app, reference, async () => {
        await answered(app);
        await cause(redis);
        await eventually('it is noticed and over', () => app.redisLines().includes(BACK));
        await answered(app);
      }),
    );
    expectOneLineEach(app.redisLines());
    // No command is sent while Redis fails, so only the few that were in flight are late.
    expect(await app.metric('cinematch_redis_commands_total{command="get",outcome="late"}')).toBeLessThan(60);
  });

  it('are answered when every command takes 50 ms; each relapse needs more probes', async () => {
    const redis = await redisWith();
    const app = await connected(redis);
    const client = redis.client();
    expectGood(
      await underLoad(app, reference, async () => {
        await answered(app);
        for (let n = 0; n < 40; n++) await client.call('DEBUG', 'SLEEP', '0.05');
      }),
    );
    expectOneLineEach(app.redisLines());
    expect(app.redisLines().length).toBeLessThan(8);
  });

  it.each<[string, (client: ReturnType<RealRedis['client']>, key: string) => Promise<unknown>]>([
    ['a list', (client, key) => client.multi().del(key).rpush(key, 'rubbish').exec()],
    ['other bytes', (client, key) => client.set(key, Buffer.from([0x43, 0x4d, 0x52, 1, 0xff]))],
    ['nothing at all', (client, key) => client.set(key, '')],
  ])('are answered when %s lies under the keys', async (_, spoil) => {
    const redis = await redisWith();
    const client = redis.client();
    const app = await connected(redis);
    expectGood(
      await underLoad(app, reference, async () => {
        for (let n = 0; n < 20; n++) {
          await Promise.all((await client.keys('cinematch:*')).slice(0, 100).map((key) => spoil(client, key)));
          await sleep(20);
        }
      }),
    );
    const other = await connected(redis);
    expectGood(await underLoad(other, reference, () => sleep(500)));
    expect([...app.reasons(), ...other.reasons()].filter((reason) => reason !== LATE)).toEqual([]);
  });

  it('are answered when it is full and refuses writes', async () => {
    const redis = await redisWith('--maxmemory', '1mb', '--maxmemory-policy', 'noeviction');
    const app = await connected(redis);
    expectGood(
      await underLoad(app, reference, async () => {
        await eventually('it is full', () => app.redisLines().includes(FULL));
        await sleep(500);
        await redis.client().config('SET', 'maxmemory', '100mb');
        await eventually('there is room', () => app.redisLines().includes(ROOM));
      }),
    );
    expect(app.redisLines().filter((line) => line === FULL || line === ROOM)).toEqual([FULL, ROOM]);
    expect(app.reasons().filter((reason) => reason !== LATE)).toEqual([]);
  });

  it('are answered when it has 1 MB and evicts', async () => {
    const redis = await redisWith('--maxmemory', '1500kb', '--maxmemory-policy', 'allkeys-lfu');
    const app = await connected(redis);
    expectGood(await underLoad(app, reference, () => eventually('keys are evicted', async () => evictedKeys(redis))));
    expect(app.reasons().filter((reason) => reason !== LATE)).toEqual([]);
  });

  it('are answered while Sentinel fails over, and use the new master', async () => {
    const master = await redisWith();
    const replica = await redisWith('--replicaof', '127.0.0.1', String(master.port), '--repl-diskless-sync-delay', '0');
    await eventually('the replica follows', async () => (await replica.client().info('replication')).includes('master_link_status:up'));
    const sentinel = await startSentinel(path, master.port);
    cleanup.push(() => sentinel.stop());
    const app = await appWith({ REDIS_SENTINELS: `${sentinel.host}:${sentinel.port}`, REDIS_SENTINEL_MASTER: 'films' });
    await eventually('Sentinel knows the replica', () => sentinel.knowsReplica());
    expectGood(
      await underLoad(app, reference, async () => {
        await answered(app);
        await master.kill();
        await eventually('the new master is in use', () => app.redisLines().includes(BACK));
        await answered(app);
      }),
    );
    expectOneLineEach(app.redisLines());
    expect(await replica.client().dbsize()).toBeGreaterThan(0);
  });

  it('are answered by two servers that share a Redis: one reads the ranking that the other computed', async () => {
    const redis = await redisWith();
    const [one, other] = [await connected(redis), await connected(redis)];
    for (const app of [one, one, other, other]) {
      await app.fastify.inject({ method: 'POST', url: '/graphql', payload: { query: '{ recommendations { totalCount } }' } });
      await sleep(50);
    }
    const pages = (layer: string) => `cinematch_ranking_cache_pages_total{layer="${layer}"}`;
    expect(await one.metric(pages('computed'))).toBe(1);
    expect(await other.metric(pages('redis'))).toBe(1);
    expect(await other.metric(pages('computed'))).toBe(0);
  });
});

/** One line for each failure of Redis and one for each end of it. */
function expectOneLineEach([first, ...more]: string[]): void {
  expect(first).toBe(CONNECTED);
  expect(more.length).toBeGreaterThan(0);
  expect(more).toEqual(more.map((_, n) => (n % 2 === 0 ? GONE : BACK)));
}

async function evictedKeys(redis: RealRedis): Promise<boolean> {
  return Number(/evicted_keys:(\d+)/.exec(await redis.client().info('stats'))?.[1]) > 10;
}
