import { Transform } from 'node:stream';
import type { FastifyRequest, RequestPayload, preParsingHookHandler } from 'fastify';
import { HttpError } from './http-error.ts';

/**
 * Accepts a body over `bodyLimitBytes` only from signed-in users, so that nobody else can make the server read and parse it. Their limit
 * is that of the route.
 */
export function limitBodies(bodyLimitBytes: number, isSignedIn: (request: FastifyRequest) => Promise<boolean>): preParsingHookHandler {
  const limited = async (request: FastifyRequest, payload: RequestPayload): Promise<RequestPayload> => {
    if (await isSignedIn(request)) return payload;
    if (request.headers['content-length'] !== undefined) throw tooLarge(bodyLimitBytes);
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
  return (request, _reply, payload, done) => {
    const contentLength = request.headers['content-length'];
    if (contentLength !== undefined && Number(contentLength) <= bodyLimitBytes) return done(null, payload);
    limited(request, payload).then((body) => done(null, body), done);
  };
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, 'PAYLOAD_TOO_LARGE', `Request body is too large: at most ${limit} bytes are taken.`);
}
