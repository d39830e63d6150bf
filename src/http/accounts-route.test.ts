import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { accountsRoute } from './accounts-route.ts';

interface Asked {
  method: string;
  url: string;
  headers: Headers;
  body: string;
  address: string;
}

/** A server whose auth library answers with this, and what the library was asked. */
async function serve(answer: () => Response, { basePath = '', trustProxy = false } = {}) {
  const asked: Asked[] = [];
  const app = Fastify({ trustProxy });
  await app.register(accountsRoute, {
    basePath,
    async handle(request: Request, address: string) {
      const { method, url, headers } = request;
      asked.push({ method, url, headers, body: await request.text(), address });
      return answer();
    },
  });
  return { app, asked };
}

it('hands over the request as the browser sent it, below the base path', async () => {
  const { app, asked } = await serve(() => new Response('{}'), { basePath: '/films', trustProxy: true });
  const headers = { 'content-type': 'application/json', host: 'films.example', 'x-forwarded-for': '::ffff:192.0.2.7', accept: 'a' };
  await app.inject({ method: 'POST', url: '/api/auth/sign-in/email?x=1', headers, payload: '{ "email":  1 }' });
  await app.inject({ url: '/api/auth/get-session' });
  expect(asked.map(({ method, url, body, address }) => ({ method, url, body, address }))).toEqual([
    {
      method: 'POST',
      url: 'http://localhost/films/api/auth/sign-in/email?x=1',
      // Not parsed: the spaces are still there.
      body: '{ "email":  1 }',
      address: '192.0.2.7',
    },
    { method: 'GET', url: 'http://localhost/films/api/auth/get-session', body: '', address: '127.0.0.1' },
  ]);
  expect([asked[0].headers.get('host'), asked[0].headers.get('accept')]).toEqual(['films.example', 'a']);
});

it('takes the host that a trusted proxy names, and no method but GET and POST', async () => {
  const { app, asked } = await serve(() => new Response('{}'), { trustProxy: true });
  await app.inject({ url: '/api/auth/ok', headers: { host: 'inside:4000', 'x-forwarded-host': 'films.example' } });
  expect(asked[0].headers.get('host')).toBe('films.example');
  expect((await app.inject({ method: 'PUT', url: '/api/auth/ok' })).statusCode).toBe(404);
  expect(asked).toHaveLength(1);
});

it('passes on status, headers, bytes and each cookie by itself', async () => {
  const answer = (): Response => {
    const headers = new Headers({ location: '/home', 'content-type': 'text/x' });
    headers.append('set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
    headers.append('set-cookie', 'b=2');
    headers.set('vary', 'cookie');
    return new Response('bytes', { status: 399, headers });
  };
  const { app } = await serve(answer);
  const { statusCode, headers, body } = await app.inject({ url: '/api/auth/callback' });
  expect([statusCode, headers.location, headers['content-type'], headers.vary, body]).toEqual([399, '/home', 'text/x', 'cookie', 'bytes']);
  expect(headers['set-cookie']).toEqual(['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
  const plain = await serve(() => new Response('bytes'));
  expect((await plain.app.inject({ url: '/api/auth/ok' })).headers).not.toHaveProperty('set-cookie');
});

it.each<[body: string, status: number, answered: object]>([
  [
    '{"message":"Invalid password","code":"INVALID_PASSWORD","more":1}',
    401,
    {
      message: 'Invalid password',
      code: 'INVALID_PASSWORD',
      more: 1,
      errors: [{ message: 'Invalid password', extensions: { code: 'INVALID_PASSWORD' } }],
    },
  ],
  ['{"message":""}', 400, { message: '', errors: [{ message: 'Bad Request', extensions: { code: 'BAD_REQUEST' } }] }],
  ['{"message":7,"code":8}', 404, { message: 7, code: 8, errors: [{ message: 'Not Found', extensions: { code: 'NOT_FOUND' } }] }],
  ['not JSON', 403, { errors: [{ message: 'Forbidden', extensions: { code: 'BAD_REQUEST' } }] }],
  ['null', 500, { errors: [{ message: 'Internal Server Error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }],
  ['"text"', 499, { errors: [{ message: 'The request failed.', extensions: { code: 'BAD_REQUEST' } }] }],
])('gives the error %s of status %d the form of every other', async (body, status, answered) => {
  const { app } = await serve(() => new Response(body, { status, headers: { 'content-type': 'text/plain' } }));
  const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: '{}' });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'application/json; charset=utf-8']);
  expect(answer.json()).toEqual(answered);
});
