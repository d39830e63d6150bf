import type { FastifyInstance } from 'fastify';

/** What everybody may know of the last refresh. Null: not yet, or there was no failure. */
export interface RefreshNews {
  startedAt: string;
  finishedAt: string | null;
  result: string | null;
  failedStep: string | null;
}

export interface ServedData {
  /** While it is away, what needs it is answered with UNAVAILABLE, and the rest is served. */
  database: 'up' | 'away';
  /** The artifact version that is served. */
  version: string;
  /** When its data was last known to be that of TMDb. */
  dataAt: Date;
  /** Null when there was no refresh. */
  lastRefresh: RefreshNews | null;
}

export interface Readiness {
  /** Why the server is to get no more requests; undefined when it serves them. */
  unready(): string | undefined;
  served(): ServedData;
}

/**
 * `/health`: the process runs. `/ready`: it may be sent requests. Without its database it still may: every other server has the same database,
 * and one that is sent nothing recommends to nobody.
 */
export async function healthRoutes(app: FastifyInstance, { unready, served }: Readiness): Promise<void> {
  const free = { config: { payment: 'free' } } as const;
  app.get('/health', free, (_request, reply) => reply.send({ status: 'up' }));
  app.get('/ready', free, (_request, reply) => {
    const reason = unready();
    if (reason !== undefined) return reply.code(503).send({ status: 'not ready', reason });
    const { database, version, dataAt, lastRefresh } = served();
    return reply.send({ status: 'ready', database, version, dataAt: dataAt.toISOString(), lastRefresh: newsOf(lastRefresh) });
  });
}

/** The error itself names files of the server, so only the owner sees it. */
function newsOf(refresh: RefreshNews | null): RefreshNews | null {
  if (refresh === null) return null;
  const { startedAt, finishedAt, result, failedStep } = refresh;
  return { startedAt, finishedAt, result, failedStep };
}
