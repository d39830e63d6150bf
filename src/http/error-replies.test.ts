import Fastify, { type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../service-error.ts';
import { errorBody, errorReplies, pathOf } from './error-replies.ts';
import { HttpError } from './http-error.ts';
import { rememberRoutes } from './route-table.ts';

const OURS = 'Something went wrong on our side. The request id finds it in the log.';

describe('the code of an error', () => {
  it.each([
    [400, 'BAD_REQUEST'],
    [404, 'NOT_FOUND'],
    [405, 'METHOD_NOT_ALLOWED'],
    [408, 'TIMEOUT'],
    [413, 'PAYLOAD_TOO_LARGE'],
    [414, 'URI_TOO_LONG'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
    [431, 'HEADERS_TOO_LARGE'],
    [503, 'SERVICE_UNAVAILABLE'],
    [418, 'BAD_REQUEST'],
    [499, 'BAD_REQUEST'],
    [500, 'INTERNAL_SERVER_ERROR'],
    [502, 'INTERNAL_SERVER_ERROR'],
  ])('of status %d is %s, unless another is given', (status, code) => {
    expect(errorBody(status, 'x')).toEqual({ errors: [{ message: 'x', extensions: { code } }] });
    expect(errorBody(status, 'x', 'OTHER').errors[0].extensions.code).toBe('OTHER');
  });
});

describe('an error outside GraphQL', () => {
  /** The answer to a route that fails, and what was logged. */
  async function answerTo(failure: unknown, body?: string) {
    const lines: Record<string, unknown>[] = [];
    const loggerInstance: FastifyBaseLogger = pino({ level: 'error' }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const app = Fastify({ loggerInstance });
    rememberRoutes(app);
    await app.register(errorReplies, { pages: undefined });
    app.post('/', async (_request, reply) => {
      reply.header('cache-control', 'public');
      throw failure;
    });
    const { statusCode, headers, payload } = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/json' },
      payload: body ?? '{}',
    });
    await app.close();
    const [{ message, extensions }] = JSON.parse(payload).errors;
    return { status: statusCode, message, code: extensions.code, headers, logged: lines.map(({ msg, err }) => ({ msg, err })) };
  }

  it('of ours keeps its code and its headers, and is never kept by a cache', async () => {
    const answer = await answerTo(new HttpError(429, 'RATE_LIMITED', 'Too many.', { 'retry-after': '7' }));
    expect(answer).toMatchObject({ status: 429, message: 'Too many.', code: 'RATE_LIMITED', logged: [] });
    expect([answer.headers['retry-after'], answer.headers['cache-control']]).toEqual(['7', 'no-store']);
  });

  it('that nobody expected is hidden and logged', async () => {
    const answer = await answerTo(new Error('the disk is on fire'));
    expect(answer).toMatchObject({ status: 500, message: OURS, code: 'INTERNAL_SERVER_ERROR' });
    expect(answer.logged).toEqual([{ msg: 'a request failed', err: expect.objectContaining({ message: 'the disk is on fire' }) }]);
  });

  it.each([
    [499, 499, 'x', 'BAD_REQUEST'],
    [500, 500, OURS, 'INTERNAL_SERVER_ERROR'],
    [502, 500, OURS, 'INTERNAL_SERVER_ERROR'],
    [503, 503, OURS, 'SERVICE_UNAVAILABLE'],
  ])('with status %d is answered with %d', async (statusCode, status, message, code) => {
    expect(await answerTo(Object.assign(new Error('x'), { statusCode }))).toMatchObject({ status, message, code });
  });

  it.each([
    ['UNAVAILABLE', 503, '2'],
    ['STORAGE_FULL', 507, '60'],
  ] as const)('of a service says when to come again, and logs the cause: %s', async (code, status, seconds) => {
    const failure = new ServiceError(code, 'Not now.', new Error('connection refused'));
    for (const thrown of [failure, new Error('outer', { cause: failure })]) {
      const answer = await answerTo(thrown);
      expect(answer).toMatchObject({ status, message: 'Not now.', code });
      expect(answer.headers['retry-after']).toBe(seconds);
      expect(answer.logged).toEqual([{ msg: 'a request failed', err: expect.objectContaining({ message: 'connection refused' }) }]);
    }
  });

  it('in the JSON of a body is named, and no other error is called one', async () => {
    for (const body of ['{"a": ', '{"__proto__": {}}'])
      expect(await answerTo(new Error('x'), body)).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
        message: 'The body is not valid JSON, or has a key "__proto__".',
      });
  });
});

it.each([
  ['/a?b=1', '/a'],
  ['/a', '/a'],
  ['/?', '/'],
  ['/a?b?c', '/a'],
])('the path of %s is %s', (url, path) => {
  expect(pathOf(url)).toBe(path);
});

it('of an unknown address repeats no more than 100 characters of it', async () => {
  const app = Fastify();
  rememberRoutes(app);
  await app.register(errorReplies, { pages: undefined });
  const messageAt = async (length: number): Promise<string> => (await app.inject(`/${'x'.repeat(length - 1)}`)).json().errors[0].message;
  expect(await messageAt(100)).toBe(`There is nothing at GET /${'x'.repeat(99)}.`);
  expect(await messageAt(101)).toBe(`There is nothing at GET /${'x'.repeat(99)}….`);
});
