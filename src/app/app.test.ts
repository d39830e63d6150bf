import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { DEFAULT_LIMITS, refusal, send, type TestApp, testApp } from '../../test/running-app.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };
const VERSION = { query: '{ catalog { version } }' };

/** The same object with one method replaced. */
function replacing<T extends object, K extends keyof T>(target: T, name: K, method: T[K]): T {
  return new Proxy(target, { get: (_, key) => (key === name ? method : Reflect.get(target, key, target)) });
}

describe('the HTTP server', () => {
  let snapshot: Snapshot;
  let app: TestApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const post = (payload: string | object, headers: Record<string, string> = JSON_HEADERS) =>
    app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload });
  const codeOf = (response: { json(): { errors: { extensions: { code: string } }[] } }): string =>
    response.json().errors[0].extensions.code;

  it('reports that it runs, and which version it serves', async () => {
    const health = await app.fastify.inject('/health');
    expect([health.statusCode, health.json()]).toEqual([200, { status: 'up' }]);
    const ready = await app.fastify.inject('/ready');
    expect([ready.statusCode, ready.json()]).toEqual([
      200,
      { status: 'ready', database: 'up', version: 'fixture-1', dataAt: '2026-01-02T03:04:05.000Z', lastRefresh: null },
    ]);
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  it('answers GraphQL by POST, and queries by GET and HEAD', async () => {
    expect((await post(VERSION)).json()).toEqual({ data: { catalog: { version: 'fixture-1' } } });
    const url = `/graphql?query=${encodeURIComponent(VERSION.query)}`;
    // What urql and graphql-request send: no content type, and no special header.
    const get = await app.fastify.inject({ url, headers: { accept: 'application/graphql-response+json, application/json' } });
    expect(get.json()).toEqual({ data: { catalog: { version: 'fixture-1' } } });
    const head = await app.fastify.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });

  it('changes nothing by GET', async () => {
    const url = `/graphql?query=${encodeURIComponent('mutation { removeFromWatchlist(movieIds: ["1"]) }')}`;
    const response = await app.fastify.inject({ url });
    expect([response.statusCode, response.headers.allow]).toEqual([405, 'POST']);
  });

  it('takes no notice of a slash at the end', async () => {
    const response = await app.fastify.inject({ method: 'POST', url: '/graphql/', payload: VERSION });
    expect(response.json()).toEqual({ data: { catalog: { version: 'fixture-1' } } });
  });

  it.each([
    ['PUT', '/graphql', 405, 'GET, HEAD, POST'],
    ['DELETE', '/api/auth/session', 405, 'GET, HEAD, POST'],
    ['POST', '/ready', 405, 'GET, HEAD'],
    ['OPTIONS', '/graphql', 204, 'GET, HEAD, POST'],
    ['PUT', '/nope', 404, undefined],
  ] as const)('answers %s %s with %d', async (method, url, status, allow) => {
    const { statusCode, headers } = await app.fastify.inject({ method, url });
    expect([statusCode, headers.allow]).toEqual([status, allow]);
  });

  it.each([
    ['DELETE', '/', 'METHOD_NOT_ALLOWED'],
    ['POST', '/health', 'METHOD_NOT_ALLOWED'],
    ['PUT', '/ready/', 'METHOD_NOT_ALLOWED'],
    ['DELETE', '/graphql', 'METHOD_NOT_ALLOWED'],
    ['POST', '/export.json', 'METHOD_NOT_ALLOWED'],
    ['PUT', '/export.csv', 'METHOD_NOT_ALLOWED'],
    ['PATCH', '/api/auth/get-session', 'METHOD_NOT_ALLOWED'],
    ['GET', '/export.json', 'UNAUTHENTICATED'],
    ['GET', '/api', 'NOT_FOUND'],
    ['GET', '/api/nope', 'NOT_FOUND'],
    ['GET', '/health/nope', 'NOT_FOUND'],
    ['GET', '/graphql/nope', 'NOT_FOUND'],
  ] as const)('refuses %s %s in the form of every other error', async (method, url, code) => {
    const { statusCode, headers, json } = await app.fastify.inject({ method, url });
    const status = { METHOD_NOT_ALLOWED: 405, NOT_FOUND: 404, UNAUTHENTICATED: 401 }[code];
    expect([statusCode, json()]).toEqual([status, { errors: [{ message: expect.any(String), extensions: { code } }] }]);
    expect(headers.allow === undefined).toBe(status !== 405);
  });

  it('answers what is no request in the form of every other error', async () => {
    const own = await testApp(() => snapshot);
    const { port } = new URL(await own.fastify.listen({ port: 0, host: '127.0.0.1' }));
    const answerTo = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
        socket.on('data', (data) => (answer += data));
        socket.on('close', () => resolve(answer));
      });
    const bodyOf = (answer: string) => JSON.parse(answer.split('\r\n\r\n')[1]);
    const garbage = await answerTo('GARBAGE\r\n\r\n');
    expect(garbage).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(bodyOf(garbage).errors[0].extensions).toEqual({ code: 'BAD_REQUEST' });
    const long = await answerTo(`GET /graphql?x=${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(long).toMatch(/^HTTP\/1.1 431 /);
    expect(bodyOf(long).errors[0].extensions).toEqual({ code: 'HEADERS_TOO_LARGE' });
    await own.shutDown(0);
  });

  it('refuses compressed bodies, and reads any key of a variable', async () => {
    const headers = { ...JSON_HEADERS, 'content-encoding': 'gzip' };
    expect((await post(VERSION, headers)).statusCode).toBe(415);
    const body = '{"query":"{ catalog { version } }","variables":{"constructor":{"prototype":1}}}';
    expect((await post(body)).json()).toEqual({ data: { catalog: { version: 'fixture-1' } } });
  });

  it('accepts JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml']) {
      const response = await post(JSON.stringify(VERSION), { 'content-type': type });
      expect([response.statusCode, codeOf(response)], type).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
  });

  it.each([
    ['{"query": ', 400],
    ['not json', 400],
    ['', 400],
    ['null', 400],
    ['7', 400],
    ['{}', 400],
    ['{"query": 7}', 400],
    ['{"query": "{ catalog { version } }", "variables": "x"}', 400],
    ['{"query": "{ catalog { version } }", "variables": [1]}', 400],
    ['{"query": "{ catalog { version } }", "operationName": 7}', 400],
    ['{"query": "query A { catalog { version } } query B { catalog { version } }"}', 400],
    ['{"query": "{ catalog { version } }", "__proto__": {"x": 1}}', 400],
    ['{"query": "mutation { x }"}', 400],
    ['{"query": "subscription { x }"}', 400],
  ])("refuses the body %s as the caller's mistake", async (body, status) => {
    const response = await post(body);
    expect(response.statusCode).toBe(status);
    expect(codeOf(response)).not.toBe('INTERNAL_SERVER_ERROR');
    expect(response.body).not.toMatch(/\bat .*\.(ts|js):\d+/);
  });

  it('accepts one operation a request: no batch, however short', async () => {
    for (const batch of [[], [VERSION], Array.from({ length: 50 }, () => VERSION)]) {
      const response = await post(batch);
      expect(response.statusCode).toBe(400);
      expect(response.json().errors[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
    }
  });

  it('refuses a body over the limit', async () => {
    const response = await post({ query: VERSION.query, variables: { padding: 'x'.repeat(200_000) } });
    expect([response.statusCode, codeOf(response)]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('answers unknown addresses with errors of one form', async () => {
    for (const url of ['/nope', '/graphql/x', '/assets/x.js', '/..%2f..%2fetc/passwd', '/%00']) {
      const response = await app.fastify.inject({ url, headers: { accept: 'application/json' } });
      expect([response.statusCode, codeOf(response)], url).toEqual([404, 'NOT_FOUND']);
    }
    expect(codeOf(await app.fastify.inject('/%zz'))).toBe('BAD_REQUEST');
  });

  it('survives a malformed Host header', async () => {
    for (const host of ['', '%%%', 'a b', '[', '/']) {
      const response = await post(VERSION, { ...JSON_HEADERS, host });
      expect(response.json(), host).toEqual({ data: { catalog: { version: 'fixture-1' } } });
    }
  });

  it('gives every request an id, takes a harmless one from the caller, and logs it', async () => {
    const own = await post(VERSION, { ...JSON_HEADERS, 'x-request-id': 'abc-123.x' });
    expect(own.headers['x-request-id']).toBe('abc-123.x');
    for (const harmful of ['a b', 'x"y', 'é', 'x'.repeat(200), '']) {
      const made = await post(VERSION, { ...JSON_HEADERS, 'x-request-id': harmful });
      expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(app.logged.find(({ reqId }) => reqId === 'abc-123.x')).toMatchObject({
      method: 'POST',
      path: '/graphql',
      status: 200,
      msg: 'answered',
    });
  });

  it('sends security headers', async () => {
    const { headers } = await app.fastify.inject('/health');
    expect(headers['content-security-policy']).toContain("default-src 'self';script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('allows other origins only when they are configured', async () => {
    const preflight = {
      method: 'OPTIONS',
      url: '/graphql',
      headers: {
        origin: 'https://films.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    } as const;
    expect((await app.fastify.inject(preflight)).headers).not.toHaveProperty('access-control-allow-origin');
    const open = await testApp(() => snapshot, { corsOrigins: ['https://films.example'] });
    expect((await open.fastify.inject(preflight)).headers['access-control-allow-origin']).toBe('https://films.example');
    const stranger = await open.fastify.inject({ ...preflight, headers: { ...preflight.headers, origin: 'https://evil.example' } });
    expect(stranger.headers).not.toHaveProperty('access-control-allow-origin');
    await open.shutDown(0);
  });

  it('hides the schema and the playground when introspection is off', async () => {
    const closed = await testApp(() => snapshot, {
      graphql: { introspection: false, defaultRegion: 'US', maxTokens: 2_000, limits: DEFAULT_LIMITS },
    });
    expect((await refusal(closed, '{ __schema { types { name } } }')).extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const page = await closed.fastify.inject({ url: '/graphql', headers: { accept: 'text/html' } });
    expect([page.statusCode, codeOf(page)]).toEqual([404, 'NOT_FOUND']);
    const { errors } = await send(closed, '{ catalog { versio } }');
    expect(errors?.[0].message).not.toMatch(/did you mean/i);
    expect((await closed.fastify.inject({ url: '/', headers: { accept: 'text/html' } })).json()).toMatchObject({ graphql: '/graphql' });
    await closed.shutDown(0);
  });

  describe('when a resolver throws', () => {
    it('hides the error from the caller and logs its cause', async () => {
      const broken: Snapshot = {
        ...snapshot,
        search: replacing(snapshot.search, 'search', async () => {
          throw new Error('outer', { cause: new Error('the disk is on fire') });
        }),
      };
      const failing = await testApp(() => broken);
      const { status, errors, data } = await send(failing, '{ catalog { version } searchMovies(query: "x") { totalCount } }');
      expect(status).toBe(200);
      expect(data).toBeNull();
      expect(errors).toEqual([
        {
          message: 'Something went wrong on our side. The request id finds it in the log.',
          locations: expect.anything(),
          path: ['searchMovies'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ]);
      const line = failing.logged.find(({ msg }) => msg === 'a resolver failed');
      expect(line).toMatchObject({ level: 50, path: 'searchMovies', err: { message: 'the disk is on fire' } });
      expect(failing.logged.find(({ msg, reqId }) => msg === 'answered' && reqId === line?.reqId)).toBeDefined();
      await failing.shutDown(0);
    });
  });

  describe('under time limits', () => {
    const waiting = (ms: number): Snapshot => ({
      ...snapshot,
      search: replacing(snapshot.search, 'search', async () => {
        await sleep(ms);
        return { total: 0, movies: [] };
      }),
    });

    it('answers TIMEOUT when a request takes too long', async () => {
      const slow = await testApp(() => waiting(2_000), { requestTimeoutMs: 60 });
      const started = performance.now();
      const { status, errors } = await send(slow, '{ searchMovies(query: "x") { totalCount } }');
      expect(performance.now() - started).toBeLessThan(1_000);
      expect([status, errors?.[0].extensions.code]).toEqual([503, 'TIMEOUT']);
      await slow.shutDown(0);
    });

    it('starts no ranking after the deadline', async () => {
      let ranked = 0;
      const slowRanking: Snapshot = {
        ...snapshot,
        recommender: replacing(snapshot.recommender, 'similar', (index, limit) => {
          ranked++;
          const until = performance.now() + 15;
          while (performance.now() < until);
          return snapshot.recommender.similar(index, limit);
        }),
      };
      const slow = await testApp(() => slowRanking, { requestTimeoutMs: 60 });
      const { errors } = await send(
        slow,
        '{ movies(ids: ["1","32","50","260","296","480","541","588","589","593","750","858"]) { similar(first: 1) { score } } }',
      );
      expect(errors?.[0].extensions.code).toBe('TIMEOUT');
      expect(ranked).toBeLessThan(8);
      await slow.shutDown(0);
    });

    it('serves requests while a shutdown drains, is not ready, and finishes those in flight', async () => {
      const stopping = await testApp(() => waiting(400));
      const address = await stopping.fastify.listen({ port: 0, host: '127.0.0.1' });
      const ask = (query: string) =>
        fetch(`${address}/graphql`, { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify({ query }) });
      const underWay = ask('{ searchMovies(query: "x") { totalCount } }');
      await sleep(100);
      const stopped = stopping.shutDown(5_000, 200);
      const late = await ask('{ catalog { version } }');
      expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
      const ready = await fetch(`${address}/ready`);
      expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', reason: 'shutting down' }]);
      expect(await (await underWay).json()).toEqual({ data: { searchMovies: { totalCount: 0 } } });
      await stopped;
      await expect(ask('{ catalog { version } }')).rejects.toThrow();
    });

    it('does not wait during a shutdown for a request whose caller has disconnected', async () => {
      const stuck = await testApp(() => waiting(60_000), { requestTimeoutMs: 60_000 });
      const address = await stuck.fastify.listen({ port: 0, host: '127.0.0.1' });
      const gone = connect(Number(new URL(address).port), '127.0.0.1');
      const body = JSON.stringify({ query: '{ searchMovies(query: "x") { totalCount } }' });
      gone.write(`POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      await sleep(100);
      gone.destroy();
      await sleep(100);
      const started = performance.now();
      await stuck.shutDown(5_000);
      expect(performance.now() - started).toBeLessThan(1_000);
    });
  });
});
