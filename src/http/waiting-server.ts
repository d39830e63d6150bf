import type { FastifyBaseLogger } from 'fastify';
import { sendError } from './error-replies.ts';
import { healthRoutes, type ServedData } from './health-routes.ts';
import { createHttpServer, type HttpSettings } from './http-server.ts';
import { listen } from './listen.ts';

const RETRY_AFTER_SECONDS = 2;
const NOTHING: ServedData = { database: 'away', version: '', dataAt: new Date(0), lastRefresh: null };

/** Answers while the server waits for something at its start: alive, but not ready. Resolves when it listens; the result closes it. */
export async function serveWhileWaiting(settings: HttpSettings, log: FastifyBaseLogger, reason: string): Promise<() => Promise<void>> {
  const server = await createHttpServer(settings, log);
  await server.register(healthRoutes, { unready: () => reason, served: () => NOTHING });
  server.setNotFoundHandler((_request, reply) =>
    sendError(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, 'The server is starting. Try again in a moment.', 'UNAVAILABLE'),
  );
  await listen(server, settings, { listenTextResolver: () => reason });
  return async () => {
    const closed = server.close();
    server.server.closeAllConnections();
    await closed;
  };
}
