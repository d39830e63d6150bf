import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { type TestApp, testApp } from '../../test/running-app.ts';
import { createHttpServer } from './http-server.ts';

const ORIGIN = 'https://films.example';
/** The headers of a server whose pictures come from these origins too. */
const security = (...pictureOrigins: string[]) => ({
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    "font-src 'self' data:",
    ["img-src 'self' data:", ...pictureOrigins].join(' '),
    "connect-src 'self'",
    'frame-src https://www.youtube-nocookie.com',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';'),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
});
const SECURITY = security('https://image.tmdb.org');
const PAGE = '<!doctype html>';

describe('every answer', () => {
  let folder: TemporaryFolder;
  let app: TestApp;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'assets'));
    await writeFile(join(folder.path, 'index.html'), PAGE);
    await writeFile(join(folder.path, 'routes.json'), JSON.stringify([{ path: '/', document: 'index.html' }]));
    await writeFile(join(folder.path, 'assets', 'main-abc.js'), 'export {};');
    const snapshot = await fixtureSnapshot();
    const handle = async (): Promise<Response> => new Response('{}', { headers: { vary: 'cookie' } });
    app = await testApp(() => snapshot, {
      clientDirectory: folder.path,
      corsOrigins: [ORIGIN],
      metricsPage: { page: { contentType: 'text/plain', text: async () => 'metrics' }, token: undefined },
      accounts: {
        handle,
        authenticate: async () => null,
        credentialHeaders: ['cookie'],
        sessionCookie: 'session',
        signInProviders: () => [],
      },
    });
  });
  afterAll(async () => {
    await app.shutDown(0);
    await folder.remove();
  });
  const ask = (method: 'GET' | 'POST' | 'PUT', url: string, headers: Record<string, string> = {}) =>
    app.fastify.inject({ method, url, headers: { origin: ORIGIN, ...headers } });
  const html = { accept: 'text/html' };
  const json = { 'content-type': 'application/json' };

  const CASES: [method: 'GET' | 'POST' | 'PUT', url: string, headers: Record<string, string>, status: number, cache: string][] = [
    ['GET', '/', html, 200, 'no-cache'],
    ['GET', '/', { ...html, cookie: 'session=x' }, 302, 'no-store'],
    ['GET', '/', {}, 200, 'no-cache'],
    ['GET', '/', { accept: 'application/json' }, 200, 'no-store'],
    ['GET', '/no/such/page', html, 404, 'no-cache'],
    ['GET', '/no/such/thing', {}, 404, 'no-store'],
    ['PUT', '/health', {}, 405, 'no-store'],
    ['GET', '/health', {}, 200, 'no-store'],
    ['GET', '/ready', {}, 200, 'no-store'],
    ['GET', '/metrics', {}, 200, 'no-store'],
    ['GET', '/export.json', {}, 401, 'no-store'],
    ['GET', '/api/auth/get-session', {}, 200, 'no-store'],
    ['POST', '/graphql', json, 400, 'no-store'],
    ['GET', '/graphql?query={viewer{id}}', {}, 200, 'private, no-store'],
    ['GET', '/graphql', html, 404, 'no-store'],
    ['GET', '/assets/main-abc.js', {}, 200, 'public, max-age=31536000, immutable'],
    ['GET', '/assets/nothing.js', {}, 404, 'no-store'],
    ['GET', '/health', { 'content-encoding': 'gzip' }, 415, 'no-store'],
    ['GET', '/%ff', {}, 400, 'no-store'],
  ];
  it.each(CASES)('has its headers: %s %s %j', async (method, url, more, status, cache) => {
    const { statusCode, headers } = await ask(method, url, more);
    expect([statusCode, headers['cache-control']]).toEqual([status, cache]);
    expect(headers).toMatchObject(SECURITY);
    expect(headers['x-request-id']).toMatch(/^[\w-]{36}$/);
    // Fastify runs no hook for an address that it cannot parse, so CORS does not see it.
    if (url !== '/%ff') expect(String(headers.vary).split(', ')).toContain('Origin');
  });

  it('keeps the names that it varies by', async () => {
    expect((await ask('GET', '/api/auth/get-session')).headers.vary).toBe('Origin, cookie');
    expect((await ask('GET', '/', html)).headers.vary).toBe('Origin, accept, cookie');
    expect((await ask('GET', '/graphql?query={viewer{id}}')).headers.vary).toBe('Origin, accept, accept-encoding, cookie');
  });

  it('has them also when it is no HTTP that arrived', async () => {
    const { port } = new URL(await app.fastify.listen({ port: 0, host: '127.0.0.1' }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('no HTTP at all\r\n\r\n');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    for (const line of ['cache-control: no-store', 'x-content-type-options: nosniff', "content-security-policy: default-src 'self'"])
      expect(text).toContain(`\r\n${line}`);
  });
});

