import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The addresses of the app's pages, as its router has them. */
const ADDRESSES = ['/', '/welcome', '/home', '/movie/:id', '/watchlist', '/profile', '/together', '/sign-in', '/sign-up'];

/** The web app: one document whatever its address is, and the files it loads; undefined when it was not built. */
export class Pages {
  readonly #document: string;

  private constructor(document: string) {
    this.#document = document;
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
    const pages = new Pages(readFileSync(file, 'utf8'));
    for (const address of ADDRESSES.slice(1)) app.get(address, (_request, reply) => pages.send(reply));
    return pages;
  }

  send(reply: FastifyReply): FastifyReply {
    return sendDocument(reply, this.#document);
  }
}

/** A document names its files by hash, so it is asked for anew each time. */
export function sendDocument(reply: FastifyReply, document: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('vary', 'accept').send(document);
}

export function wantsHtml(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}
