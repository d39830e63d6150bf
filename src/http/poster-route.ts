import type { FastifyInstance } from 'fastify';
import { errorBody, sendError } from './error-replies.ts';
import type { PosterSource } from './poster-source.ts';

const NONE = 'There is no such poster.';

export interface PosterRoute {
  posters: PosterSource;
  sizes: ReadonlySet<string>;
  /** Whether a movie of the catalog has this poster. Nothing else is fetched. */
  isPoster(file: string): boolean;
}

/** Posters from this server, so that a visitor's browser asks no other. */
export async function posterRoute(app: FastifyInstance, { posters, sizes, isPoster }: PosterRoute): Promise<void> {
  const options = { config: { payment: 'free' } } as const;
  app.get<{ Params: { size: string; file: string } }>('/posters/:size/:file', options, async (request, reply) => {
    const { size, file } = request.params;
    if (!sizes.has(size) || !isPoster(file)) return sendError(reply, 404, NONE);
    const answer = await posters.picture(size, file);
    // Unlike other errors, this one may be kept: the server asks no sooner than after a day itself.
    if (answer === 'gone') return reply.code(404).header('cache-control', 'public, max-age=86400').send(errorBody(404, NONE));
    if (answer === 'unavailable')
      return sendError(reply.header('retry-after', 30), 503, 'The poster cannot be fetched now.', 'UNAVAILABLE');
    return reply.type(answer.contentType).header('cache-control', 'public, max-age=31536000, immutable').send(answer.bytes);
  });
}
