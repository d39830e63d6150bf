import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { recordingMetrics } from '../../test/recording-metrics.ts';
import type { TestAppOptions } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import { RateLimits } from '../rate-limit/rate-limits.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { ReadyAnswers } from './ready-answers.ts';

const QUERY = '{ recommendations(first: 20) { totalCount nodes { explanation movie { id title overview } } } }';
const BODY = JSON.stringify({ query: QUERY });
/** Fastify compares tags. The lane passes such a request on. */
const BY_FASTIFY = { 'if-none-match': '"another"' };

describe('the lane of ready answers', () => {
  let snapshot: Snapshot;
  let ready: ReadyAnswers;
  let app: ViewerApp;
  let url: string;
  /** Requests that came to a handler of Fastify. */
  let handled = 0;
  const count = (): void => void handled++;
  afterAll(() => unsubscribe('tracing:fastify.request.handler:start', count));
  beforeAll(async () => {
    subscribe('tracing:fastify.request.handler:start', count);
    snapshot = await fixtureSnapshot();
  });
  afterEach(() => app.shutDown(0));

  const start = async (options: TestAppOptions = {}) => {
    const metrics = recordingMetrics();
    ready = new ReadyAnswers({ maxBytes: 1_048_576, version: () => snapshot.catalog.version });
    app = await viewerApp(() => snapshot, { readyAnswers: ready, metrics, ...options });
    url = `${await app.fastify.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
    return metrics;
  };
  const post = async (headers: Record<string, string> = {}, body = BODY) => {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
  const withoutTimes = ({ headers: { date: _date, 'x-request-id': _id, ...headers }, ...answer }: Awaited<ReturnType<typeof post>>) => ({
    ...answer,
    headers,
  });

  it.each([
    ['plain', { 'accept-encoding': 'identity' }],
    ['brotli', { 'accept-encoding': 'br' }],
    ['gzip', { 'accept-encoding': 'gzip' }],
    ['another type', { 'accept-encoding': 'identity', accept: 'application/graphql-response+json' }],
    ['a page of the site', { 'accept-encoding': 'identity', origin: 'http://films.example' }],
    ['a charset', { 'accept-encoding': 'identity', 'content-type': 'application/json; charset=utf-8' }],
  ])('gives what Fastify gives, with the same headers: %s', async (_name, headers) => {
    const metrics = await start();
    for (let n = 0; n < 3; n++) expect((await post(headers)).status).toBe(200);
    const before = metrics.of('request').length;
    const counts = [handled];
    const byLane = await post(headers);
    counts.push(handled);
    const byFastify = await post({ ...headers, ...BY_FASTIFY });
    expect([...counts, handled]).toEqual([counts[0], counts[0], counts[0] + 1]);
    expect(withoutTimes(byLane)).toEqual(withoutTimes(byFastify));
    expect(byLane.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(
      metrics
        .of('request')
        .slice(before)
        .map(([route, method, status]) => [route, method, status]),
    ).toEqual([
      ['/graphql', 'POST', 200],
      ['/graphql', 'POST', 200],
    ]);
  });

  it('leaves a form that was not made yet to Fastify, and counts one hit for it', async () => {
    await start();
    for (let n = 0; n < 3; n++) await post({ 'accept-encoding': 'br' });
    const before = { handled, hits: ready.hits };
    const first = await post({ 'accept-encoding': 'gzip' });
    expect({ handled, hits: ready.hits }).toEqual({ handled: before.handled + 1, hits: before.hits + 1 });
    const second = await post({ 'accept-encoding': 'gzip' });
    expect({ handled, hits: ready.hits }).toEqual({ handled: before.handled + 1, hits: before.hits + 2 });
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
  });

  it('writes the line of the request, with its id', async () => {
    await start();
    for (let n = 0; n < 3; n++) await post();
    const before = [handled, app.logged.length];
    const { headers } = await post({ 'x-request-id': 'mine' });
    expect([headers['x-request-id'], handled]).toEqual(['mine', before[0]]);
    const lines = app.logged.slice(before[1]).filter(({ msg }) => msg === 'answered');
    expect(lines).toEqual([
      expect.objectContaining({ reqId: 'mine', method: 'POST', path: '/graphql', status: 200, ms: expect.any(Number) }),
    ]);
  });

  it('passes on a body that it has no answer for, whole, also in two parts', async () => {
    await start();
    for (let n = 0; n < 3; n++) {
      const { status, body } = await post({}, JSON.stringify({ query: `{ movie(id: "${n + 1}") { id } }` }));
      expect([status, JSON.parse(body).data === undefined]).toEqual([200, false]);
    }
    for (let n = 0; n < 3; n++) expect(await inParts(BODY)).toContain('"totalCount"');
    expect((await post()).body).toContain('"totalCount"');
  });

  /** Sends the body in two packets over a connection of its own. */
  async function inParts(body: string): Promise<string> {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    const head = `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
    socket.write(head + body.slice(0, 10));
    await new Promise((resolve) => app.fastify.server.once('request', resolve));
    socket.write(body.slice(10));
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  }

  it('answers several requests of one connection in their order', async () => {
    await start();
    const other = JSON.stringify({ query: '{ catalog { version } }' });
    for (let n = 0; n < 3; n++) await post();
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    const message = (body: string, last: boolean) =>
      `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${last ? 'connection: close\r\n' : ''}\r\n${body}`;
    socket.write(message(BODY, false) + message(other, false) + message(BODY, true));
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect([...text.matchAll(/"totalCount"|"version"/g)].map(([name]) => name)).toEqual(['"totalCount"', '"version"', '"totalCount"']);
  });

  it('counts each request once for the limit, and lets Fastify refuse', async () => {
    const metrics = recordingMetrics();
    const limits = new RateLimits({ perAddress: 4, perUser: 9, perKey: 9, signIn: 9 }, { metrics, now: () => 45_000 });
    await start({ rateLimits: limits, metrics });
    for (let n = 0; n < 4; n++) expect((await post()).status).toBe(200);
    const refused = await post();
    expect([refused.status, refused.headers['retry-after'], JSON.parse(refused.body).errors[0].extensions.code]).toEqual([
      429,
      '15',
      'RATE_LIMITED',
    ]);
    expect(metrics.of('refused')).toEqual([['address']]);
  });

  it.each([
    ['credentials', { 'x-test-user': 'ann' }],
    ['a proxy', { 'x-forwarded-for': '192.0.2.1' }],
    ['an encoding', { 'content-encoding': 'gzip' }],
    ['another type', { 'content-type': 'text/plain' }],
  ])('leaves to Fastify a request with %s', async (_name, headers) => {
    await start();
    for (let n = 0; n < 3; n++) await post();
    const before = handled;
    const { status } = await post(headers);
    // A request that Fastify refuses does not come to the handler.
    if (status === 200) expect(handled).toBe(before + 1);
    else expect(status).toBe(415);
  });

  it('gives nothing of a version that went', async () => {
    await start();
    for (let n = 0; n < 3; n++) await post();
    const { hits } = ready;
    snapshot = { ...snapshot, catalog: Object.assign(Object.create(Object.getPrototypeOf(snapshot.catalog)), snapshot.catalog) };
    Object.defineProperty(snapshot.catalog, 'version', { value: 'next' });
    expect((await post()).status).toBe(200);
    expect(ready.hits).toBe(hits);
    snapshot = await fixtureSnapshot();
  });
});
