import type { FastifyInstance } from 'fastify';

export interface Readiness {
  /** Why requests would be turned away; undefined when they are served. */
  unready(): string | undefined;
  /** The artifact version being served. */
  version(): string;
}

/** `/health`: the process is up. `/ready`: it can serve. */
export function registerHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/health', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'up' }));
  app.get('/ready', (_request, reply) => {
    const reason = readiness.unready();
    reply.header('cache-control', 'no-store');
    if (reason !== undefined) return reply.code(503).send({ status: 'not ready', reason });
    return reply.send({ status: 'ready', version: readiness.version() });
  });
}
