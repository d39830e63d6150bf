import type { Environment } from '../../environment/environment.ts';
import { errorText } from '../../error-text.ts';
import { connectRedis } from '../../redis/connect.ts';
import { type Finding, ok, problem } from './finding.ts';

const MAX_WAIT_MS = 3_000;

/** Whether the configured Redis answers. */
export async function checkRedis({ redis: connection }: Environment): Promise<Finding[]> {
  if (connection === undefined) return [ok('not configured: caches and limits are those of each server')];
  const redis = connectRedis(connection);
  let last = 'no answer';
  redis.on('error', (error: unknown) => {
    last = errorText(error);
  });
  try {
    const began = performance.now();
    while (performance.now() - began < MAX_WAIT_MS) {
      try {
        await redis.ping();
        return [ok(`answered after ${Math.round(performance.now() - began)} ms`)];
      } catch (error) {
        last = redis.status === 'ready' ? errorText(error) : last;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    return [
      problem(
        `Redis (${connection.server.kind}) cannot be used: ${last}`,
        'check its address, password and TLS; servers run without it, each with its own cache and limits',
      ),
    ];
  } finally {
    redis.disconnect();
  }
}
