import type { SharedWorkload } from '../metrics/workload/workload.ts';
import type { GuardedRedis } from '../redis/guarded-redis.ts';

/** One hash, a field a server. The number rises when the form of the counts changes. */
const KEY = 'cinematch:workload:1';
/** Counts of a server that has gone stay as long as they matter. */
const KEPT_MS = 86_400_000;
/** A process that starts again is another server. More than these are not read. */
const MAX_SERVERS = 200;

/** Workload of all servers of one Redis. */
export function redisWorkload(redis: GuardedRedis): SharedWorkload {
  return {
    async publish(server, counts) {
      await redis.write('workload', KEY, async (client) => {
        await client.hset(KEY, server, `${Date.now()} ${counts}`);
        return client.pexpire(KEY, KEPT_MS);
      });
    },
    async all() {
      const found = await redis.read('workload', KEY, (client) => client.hgetall(KEY));
      if (found === undefined) return undefined;
      const oldest = Date.now() - KEPT_MS;
      const gone = Object.keys(found).filter((server) => !(Number.parseInt(found[server], 10) >= oldest));
      if (gone.length > 0) void redis.write('workload', KEY, (client) => client.hdel(KEY, ...gone));
      const present = Object.entries(found).filter(([server]) => !gone.includes(server));
      return Object.fromEntries(present.slice(0, MAX_SERVERS).map(([server, text]) => [server, text.slice(text.indexOf(' ') + 1)]));
    },
  };
}
