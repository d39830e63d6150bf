import { z } from 'zod';
import type { RedisAddress, RedisConnection } from '../redis/connect.ts';
import { isReadable, listed, oneOf, optional, problem, text } from './values.ts';

export const redisVariables = {
  REDIS_URL: optional(z.string().trim().refine(isRedisUrl, 'expected e.g. redis://localhost:6379 or rediss://user:password@host:6380'), ''),
  REDIS_SENTINELS: optional(z.string().transform(addressesOf), []),
  REDIS_SENTINEL_MASTER: text('mymaster'),
  REDIS_SENTINEL_PASSWORD: text(''),
  REDIS_CLUSTER: optional(z.string().transform(addressesOf), []),
  REDIS_USERNAME: text(''),
  REDIS_PASSWORD: text(''),
  REDIS_TLS: oneOf(['on', 'off'], 'off'),
  REDIS_TLS_CA: text('').refine((file) => file === '' || isReadable(file), 'this file cannot be read'),
};

type RedisVariables = z.output<z.ZodObject<typeof redisVariables>>;

/** Undefined when no Redis is configured. */
export function redisConnection(env: RedisVariables): RedisConnection | undefined {
  const server = serverOf(env);
  if (server === undefined) return undefined;
  return {
    server,
    username: env.REDIS_USERNAME || undefined,
    password: env.REDIS_PASSWORD || undefined,
    tls: env.REDIS_TLS === 'on',
    tlsCaFile: env.REDIS_TLS_CA || undefined,
  };
}

/** Whether at most one kind of Redis is named. */
export function namesOneRedis(env: Partial<RedisVariables>): boolean {
  const named = [env.REDIS_URL ?? '', env.REDIS_SENTINELS ?? [], env.REDIS_CLUSTER ?? []];
  return named.filter(({ length }) => length > 0).length <= 1;
}

function serverOf(env: RedisVariables): RedisConnection['server'] | undefined {
  if (env.REDIS_URL !== '') return { kind: 'single', url: env.REDIS_URL };
  if (env.REDIS_CLUSTER.length > 0) return { kind: 'cluster', nodes: env.REDIS_CLUSTER };
  if (env.REDIS_SENTINELS.length === 0) return undefined;
  return {
    kind: 'sentinels',
    sentinels: env.REDIS_SENTINELS,
    master: env.REDIS_SENTINEL_MASTER,
    sentinelPassword: env.REDIS_SENTINEL_PASSWORD || undefined,
  };
}

function isRedisUrl(url: string): boolean {
  return /^rediss?:\/\//.test(url) && URL.canParse(url) && new URL(url).hostname !== '';
}

/** "a:26379, [::1]:26380" -> host and port of each. */
function addressesOf(list: string, context: z.RefinementCtx): RedisAddress[] {
  return listed(list).map((address) => {
    const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(address) ?? [];
    if (host === '' || Number(port) > 65_535) problem(context, `"${address}" is not host:port; several are separated by commas`);
    return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
  });
}
