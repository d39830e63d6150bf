import type { FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import type { Metrics } from '../metrics/metrics.ts';

/** The metrics as text, for Prometheus. */
export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Counts every request by its route, and serves `/metrics`. */
export const metricsRoutes = fastifyPlugin(async (app: FastifyInstance, { metrics, page }: { metrics: Metrics; page: MetricsPage }) => {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.request(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
  app.get('/metrics', async (_request, reply) => reply.type(page.contentType).send(await page.text()));
});
