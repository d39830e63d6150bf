import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { parseEnvironment } from '../src/environment/environment.ts';
import { ReadyAnswers } from '../src/http/ready-answers.ts';
import { PrometheusMetrics } from '../src/metrics/prometheus-metrics.ts';
import { HEAVY_QUEUE, HeavyQueue } from '../src/rate-limit/heavy-queue.ts';
import { RateLimits } from '../src/rate-limit/rate-limits.ts';
import { redisCounts } from '../src/rate-limit/redis-counts.ts';
import { RankingCache } from '../src/recommendations/cache/ranking-cache.ts';
import { redisRankings } from '../src/recommendations/cache/redis-rankings.ts';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { connectRedis } from '../src/redis/connect.ts';
import { GuardedRedis } from '../src/redis/guarded-redis.ts';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { NO_REFRESH, type TestApp, testApp } from './running-app.ts';

const CLIENTS = 8;
const EVENTUALLY_MS = 10_000;
const POLL_MS = 20;

const QUERY = `query ($prefs: PreferencesInput) { recommendations(prefs: $prefs, first: 5) { totalCount nodes { score reasons { label } movie { id } } } }`;

/** The app with the ranking cache, the rate limits and the metrics of the server, on the Redis that the environment names. */
export interface CachedApp extends TestApp {
  metrics: PrometheusMetrics;
  rankingCache: RankingCache;
  /** Log lines about Redis, in order. */
  redisLines(): string[];
  /** The reasons in those lines. */
  reasons(): string[];
  /** The value of a metric, labels as in `{command="get",outcome="answered"}`; 0 when it was never counted. */
  metric(name: string): Promise<number>;
}

export async function cachedApp(snapshot: Snapshot, environment: Record<string, string>): Promise<CachedApp> {
  const lines: { msg: string; reason?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const settings = parseEnvironment({ RATE_LIMIT_PER_ADDRESS: '100000000', ...environment });
  const metrics = new PrometheusMetrics();
  const redis = settings.redis === undefined ? undefined : new GuardedRedis(connectRedis(settings.redis), log, metrics);
  const rankingCache = new RankingCache({
    memoryBytes: settings.cacheBytes,
    remote: redis === undefined ? undefined : redisRankings(redis),
    metrics,
  });
  const shared = redis === undefined ? undefined : redisCounts(redis);
  // Every request must reach the rankings.
  const readyAnswers = new ReadyAnswers({ maxBytes: 0, version: () => snapshot.catalog.version });
  const heavyQueue = new HeavyQueue(HEAVY_QUEUE);
  metrics.addGauges({
    catalog: () => snapshot.catalog,
    refresh: NO_REFRESH,
    rankingCache,
    readyAnswers,
    heavyQueue,
    redis,
    database: { isAway: false },
    freeBytes: () => 1,
  });
  const app = await testApp(() => snapshot, {
    heavyQueue,
    rankings: rankingCache,
    readyAnswers,
    rateLimits: settings.rateLimits === undefined ? undefined : new RateLimits(settings.rateLimits, { metrics, shared }),
    metrics,
    metricsPage: { page: metrics, token: undefined },
    log,
  });
  return {
    ...app,
    metrics,
    rankingCache,
    redisLines: () => lines.map(({ msg }) => msg).filter((msg) => msg.startsWith('Redis')),
    reasons: () => lines.flatMap(({ reason }) => reason ?? []),
    async metric(name) {
      const line = (await metrics.text()).split('\n').find((text) => text.startsWith(`${name} `));
      return Number(line?.slice(name.length + 1) ?? 0);
    },
    async shutDown(timeoutMs) {
      await app.shutDown(timeoutMs);
      redis?.close();
    },
  };
}

export interface Load {
  requests: number;
  /** Answers that differ from those of a server without a cache. */
  failed: string[];
  slowestMs: number;
}

/** Eight clients send requests without pause, each twice, until `during` ends. */
export async function underLoad(app: CachedApp, reference: TestApp, during: () => Promise<unknown>): Promise<Load> {
  const load: Load = { requests: 0, failed: [], slowestMs: 0 };
  let stopped = false;
  const client = async (number: number): Promise<void> => {
    for (let n = 0; !stopped; n++) {
      const prefs = {
        likedMovieIds: [String(FIXTURE_MOVIES[number].movieId)],
        yearMin: 1900 + (n % 60),
        runtimeMax: 300 + Math.floor(n / 60),
      };
      const expected = await answerOf(reference, prefs);
      if (!expected.startsWith('200 {"data":{"recommendations":{"totalCount"')) throw new Error(`the load is wrong: ${expected}`);
      for (let again = 0; again < 2; again++) {
        const begun = performance.now();
        const answer = await answerOf(app, prefs);
        load.slowestMs = Math.max(load.slowestMs, performance.now() - begun);
        load.requests++;
        if (answer !== expected) load.failed.push(answer.slice(0, 300));
      }
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  try {
    await during();
  } finally {
    stopped = true;
    await clients;
  }
  return load;
}

/** Waits until the condition holds. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const latest = performance.now() + EVENTUALLY_MS;
  while (!(await isSo())) {
    if (performance.now() > latest) throw new Error(`timed out after ${EVENTUALLY_MS} ms: ${what}`);
    await sleep(POLL_MS);
  }
}

async function answerOf(app: TestApp, prefs: object): Promise<string> {
  const response = await app.fastify.inject({ method: 'POST', url: '/graphql', payload: { query: QUERY, variables: { prefs } } });
  return `${response.statusCode} ${response.body}`;
}
