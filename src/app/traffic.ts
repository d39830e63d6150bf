import { CONTRIBUTION_KINDS } from '../engine/recommender/contributions.ts';
import type { Environment } from '../environment/environment.ts';
import type { Snapshot } from '../graphql/context.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { Metrics } from '../metrics/metrics.ts';
import type { IdentityLimits } from '../rate-limit/limited-identity.ts';
import { RateLimiter, type RateRule } from '../rate-limit/rate-limiter.ts';
import { redisCounts } from '../rate-limit/redis-counts.ts';
import { RankingCache } from '../recommendations/cache/ranking-cache.ts';
import { redisRankings } from '../recommendations/cache/redis-rankings.ts';
import type { Rankings } from '../recommendations/rankings.ts';
import { connectRedis } from '../redis/connect.ts';
import { GuardedRedis, type GuardLog } from '../redis/guarded-redis.ts';

const MINUTE_MS = 60_000;

/** What stands around every request: the cache of rankings, the limits and the metrics, with Redis behind them when there is one. */
export interface Traffic {
  rankings: Rankings;
  metrics: Metrics;
  /** Undefined when RATE_LIMIT is off. */
  rateLimits: (RateLimits<RateRule> & IdentityLimits) | undefined;
  close(): void;
}

export function createTraffic(
  { redis: connection, rateLimit, cacheBytes }: Pick<Environment, 'redis' | 'rateLimit' | 'cacheBytes'>,
  log: GuardLog,
  snapshot: () => Pick<Snapshot, 'catalog'>,
): Traffic {
  const metrics: Metrics = new Metrics({
    catalogue: () => snapshot().catalog,
    cache: () => cache,
    redisInUse: connection === undefined ? undefined : () => redis?.isOpen === false,
  });
  const redis = connection === undefined ? undefined : new GuardedRedis(connectRedis(connection), log, metrics);
  const cache = new RankingCache({
    kinds: CONTRIBUTION_KINDS,
    memoryBytes: cacheBytes,
    remote: redis === undefined ? undefined : redisRankings(redis),
    observe: (outcome) => metrics.cachePage(outcome),
  });
  if (!rateLimit.enabled) log.warn({}, 'RATE_LIMIT is off: anybody may ask as often as they like, and guess passwords as fast');
  return {
    rankings: { cache, computed: (kind, seconds) => metrics.ranked(kind, seconds) },
    metrics,
    rateLimits: rateLimit.enabled ? rateLimits(rateLimit, redis, metrics) : undefined,
    close: () => redis?.close(),
  };
}

function rateLimits(
  { perAddress, perUser, perKey, signIn }: Environment['rateLimit'],
  redis: GuardedRedis | undefined,
  metrics: Metrics,
): RateLimits<RateRule> & IdentityLimits {
  const limiter = new RateLimiter({ shared: redis === undefined ? undefined : redisCounts(redis) });
  const rule = (name: string, limit: number, exact = false): RateRule => ({ name, limit, windowMs: MINUTE_MS, exact });
  return {
    take: (caller, limit) => limiter.take(caller, limit),
    address: rule('address', perAddress),
    user: rule('user', perUser),
    key: rule('key', perKey),
    signIn: rule('sign-in', signIn, true),
    refused: (name) => metrics.refused(name),
  };
}
