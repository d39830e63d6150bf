import { Transform } from 'node:stream';
import type { FastifyRequest, preParsingHookHandler, RequestPayload } from 'fastify';
import { HttpError } from './http-error.ts';

/**
 * Accepts a body over `bodyLimitBytes` only from callers who may send more, so that nobody else can make the server read and parse it.
 * `limitOf` finds the limit of a caller.
 */
export function limitBodies(bodyLimitBytes: number, limitOf: (request: FastifyRequest) => Promise<number>): preParsingHookHandler {
  const limited = async (request: FastifyRequest, payload: RequestPayload): Promise<RequestPayload> => {
    const limit = Math.max(bodyLimitBytes, await limitOf(request));
    const contentLength = request.headers['content-length'];
    if (contentLength !== undefined) {
      if (Number(contentLength) > limit) throw tooLarge(limit);
      return payload;
    }
    let received = 0;
    return payload.pipe(
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          received += chunk.length;
          if (received > limit) done(tooLarge(limit));
          else done(null, chunk);
        },
      }),
    );
  };
  return (request, _reply, payload, done) => {
    const contentLength = request.headers['content-length'];
    if (contentLength !== undefined && Number(contentLength) <= bodyLimitBytes) return done(null, payload);
    limited(request, payload).then((body) => done(null, body), done);
  };
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, 'PAYLOAD_TOO_LARGE', `Request body is too large: at most ${limit} bytes are taken.`);
}
