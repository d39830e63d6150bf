import type { GuardedRedis } from '../redis/guarded-redis.ts';
import type { SharedCounts } from './rate-limiter.ts';

/** Adds and sets the expiry in one step, so that no count stays for ever. */
const ADD = "local count = redis.call('INCRBY', KEYS[1], ARGV[1]) redis.call('PEXPIRE', KEYS[1], ARGV[2]) return count";

export function redisCounts(redis: GuardedRedis): SharedCounts {
  return {
    async add(key, amount, windowMs) {
      const count = await redis.write('count', key, (client) => client.eval(ADD, 1, key, amount, windowMs));
      return typeof count === 'number' ? count : undefined;
    },
  };
}
