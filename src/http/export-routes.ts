import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { credentialRefusal } from '../graphql/errors.ts';
import { webHeadersOf } from './accounts-route.ts';
import { sendError } from './error-replies.ts';

interface Identity {
  userId: string;
  scopes: ReadonlySet<string>;
}

export interface ExportRoutes {
  authenticate(headers: Headers): Promise<Identity | null>;
  /** Everything that is held of the user. */
  exports: { json(userId: string): Promise<string>; csv(userId: string): Promise<string> };
}

/** `/export.json` and `/export.csv`: all that the server holds of who is signed in, as a file. */
export function registerExportRoutes(app: FastifyInstance, { authenticate, exports }: ExportRoutes): void {
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    type: string,
    write: (userId: string) => Promise<string>,
  ): Promise<FastifyReply> => {
    let identity: Identity | null;
    try {
      identity = await authenticate(webHeadersOf(request));
    } catch (error) {
      return refuse(reply, credentialRefusal(error));
    }
    if (identity === null) return sendError(reply, 401, 'Sign in first.', 'UNAUTHENTICATED');
    if (!identity.scopes.has('read')) return sendError(reply, 403, 'The API key lacks the scope "read".', 'FORBIDDEN');
    const text = await write(identity.userId);
    return reply.header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${name}"`).type(type).send(text);
  };
  app.get('/export.json', (request, reply) => send(request, reply, 'cinematch.json', 'application/json; charset=utf-8', exports.json));
  app.get('/export.csv', (request, reply) => send(request, reply, 'cinematch.csv', 'text/csv; charset=utf-8', exports.csv));
}

/** Credentials that do not count, in the words GraphQL has for them; anything else is our own mistake. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof GraphQLError)) throw error;
  const { code, http } = error.extensions;
  const { status, headers }: { status?: number; headers?: Iterable<[string, string]> } =
    typeof http === 'object' && http !== null ? http : {};
  for (const [name, value] of headers ?? []) reply.header(name, value);
  return sendError(reply, status ?? 401, error.message, typeof code === 'string' ? code : undefined);
}
