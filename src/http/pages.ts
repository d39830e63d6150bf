import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PublicPlace, placedDocument } from './base-path.ts';
import { type PageHead, withCanonical, withHead } from './page-head.ts';
import { appendVary } from './vary.ts';

/** An address of the web app and its document, as the build writes them to routes.json (tools/route-html.ts). */
interface PageRoute {
  /** In Fastify's syntax: `/movie/:id`. */
  path: string;
  /** A file beside index.html. */
  document: string;
}

/** Pages must say what is wrong, so they and their files cost nothing. */
const FREE = { config: { payment: 'free' } } as const;
const LANDING = '/';
const MOVIE = '/movie/:id';
/** The document for any address, which the service worker keeps for the time without the server. */
const SHELL = '/shell.html';

export interface PageContents {
  /** The folder of the built web app. */
  clientDirectory: string;
  place: PublicPlace;
  /** Scheme, host and path of the web app, when the settings say them. */
  publicUrl: string | undefined;
  /** The head of the page of a movie; undefined for an id that the catalog does not have. */
  movieHead(id: string): PageHead | undefined;
}

/** The built web app: a document for each of its addresses, one for all others, and the files that these load. */
export class Pages {
  readonly #landing: string;
  readonly #fallback: string;

  private constructor(landing: string, fallback: string) {
    this.#landing = landing;
    this.#fallback = fallback;
  }

  /** Undefined, with a warning, when the web app was not built. */
  static async register(app: FastifyInstance, { clientDirectory, place, publicUrl, movieHead }: PageContents): Promise<Pages | undefined> {
    const file = join(clientDirectory, 'index.html');
    if (!existsSync(file)) {
      app.log.warn({ page: file }, 'no pages: "npm run build" makes them');
      return undefined;
    }
    await app.register(async (files) => {
      files.addHook('onRoute', (route) => {
        route.config = { ...route.config, ...FREE.config };
      });
      // The names of these files contain a hash of their content, so they never change.
      await files.register(fastifyStatic, {
        root: join(clientDirectory, 'assets'),
        prefix: '/assets/',
        immutable: true,
        maxAge: '365d',
        preCompressed: true,
        decorateReply: false,
        ...(place.assetsUrl === undefined ? {} : { setHeaders: forOtherOrigins }),
      });
    });
    const routes: PageRoute[] = JSON.parse(readFileSync(join(clientDirectory, 'routes.json'), 'utf8'));
    const read = (document: string): string => placedDocument(readFileSync(join(clientDirectory, document), 'utf8'), place);
    const fallback = read('index.html');
    let landing = fallback;
    for (const { path, document } of routes) {
      const built = read(document);
      const html = publicUrl === undefined || path.includes(':') ? built : withCanonical(built, publicUrl + path);
      if (path === LANDING) landing = html;
      else if (path === MOVIE)
        app.get<{ Params: { id: string } }>(path, FREE, ({ params: { id } }, reply) => {
          const head = movieHead(id);
          return head === undefined ? sendDocument(reply.code(404), fallback) : sendDocument(reply, withHead(html, head));
        });
      else app.get(path, FREE, (_request, reply) => sendDocument(reply, html));
    }
    app.get(SHELL, FREE, (_request, reply) => sendDocument(reply, fallback));
    return new Pages(landing, fallback);
  }

  sendLanding(reply: FastifyReply): FastifyReply {
    return sendDocument(reply, this.#landing);
  }

  /** For an address without a page. The web app says that there is none. */
  sendFallback(reply: FastifyReply): FastifyReply {
    return sendDocument(reply, this.#fallback);
  }
}

/** A page loads its files from ASSETS_URL, which fetches them here and passes these headers on. */
function forOtherOrigins(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
}

/** A document names its files by their hashes, so browsers ask for it again each time. */
export function sendDocument(reply: FastifyReply, document: string): FastifyReply {
  appendVary(reply, 'accept');
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(document);
}

export function wantsHtml(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}
