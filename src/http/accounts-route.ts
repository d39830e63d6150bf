import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface AccountsRoute {
  /** Answers; `address` is the caller's. */
  handle(request: Request, address: string): Promise<Response>;
}

/** Its host is of no account: the handler knows where the server is from its settings. */
const SOME_HOST = 'http://localhost';

/** `/api/auth/*`: the auth library's own routes. It reads web requests with their bodies unparsed, so they are built for it here. */
export async function registerAccountsRoute(app: FastifyInstance, accounts: AccountsRoute): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      handler: async (request, reply) => send(reply, await accounts.handle(webRequestOf(request), request.ip)),
    });
  });
}

/** The headers of a request as the web knows them. */
export function webHeadersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function webRequestOf(request: FastifyRequest): Request {
  const body = Buffer.isBuffer(request.body) && request.method === 'POST' ? new Uint8Array(request.body) : null;
  return new Request(new URL(request.url, SOME_HOST), { method: request.method, headers: webHeadersOf(request), body });
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status).header('cache-control', 'no-store');
  for (const [name, value] of response.headers) {
    // Headers joins cookies with commas, which their dates hold too; getSetCookie has them apart.
    if (name !== 'set-cookie') reply.header(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
