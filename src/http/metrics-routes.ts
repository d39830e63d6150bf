import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import type { Metrics } from '../metrics/metrics.ts';
import { errorReplies, sendError } from './error-replies.ts';
import { createHttpServer, type HttpSettings } from './http-server.ts';
import { appendVary } from './vary.ts';

/** The metrics as text, for Prometheus. */
export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface GuardedMetricsPage {
  page: MetricsPage;
  /** The bearer token that a reader must send; undefined when anybody may read. */
  token: string | undefined;
}

/** Counts every request by its route. */
export const countRequests = fastifyPlugin(async (app: FastifyInstance, { metrics }: { metrics: Metrics }) => {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.request(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
});

/** Serves `/metrics`. */
export const metricsRoute = fastifyPlugin(async (app: FastifyInstance, { page, token }: GuardedMetricsPage) => {
  app.get('/metrics', { config: { payment: 'free' } }, async (request, reply) => {
    if (token !== undefined) appendVary(reply, 'authorization');
    if (token !== undefined && !isToken(request.headers.authorization, token))
      return sendError(
        reply.header('www-authenticate', 'Bearer'),
        401,
        'The metrics need METRICS_TOKEN as a bearer token.',
        'UNAUTHENTICATED',
      );
    return reply.type(page.contentType).send(await page.text());
  });
});

/** A server that has `/metrics` and nothing else, for a port that the public does not reach. */
export async function createMetricsServer(
  settings: HttpSettings,
  log: FastifyBaseLogger,
  served: GuardedMetricsPage,
): Promise<FastifyInstance> {
  const server = await createHttpServer({ ...settings, logRequests: 'errors' }, log);
  await server.register(errorReplies, { pages: undefined });
  await server.register(metricsRoute, served);
  return server;
}

/** Compares hashes: they are of one length, and the time tells nothing of the token. */
function isToken(authorization: string | undefined, token: string): boolean {
  const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(sha256(authorization ?? ''), sha256(`Bearer ${token}`));
}
