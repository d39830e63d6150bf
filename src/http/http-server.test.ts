import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createHttpServer, type LoggedRequests } from './http-server.ts';

async function serve(logRequests: LoggedRequests = 'errors', bodyLimitBytes = 10) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const server = await createHttpServer(
    { bodyLimitBytes, logRequests, trustedProxies: false, pictureOrigins: [], basePath: '/films', assetsUrl: undefined },
    log,
  );
  server.post('/echo', (request, reply) => reply.send(request.body));
  server.get<{ Params: { status: string } }>('/status/:status', ({ params }, reply) => reply.code(Number(params.status)).send());
  const post = (payload: string, headers: Record<string, string> = {}) =>
    server.inject({ method: 'POST', url: '/echo', headers: { 'content-type': 'application/json', ...headers }, payload });
  return { server, lines, post };
}

it('reads JSON, and no type that a page of another origin may send without being asked', async () => {
  const { post } = await serve();
  expect((await post('{"a":1}')).json()).toEqual({ a: 1 });
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    expect((await post('{}', { 'content-type': type })).statusCode, type).toBe(415);
});

it('reads a body of the limit, and none that is one byte longer', async () => {
  const { post } = await serve();
  expect((await post('"12345678"')).statusCode).toBe(200);
  expect((await post('"123456789"')).statusCode).toBe(413);
});

it('reads "identity" and no compressed body, and says what it takes', async () => {
  const { post } = await serve();
  expect((await post('{}', { 'content-encoding': 'identity' })).statusCode).toBe(200);
  const refused = await post('{}', { 'content-encoding': 'gzip' });
  expect([refused.statusCode, refused.headers['accept-encoding']]).toEqual([415, 'identity']);
});

it('takes a key "constructor" for any other, and no "__proto__"', async () => {
  const { post } = await serve('errors', 100);
  expect((await post('{"constructor":{"prototype":1}}')).json()).toEqual({ constructor: { prototype: 1 } });
  expect((await post('{"__proto__":1}')).statusCode).toBe(400);
});

it('serves below the base path and without it, with and without a slash at the end', async () => {
  const { server } = await serve();
  for (const url of ['/films/status/204', '/status/204', '/status/204/', '/films/status/204?x=1'])
    expect((await server.inject(url)).statusCode, url).toBe(204);
});

it('logs an answer from status 400 on, with what was asked and not the query', async () => {
  const { server, lines } = await serve();
  for (const status of [200, 399, 400, 500]) await server.inject(`/status/${status}?secret=1`);
  expect(lines.map(({ method, path, status, msg }) => ({ method, path, status, msg }))).toEqual(
    [400, 500].map((status) => ({ method: 'GET', path: `/status/${status}`, status, msg: 'answered' })),
  );
});

it('logs the milliseconds, with one decimal, and lets other hooks see the answer', async () => {
  const { server, lines } = await serve('all');
  let seen = 0;
  server.addHook('onResponse', (_request, _reply, done) => {
    seen++;
    done();
  });
  server.get('/slow', async () => sleep(100, 'slow'));
  const started = performance.now();
  await server.inject('/slow');
  const took = performance.now() - started;
  await expect.poll(() => seen).toBe(1);
  const ms = Number(lines[0].ms);
  expect(ms).toBeGreaterThanOrEqual(98);
  expect(ms).toBeLessThan(took + 1);
  expect(String(ms)).toMatch(/^\d+(\.\d)?$/);
});

it.each([
  ['a', true],
  ['Az_09.:-', true],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
  ['', false],
  ['a b', false],
  ['<a>', false],
])('the request id "%s" of a caller is kept: %s', async (id, kept) => {
  const { server } = await serve();
  const { headers } = await server.inject({ url: '/status/200', headers: { 'x-request-id': id } });
  if (kept) expect(headers['x-request-id']).toBe(id);
  else expect(headers['x-request-id']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

it('counts hops of trusted proxies from the nearest', async () => {
  const ipOf = async (trustedProxies: false | number | string[], forwarded: string): Promise<string> => {
    const server = await createHttpServer(
      { bodyLimitBytes: 10, logRequests: 'errors', trustedProxies, pictureOrigins: [], basePath: '', assetsUrl: undefined },
      pino({ level: 'silent' }),
    );
    server.get('/ip', ({ ip }, reply) => reply.send(ip));
    return (await server.inject({ url: '/ip', remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': forwarded } })).body;
  };
  const forwarded = '192.0.2.1, 192.0.2.2, 10.0.0.2';
  expect(await ipOf(false, forwarded)).toBe('10.0.0.1');
  expect(await ipOf(1, forwarded)).toBe('10.0.0.2');
  expect(await ipOf(2, forwarded)).toBe('192.0.2.2');
  expect(await ipOf(['10.0.0.0/8'], forwarded)).toBe('192.0.2.2');
});
