import { Transform } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';
import { HttpError } from './http-error.ts';

/**
 * Accepts a body over `bodyLimitBytes` only from signed-in users, so that nobody else can make the server read and parse it. Their limit
 * is that of the route.
 */
export function limitBodies(bodyLimitBytes: number, isSignedIn: (request: FastifyRequest) => Promise<boolean>): preParsingAsyncHookHandler {
  return async (request, _reply, payload) => {
    const contentLength = request.headers['content-length'];
    if (contentLength !== undefined && Number(contentLength) <= bodyLimitBytes) return payload;
    if (await isSignedIn(request)) return payload;
    if (contentLength !== undefined) throw tooLarge(bodyLimitBytes);
    let received = 0;
    return payload.pipe(
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          received += chunk.length;
          if (received > bodyLimitBytes) done(tooLarge(bodyLimitBytes));
          else done(null, chunk);
        },
      }),
    );
  };
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, 'PAYLOAD_TOO_LARGE', `Request body is too large: at most ${limit} bytes are taken.`);
}
