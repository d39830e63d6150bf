import { Transform } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';

class PayloadTooLargeError extends Error {
  readonly statusCode = 413;

  constructor(limit: number) {
    super(`Request body is too large: at most ${limit} bytes are taken.`);
  }
}

/**
 * Lets bodies above the usual limit in only for who is signed in, so that nobody else can make the server read and parse them. The
 * route's own limit holds for them.
 */
export function limitBodies(bodyLimitBytes: number, isSignedIn: (request: FastifyRequest) => Promise<boolean>): preParsingAsyncHookHandler {
  return async (request, _reply, payload) => {
    const announced = request.headers['content-length'];
    if (announced !== undefined && Number(announced) <= bodyLimitBytes) return payload;
    if (await isSignedIn(request)) return payload;
    if (announced !== undefined) throw new PayloadTooLargeError(bodyLimitBytes);
    let received = 0;
    return payload.pipe(
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          received += chunk.length;
          if (received > bodyLimitBytes) done(new PayloadTooLargeError(bodyLimitBytes));
          else done(null, chunk);
        },
      }),
    );
  };
}
