import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { HTTP, testApp } from '../../test/running-app.ts';
import { createMetricsServer, type GuardedMetricsPage } from './metrics-routes.ts';

const page = { contentType: 'text/plain; version=0.0.4', text: async () => 'cinematch_requests 1' };
const TOKEN = 'a token of 16 or more';

describe('/metrics', () => {
  const stop: (() => Promise<unknown>)[] = [];
  afterEach(() => Promise.all(stop.splice(0).map((each) => each())));

  const served = async (metricsPage: GuardedMetricsPage | undefined) => {
    const snapshot = await fixtureSnapshot();
    const app = await testApp(() => snapshot, metricsPage === undefined ? {} : { metricsPage });
    stop.push(() => app.shutDown(0));
    return (authorization?: string) =>
      app.fastify.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } });
  };

  it('is read by anybody without a token', async () => {
    const { statusCode, headers, body } = await (await served({ page, token: undefined }))();
    expect([statusCode, headers['content-type'], body]).toEqual([200, page.contentType, 'cinematch_requests 1']);
  });

  it('is read with the token', async () => {
    expect((await (await served({ page, token: TOKEN }))(`Bearer ${TOKEN}`)).statusCode).toBe(200);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    TOKEN,
    `Basic ${TOKEN}`,
    `bearer ${TOKEN}`,
  ])('is refused with authorization: %s', async (authorization) => {
    const { statusCode, headers, body } = await (await served({ page, token: TOKEN }))(authorization);
    expect([statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(JSON.parse(body).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(body).not.toContain(TOKEN);
  });

  it('is not there when it is off, or on a port of its own', async () => {
    expect((await (await served(undefined))()).statusCode).toBe(404);
  });

  it('on a port of its own there is nothing else', async () => {
    const server = await createMetricsServer(HTTP, pino({ level: 'silent' }), { page, token: TOKEN });
    stop.push(() => server.close());
    const ask = async (url: string, headers: Record<string, string> = {}) => (await server.inject({ url, headers })).statusCode;
    expect(await ask('/metrics')).toBe(401);
    expect(await ask('/metrics', { authorization: `Bearer ${TOKEN}` })).toBe(200);
    for (const url of ['/', '/graphql', '/health', '/api/auth/get-session', '/export.json']) expect(await ask(url), url).toBe(404);
  });
});
