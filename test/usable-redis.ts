import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../src/redis/connect.ts';
import { GuardedRedis } from '../src/redis/guarded-redis.ts';
import { NO_METRICS } from './recording-metrics.ts';

/** A connection to a single Redis. Resolves when it is used. */
export async function usableRedis(url: string): Promise<GuardedRedis> {
  const settings = { server: { kind: 'single', url }, username: undefined, password: undefined, tls: false, tlsCaFile: undefined } as const;
  const redis = new GuardedRedis(connectRedis(settings), { info: () => undefined, warn: () => undefined }, NO_METRICS);
  while (redis.isOpen) await sleep(10);
  return redis;
}
