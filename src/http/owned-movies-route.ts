import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PaidWork } from './paid-work.ts';

/** 50,000 ids, with both of each movie and some space. */
export const MAX_OWNED_BYTES = 2_097_152;

export interface OwnedMoviesRoute {
  /** Called before the body is read. Throws an HttpError for callers who may not say what the owner has. */
  authorize(request: FastifyRequest): Promise<void>;
  /** Stores the list. Throws an HttpError that names what is wrong with it. */
  store(text: string, kind: 'json' | 'csv'): Promise<{ movies: number; shownFrom: 'next refresh' }>;
  pay: PaidWork;
}

/** Points of a list of this length. */
export function ownedMoviesPrice(bytes: number): number {
  return 100 + bytes / 1_000;
}

/** `PUT /api/library`: the movies that the owner has. */
export async function ownedMoviesRoute(app: FastifyInstance, { authorize, store, pay }: OwnedMoviesRoute): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', 'text/csv'], { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.put<{ Body: string | undefined }>('/api/library', {
    bodyLimit: MAX_OWNED_BYTES,
    config: { payment: 'points' },
    onRequest: authorize,
    handler(request) {
      const { headers, body: text = '' } = request;
      const kind = headers['content-type']?.startsWith('text/csv') === true ? 'csv' : 'json';
      return pay(request, ownedMoviesPrice(text.length), () => store(text, kind));
    },
  });
}