it('every server has them, whatever its routes are: also the one that waits for a database', async () => {
  const settings = {
    bodyLimitBytes: 1_024,
    logRequests: 'errors',
    trustedProxies: false,
    pictureOrigins: [],
    basePath: '',
    assetsUrl: undefined,
  } as const;
  const server = await createHttpServer(settings, pino({ level: 'silent' }));
  server.get('/anything', (_request, reply) => reply.send('x'));
  const { headers } = await server.inject('/anything');
  expect(headers).toMatchObject({ ...security(), 'cache-control': 'no-store' });
});

describe('X-Forwarded-For', () => {
  const settings = { bodyLimitBytes: 1_024, logRequests: 'errors', pictureOrigins: [], basePath: '', assetsUrl: undefined } as const;
  const serve = async (trustedProxies: false | number | string[]) => {
    const logged: Record<string, unknown>[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line)) });
    const server = await createHttpServer({ ...settings, trustedProxies }, log);
    server.get('/address', (request, reply) => reply.send(request.ip));
    const addressOf = async (forwarded?: string): Promise<string> => {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
      return (await server.inject({ url: '/address', headers, remoteAddress: '10.0.0.1' })).body;
    };
    return { logged, addressOf };
  };

  it('without TRUST_PROXY is not believed, and is warned of once', async () => {
    const { logged, addressOf } = await serve(false);
    expect(await addressOf()).toBe('10.0.0.1');
    expect(logged).toEqual([]);
    for (let n = 0; n < 3; n++) expect(await addressOf('198.51.100.1')).toBe('10.0.0.1');
    expect(logged).toEqual([
      expect.objectContaining({
        from: '10.0.0.1',
        msg: 'X-Forwarded-For arrives, and TRUST_PROXY is not set: behind a proxy all callers count as one address (docs/how-to/host.md)',
      }),
    ]);
  });

  it.each<[string, string]>([
    ['198.51.100.1', '198.51.100.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['198.51.100.1:4711', '198.51.100.1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['unknown', '10.0.0.1'],
    ['', '10.0.0.1'],
    ['<script>', '10.0.0.1'],
    ['198.51.100.1, unknown', '10.0.0.1'],
    ['unknown, 198.51.100.1', '198.51.100.1'],
    ['203.0.113.9, 198.51.100.1', '198.51.100.1'],
    ['198.51.100.1, 999.1.1.1, 10.0.0.2', '10.0.0.2'],
    ['198.51.100.1, 10.0.0.3, 10.0.0.2', '198.51.100.1'],
  ])('from a list of proxies: "%s" is %s', async (forwarded, address) => {
    const { logged, addressOf } = await serve(['10.0.0.0/8']);
    expect(await addressOf(forwarded)).toBe(address);
    expect(logged).toEqual([]);
  });

  it('from a number of proxies takes no text for an address either', async () => {
    const { addressOf } = await serve(1);
    expect(await addressOf('unknown')).toBe('10.0.0.1');
    expect(await addressOf('198.51.100.1')).toBe('198.51.100.1');
  });
});
