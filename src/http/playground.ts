import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The page a browser gets at `GET /graphql`, and the files it loads; `undefined` when it was not built. */
export class Playground {
  readonly #page: string;

  private constructor(page: string) {
    this.#page = page;
  }

  static async register(app: FastifyInstance, clientDirectory: string): Promise<Playground | undefined> {
    const page = join(clientDirectory, 'playground', 'index.html');
    if (!existsSync(page)) {
      app.log.warn({ page }, 'no playground: "npm run build" makes it');
      return undefined;
    }
    // Their names carry a hash of what they hold, so they never change.
    await app.register(fastifyStatic, {
      root: join(clientDirectory, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      decorateReply: false,
    });
    return new Playground(readFileSync(page, 'utf8'));
  }

  send(reply: FastifyReply): FastifyReply {
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('vary', 'accept').send(this.#page);
  }
}

export function wantsHtml(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}
