import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The addresses of the app's pages, as its router has them, and the routes whose code they need. */
const LANDING = 'Landing';
const ROUTES: Record<string, string> = {
  '/welcome': 'Onboarding',
  '/home': 'Home',
  '/movie/:id': 'MoviePage',
  '/watchlist': 'Watchlist',
  '/profile': 'Profile',
  '/together': 'Together',
  '/sign-in': 'SignIn',
  '/sign-up': 'SignUp',
};

/**
 * The web app: one document whatever its address is, and the files it loads; undefined when it was not built. The document of a page
 * that the build has one for (tools/page-documents.ts) says beside what all of them say which files to fetch first.
 */
export class Pages {
  readonly #landing: string;
  readonly #other: string;

  private constructor(landing: string, other: string) {
    this.#landing = landing;
    this.#other = other;
  }

  static async register(app: FastifyInstance, clientDirectory: string): Promise<Pages | undefined> {
    const file = join(clientDirectory, 'index.html');
    if (!existsSync(file)) {
      app.log.warn({ page: file }, 'no pages: "npm run build" makes them');
      return undefined;
    }
    // Their names carry a hash of what they hold, so they never change.
    await app.register(fastifyStatic, {
      root: join(clientDirectory, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      decorateReply: false,
    });
    const other = readFileSync(file, 'utf8');
    const documentOf = (route: string): string => {
      const own = join(clientDirectory, `${route}.html`);
      return existsSync(own) ? readFileSync(own, 'utf8') : other;
    };
    for (const [address, route] of Object.entries(ROUTES)) {
      const document = documentOf(route);
      app.get(address, (_request, reply) => sendDocument(reply, document));
    }
    return new Pages(documentOf(LANDING), other);
  }

  sendLanding(reply: FastifyReply): FastifyReply {
    return sendDocument(reply, this.#landing);
  }

  /** For an address that there is no page at: the app says so. */
  sendFallback(reply: FastifyReply): FastifyReply {
    return sendDocument(reply, this.#other);
  }
}

/** A document names its files by hash, so it is asked for anew each time. */
export function sendDocument(reply: FastifyReply, document: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('vary', 'accept').send(document);
}

export function wantsHtml(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}
