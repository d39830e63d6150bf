import type { GuardedRedis } from '../../redis/guarded-redis.ts';
import type { RemoteRankings } from './ranking-cache.ts';

/** Versions of the catalogue that are gone leave Redis after a day, were there room for them or not. */
const KEPT_FOR_S = 86_400;

/** The layer that several servers share. */
export function redisRankings(redis: GuardedRedis): RemoteRankings {
  return {
    async get(key) {
      return (await redis.read('get', key, (client) => client.getBuffer(key))) ?? undefined;
    },
    set(key, value) {
      // Nobody waits for it, and it never rejects.
      void redis.write('set', key, (client) => client.set(key, value, 'EX', KEPT_FOR_S));
    },
  };
}
