import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pages } from './pages.ts';
import { appendVary } from './vary.ts';

/** Who is there needs no introduction. */
const HOME = '/home';

export interface LandingRoute {
  pages: Pages | undefined;
  basePath: string;
  /** Whether the request comes with a session. It need not be valid: the home page is for everybody. */
  hasSession(request: FastifyRequest): boolean;
}

/** `/`: the first page of the web app, or the home page of who is there; for who asks for JSON, where the API is. */
export async function landingRoute(app: FastifyInstance, { pages, basePath, hasSession }: LandingRoute): Promise<void> {
  app.get('/', { config: { payment: 'free' } }, (request, reply) => {
    appendVary(reply, 'accept, cookie');
    if (!wantsJson(request) && pages !== undefined) {
      if (!hasSession(request)) return pages.sendLanding(reply);
      return reply.redirect(basePath + HOME, 302);
    }
    return reply.send({ name: 'CineMatch', graphql: `${basePath}/graphql`, health: `${basePath}/health`, ready: `${basePath}/ready` });
  });
}

/** Who takes anything gets the page. */
function wantsJson({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('json') && !accept.includes('text/html');
}
