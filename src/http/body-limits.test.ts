import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { limitBodies } from './body-limits.ts';

const LIMIT = 100;
const MORE = 1_000;

describe('the limit of a body', () => {
  let app: FastifyInstance;
  let asked = 0;
  afterEach(() => app.close());

  /** Status of a body of `bytes`, sent with its length or in chunks, by a caller who may send `allowed`. */
  const statusOf = async (bytes: number, how: 'length' | 'chunks', allowed: number): Promise<number> => {
    asked = 0;
    app = Fastify({ bodyLimit: 10 * MORE });
    app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, text, done) => done(null, text));
    app.post('/', {
      preParsing: limitBodies(LIMIT, async () => {
        asked++;
        return allowed;
      }),
      handler: ({ body }, reply) => reply.send(String(String(body).length)),
    });
    const text = 'x'.repeat(bytes);
    const payload = how === 'length' ? text : Readable.from([text.slice(0, 50), text.slice(50)].map((part) => Buffer.from(part)));
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/', headers: { 'content-type': 'text/plain' }, payload });
    expect(body).toEqual(
      statusCode === 200 ? String(bytes) : expect.stringContaining(`too large: at most ${Math.max(LIMIT, allowed)} bytes`),
    );
    return statusCode;
  };

  it.each([
    [LIMIT, 'length', 0, 200],
    [LIMIT + 1, 'length', 0, 413],
    [LIMIT, 'chunks', 0, 200],
    [LIMIT + 1, 'chunks', 0, 413],
    [MORE, 'length', MORE, 200],
    [MORE + 1, 'length', MORE, 413],
    [MORE, 'chunks', MORE, 200],
    [MORE + 1, 'chunks', MORE, 413],
  ] as const)('of %d bytes, sent by %s, from a caller who may send %d, is answered with %d', async (bytes, how, allowed, status) => {
    expect(await statusOf(bytes, how, allowed)).toBe(status);
  });

  it('is looked up only for a caller whose body may be over the smaller one', async () => {
    await statusOf(LIMIT, 'length', 0);
    expect(asked).toBe(0);
    await statusOf(LIMIT + 1, 'length', MORE);
    expect(asked).toBe(1);
  });
});
