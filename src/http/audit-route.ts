import type { FastifyInstance, FastifyRequest } from 'fastify';
import { filePrice } from './export-routes.ts';
import { sendFile } from './file-reply.ts';
import type { PaidWork } from './paid-work.ts';

export interface AuditRoute {
  /** Throws an HttpError for everybody but owners and admins. */
  authorize(request: FastifyRequest): Promise<void>;
  /** Entries of the log. */
  count(): Promise<number>;
  /** The log as CSV. */
  csv(check: () => void): Promise<Buffer[]>;
  pay: PaidWork;
}

/** `/audit.csv`: what admins did, as a file. */
export async function auditRoute(app: FastifyInstance, { authorize, count, csv, pay }: AuditRoute): Promise<void> {
  app.get('/audit.csv', { config: { payment: 'points' } }, async (request, reply) => {
    await authorize(request);
    const pieces = await pay(request, filePrice(await count()), csv);
    return sendFile(reply, 'cinematch-audit.csv', 'text/csv; charset=utf-8', pieces);
  });
}
