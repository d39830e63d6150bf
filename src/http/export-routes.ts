import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from './http-error.ts';

export interface ExportRoutes {
  /** Null when nobody is signed in. Throws an HttpError for credentials that are not valid. */
  authenticate(request: FastifyRequest): Promise<{ userId: string; scopes: ReadonlySet<string>; via: string } | null>;
  /** `withWhereabouts`: with the addresses and user agents of the sessions. A program with an API key does not get them. */
  json(userId: string, withWhereabouts: boolean): Promise<string>;
  csv(userId: string): Promise<string>;
}

interface File {
  name: string;
  type: string;
  write(userId: string, withWhereabouts: boolean): Promise<string>;
}

/** `/export.json` and `/export.csv`: the data of the signed-in user as a file. */
export async function exportRoutes(app: FastifyInstance, { authenticate, json, csv }: ExportRoutes): Promise<void> {
  const send = async (request: FastifyRequest, reply: FastifyReply, { name, type, write }: File): Promise<FastifyReply> => {
    const identity = await authenticate(request);
    if (identity === null) throw new HttpError(401, 'UNAUTHENTICATED', 'Sign in first.');
    if (!identity.scopes.has('read')) throw new HttpError(403, 'FORBIDDEN', 'The API key lacks the scope "read".');
    const text = await write(identity.userId, identity.via !== 'api-key');
    return reply.header('content-disposition', `attachment; filename="${name}"`).type(type).send(text);
  };
  const jsonFile: File = { name: 'cinematch.json', type: 'application/json; charset=utf-8', write: json };
  const csvFile: File = { name: 'cinematch.csv', type: 'text/csv; charset=utf-8', write: csv };
  app.get('/export.json', (request, reply) => send(request, reply, jsonFile));
  app.get('/export.csv', (request, reply) => send(request, reply, csvFile));
}
