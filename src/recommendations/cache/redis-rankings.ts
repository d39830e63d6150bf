import type { GuardedRedis } from '../../redis/guarded-redis.ts';
import type { RemoteRankings } from './ranking-cache.ts';

/** Entries of catalog versions that are no longer served leave Redis after a day, also when it has free memory. */
const KEPT_FOR_S = 86_400;

/** The layer that several servers share. */
export function redisRankings(redis: GuardedRedis): RemoteRankings {
  return {
    layer: 'redis',
    async get(key) {
      return (await redis.read('get', key, (client) => client.getBuffer(key))) ?? undefined;
    },
    set(key, value) {
      // Nobody waits for it, and it never rejects.
      void redis.write('set', key, (client) => client.set(key, value, 'EX', KEPT_FOR_S));
    },
  };
}
