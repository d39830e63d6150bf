import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { plainAddress } from '../rate-limit/network-of.ts';
import { errorBody } from './error-replies.ts';
import { appendVary } from './vary.ts';
import { toWebRequest } from './web-request.ts';

export interface AccountsRoute {
  basePath: string;
  /** `address` is that of the caller. */
  handle(request: Request, address: string): Promise<Response>;
}

/** `/api/auth/*`: the routes of the auth library, which reads web requests with unparsed bodies. */
export async function accountsRoute(app: FastifyInstance, { basePath, handle }: AccountsRoute): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    handler: async (request, reply) => send(reply, await handle(toWebRequest(request, basePath), plainAddress(request.ip))),
  });
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) {
    // Headers joins cookies with commas, and dates in cookies hold commas; getSetCookie returns them one by one.
    if (name === 'vary') appendVary(reply, value);
    else if (name !== 'set-cookie') reply.header(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  const body = Buffer.from(await response.arrayBuffer());
  if (response.status < 400) return reply.send(body);
  return reply.type('application/json; charset=utf-8').send(withErrors(response.status, body));
}

/** The auth library's answer to an error, with the form that errors have everywhere else beside its own. */
function withErrors(status: number, body: Buffer): object {
  const own = parsed(body);
  const message = typeof own.message === 'string' && own.message !== '' ? own.message : (STATUS_CODES[status] ?? 'The request failed.');
  const code = typeof own.code === 'string' ? own.code : undefined;
  return { ...own, ...errorBody(status, message, code) };
}

function parsed(body: Buffer): { message?: unknown; code?: unknown } {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
