import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { crossOrigin } from './cross-origin.ts';

const ORIGIN = 'https://films.example';

async function preflight(corsOrigins: string[], origin: string, method = 'POST') {
  const app = Fastify();
  await app.register(crossOrigin, { corsOrigins });
  app.post('/', () => 'x');
  const headers = { origin, 'access-control-request-method': method, 'access-control-request-headers': 'content-type' };
  const { statusCode, headers: answered } = await app.inject({ method: 'OPTIONS', url: '/', headers });
  const post = await app.inject({ method: 'POST', url: '/', headers: { origin } });
  await app.close();
  const allowed = Object.entries(answered).filter(([name]) => name.startsWith('access-control-'));
  return { statusCode, allowed: Object.fromEntries(allowed), exposed: post.headers['access-control-expose-headers'] };
}

it('lets a page of a configured origin send what the API reads, with its cookie, for a day', async () => {
  expect(await preflight([ORIGIN], ORIGIN)).toEqual({
    statusCode: 204,
    allowed: {
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        'content-type, apollo-require-preflight, x-apollo-operation-name, x-request-id, authorization, x-api-key',
      'access-control-max-age': '86400',
      'access-control-expose-headers': 'x-request-id, retry-after',
    },
    exposed: 'x-request-id, retry-after',
  });
});

it('says nothing to other origins, nor to any when none is configured', async () => {
  expect((await preflight([ORIGIN], 'https://evil.example')).allowed).not.toHaveProperty('access-control-allow-origin');
  expect((await preflight([], ORIGIN)).allowed).toEqual({});
});
