import type { FastifyInstance } from 'fastify';

export interface Readiness {
  /** Why the server refuses requests; undefined when it serves them. */
  unready(): string | undefined;
  /** The artifact version that is served. */
  version(): string;
}

/** `/health`: the process runs. `/ready`: it can serve. */
export async function healthRoutes(app: FastifyInstance, readiness: Readiness): Promise<void> {
  app.get('/health', (_request, reply) => reply.send({ status: 'up' }));
  app.get('/ready', (_request, reply) => {
    const reason = readiness.unready();
    if (reason !== undefined) return reply.code(503).send({ status: 'not ready', reason });
    return reply.send({ status: 'ready', version: readiness.version() });
  });
}
