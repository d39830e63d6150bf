import type { FastifyInstance } from 'fastify';
import { type Pages, wantsHtml } from './pages.ts';

/** `/`: the first page of the web app for browsers; for programs, where the API is. */
export async function landingRoute(app: FastifyInstance, { pages }: { pages: Pages | undefined }): Promise<void> {
  app.get('/', (request, reply) => {
    if (wantsHtml(request) && pages !== undefined) return pages.sendLanding(reply);
    return reply.send({ name: 'CineMatch', graphql: '/graphql', health: '/health', ready: '/ready' });
  });
}
