import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface AuditRoute {
  /** The log as CSV. Throws an HttpError for everybody but owners and admins. */
  csv(request: FastifyRequest): Promise<string>;
}

/** `/audit.csv`: what admins did, as a file. */
export async function auditRoute(app: FastifyInstance, { csv }: AuditRoute): Promise<void> {
  app.get('/audit.csv', async (request, reply) => {
    const text = await csv(request);
    return reply.header('content-disposition', 'attachment; filename="cinematch-audit.csv"').type('text/csv; charset=utf-8').send(text);
  });
}
