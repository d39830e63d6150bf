import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends a file to save. Its pieces are not joined: that would hold up other requests. */
export function sendFile(reply: FastifyReply, name: string, type: string, pieces: readonly Buffer[]): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header(
      'content-length',
      pieces.reduce((sum, { length }) => sum + length, 0),
    )
    .type(type)
    .send(Readable.from(pieces));
}
