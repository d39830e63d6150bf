import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from './file-reply.ts';
import { HttpError } from './http-error.ts';
import type { PaidWork } from './paid-work.ts';

export interface ExportRoutes {
  /** Null when nobody is signed in. Throws an HttpError for credentials that are not valid. */
  authenticate(request: FastifyRequest): Promise<{ userId: string; scopes: ReadonlySet<string>; via: string } | null>;
  /** `withWhereabouts`: with the addresses and user agents of the sessions. A program with an API key does not get them. */
  json(userId: string, withWhereabouts: boolean, check: () => void): Promise<Buffer[]>;
  csv(userId: string, check: () => void): Promise<Buffer[]>;
  /** Rows that an export reads. */
  rowCount(userId: string): Promise<number>;
  pay: PaidWork;
}

interface File {
  name: string;
  type: string;
  write(userId: string, withWhereabouts: boolean, check: () => void): Promise<Buffer[]>;
}

/** Points of a file with this number of rows. */
export function filePrice(rows: number): number {
  return 100 + 0.5 * rows;
}

/** `/export.json` and `/export.csv`: the data of the signed-in user as a file. */
export async function exportRoutes(app: FastifyInstance, { authenticate, json, csv, rowCount, pay }: ExportRoutes): Promise<void> {
  const send = async (request: FastifyRequest, reply: FastifyReply, { name, type, write }: File): Promise<FastifyReply> => {
    const identity = await authenticate(request);
    if (identity === null) throw new HttpError(401, 'UNAUTHENTICATED', 'Sign in first.');
    if (!identity.scopes.has('read')) throw new HttpError(403, 'FORBIDDEN', 'The API key lacks the scope "read".');
    const { userId, via } = identity;
    const pieces = await pay(request, filePrice(await rowCount(userId)), (check) => write(userId, via !== 'api-key', check));
    return sendFile(reply, name, type, pieces);
  };
  const jsonFile: File = { name: 'cinematch.json', type: 'application/json; charset=utf-8', write: json };
  const csvFile: File = {
    name: 'cinematch.csv',
    type: 'text/csv; charset=utf-8',
    write: (userId, _whereabouts, check) => csv(userId, check),
  };
  const options = { config: { payment: 'points' } } as const;
  app.get('/export.json', options, (request, reply) => send(request, reply, jsonFile));
  app.get('/export.csv', options, (request, reply) => send(request, reply, csvFile));
}
