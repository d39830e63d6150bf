import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { type RecordingMetrics, recordingMetrics } from '../../test/recording-metrics.ts';
import { type TestApp, type TestAppOptions, testApp } from '../../test/running-app.ts';
import { limitedAuthenticate } from '../app/limited-authenticate.ts';
import { type RateLimitSettings, RateLimits } from '../rate-limit/rate-limits.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const QUERY = { query: '{ viewer { id } }' };

describe('rate limits', () => {
  let snapshot: Snapshot;
  let app: TestApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });
  afterEach(() => app.shutDown(0));

  let metrics: RecordingMetrics;
  const refusals = () => metrics.of('refused').map(([rule]) => rule);
  const start = async (limits: Partial<RateLimitSettings>, options: TestAppOptions = {}, isShared = false): Promise<void> => {
    metrics = recordingMetrics();
    // A clock that stands still: no window ends within a test.
    const settings = { perAddress: 1_000, perUser: 1_000, perKey: 1_000, signIn: 1_000, ...limits };
    const rateLimits = new RateLimits(settings, { metrics, now: () => 90_000 });
    if (isShared) {
      const take = rateLimits.take.bind(rateLimits);
      vi.spyOn(rateLimits, 'take').mockImplementation(async (who, rule) => take(who, rule));
    }
    const person = {
      name: 'A',
      email: null,
      emailVerified: false,
      isGuest: false,
      role: 'member' as const,
      scopes: new Set(['read', 'write'] as const),
    };
    const authenticate = limitedAuthenticate(async (headers) => {
      const [user, key] = [headers.get('x-test-user'), headers.get('x-test-key')];
      if (user === null) return null;
      return key === null ? { ...person, userId: user, via: 'session' } : { ...person, userId: user, via: 'api-key', keyId: key };
    }, rateLimits);
    app = await testApp(() => snapshot, {
      rateLimits,
      accounts: {
        handle: async () => new Response('{}', { status: 401 }),
        authenticate,
        signInProviders: () => [],
        credentialHeaders: ['x-test-user'],
        sessionCookie: 'session',
      },
      ...options,
    });
  };
  const post = (url = '/graphql', headers: Record<string, string> = {}, remoteAddress = '192.0.2.1') =>
    app.fastify.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload: QUERY, remoteAddress });
  const statuses = async (times: number, ask: (n: number) => ReturnType<typeof post>): Promise<number[]> => {
    const all: number[] = [];
    for (let n = 0; n < times; n++) all.push((await ask(n)).statusCode);
    return all;
  };

  it('refuse an address with 429, RATE_LIMITED and the seconds until the minute ends, and serve the others', async () => {
    await start({ perAddress: 2 });
    expect(await statuses(3, () => post())).toEqual([200, 200, 429]);
    const refused = await post();
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.json()).toEqual({
      errors: [{ message: 'Too many requests from your address. Try again in 30 s.', extensions: { code: 'RATE_LIMITED' } }],
    });
    expect((await post('/graphql', {}, '192.0.2.2')).statusCode).toBe(200);
    expect(refusals()).toEqual(['address', 'address']);
  });

  it('do not count pages and health checks', async () => {
    const metricsPage = { page: { contentType: 'text/plain', text: async () => 'x' }, token: undefined };
    await start({ perAddress: 1 }, { metricsPage });
    await post();
    const get = async (url: string) => (await app.fastify.inject({ url, remoteAddress: '192.0.2.1' })).statusCode;
    for (const url of ['/', '/health', '/ready', '/metrics']) expect(await get(url), url).toBe(200);
    for (const url of ['/export.json', '/robots.txt', '/nowhere']) expect(await get(url), url).toBe(429);
    // Somebody in a browser is told by a page that there is nothing, here without a playground. Files are no pages.
    const visit = async (url: string) =>
      (await app.fastify.inject({ url, headers: { accept: 'text/html' }, remoteAddress: '192.0.2.1' })).statusCode;
    expect([await visit('/nowhere'), await visit('/graphql'), await visit('/export.json')]).toEqual([404, 404, 429]);
    expect((await app.fastify.inject({ method: 'OPTIONS', url: '/graphql', remoteAddress: '192.0.2.1' })).statusCode).not.toBe(429);
  });

  it('wait for counts that other servers share', async () => {
    await start({ perAddress: 2, signIn: 1 }, {}, true);
    expect(await statuses(3, () => post())).toEqual([200, 200, 429]);
    const signIn = () => post('/api/auth/sign-in/email', {}, '192.0.2.2');
    expect(await statuses(2, signIn)).toEqual([401, 429]);
    expect(refusals()).toEqual(['address', 'sign-in']);
  });

  it('count an IPv6 network as one address', async () => {
    await start({ perAddress: 2 });
    expect(await statuses(3, (n) => post('/graphql', {}, `2001:db8:0:7::${n + 1}`))).toEqual([200, 200, 429]);
    // The networks next to it, and its other half.
    for (const network of ['2001:db8:0:6', '2001:db8:0:8']) expect((await post('/graphql', {}, `${network}::1`)).statusCode).toBe(200);
    expect((await post('/graphql', {}, '2001:db8:0:7:8000::1')).statusCode).toBe(429);
  });

  it('count attempts to sign in over the 48 bits that a customer may have', async () => {
    await start({ signIn: 2 });
    const attempt = (n: number) => post('/api/auth/sign-in/email', {}, `2001:db8:0:${n}::1`);
    expect(await statuses(3, attempt)).toEqual([401, 401, 429]);
    expect((await post('/api/auth/sign-in/email', {}, '2001:db8:0:8000::1')).statusCode).toBe(429);
    expect((await post('/api/auth/sign-in/email', {}, '2001:db8:1::1')).statusCode).toBe(401);
  });

  it('count a user over all addresses, and answer RATE_LIMITED in GraphQL', async () => {
    await start({ perUser: 2 });
    const ask = (n: number) => post('/graphql', { 'x-test-user': 'ada' }, `192.0.2.${n}`);
    expect(await statuses(3, ask)).toEqual([200, 200, 429]);
    const refused = await ask(9);
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.json().errors[0]).toMatchObject({
      message: 'Too many requests of this user. Try again in 30 s.',
      extensions: { code: 'RATE_LIMITED' },
    });
    expect((await post('/graphql', { 'x-test-user': 'bob' })).statusCode).toBe(200);
  });

  it('count each API key of a user by itself, and not for the user', async () => {
    await start({ perUser: 1, perKey: 2 });
    const withKey = (key: string) => post('/graphql', { 'x-test-user': 'ada', 'x-test-key': key });
    expect(await statuses(3, () => withKey('one'))).toEqual([200, 200, 429]);
    expect((await withKey('two')).statusCode).toBe(200);
    expect((await post('/graphql', { 'x-test-user': 'ada' })).statusCode).toBe(200);
    expect(refusals()).toEqual(['key']);
  });

  it.each(['sign-in/email', 'sign-up/email', 'sign-in/anonymous', 'request-password-reset', 'change-password'])(
    'count attempts at %s separately',
    async (route) => {
      await start({ signIn: 2 });
      expect(await statuses(3, () => post(`/api/auth/${route}`))).toEqual([401, 401, 429]);
      expect((await post('/api/auth/sign-out')).statusCode).toBe(401);
      expect((await post()).statusCode).toBe(200);
      expect(refusals()).toEqual(['sign-in']);
    },
  );

  it('hold however the path is written', async () => {
    await start({ signIn: 1 });
    await post('/api/auth/sign-in/email');
    for (const path of [
      '/api/auth/sign-in/email?x=1',
      '/api/auth/sign-in/email/',
      '/api/auth//sign-in/email',
      '/api/auth/%73ign-in/email',
      '/api/auth/SIGN-IN/email',
      '/api/%61uth/sign-in/email',
      '/api/auth/sign-out/../sign-in/email',
    ])
      expect((await post(path)).statusCode, path).toBe(429);
  });

  it('ignore X-Forwarded-For unless a proxy is trusted', async () => {
    await start({ perAddress: 1 });
    expect(await statuses(2, (n) => post('/graphql', { 'x-forwarded-for': `198.51.100.${n}` }))).toEqual([200, 429]);
  });

  it.each([[1], [['192.0.2.0/24']]])(
    'take the address of the caller from a trusted proxy, and nothing that stands before it (%j)',
    async (trustedProxies) => {
      await start({ perAddress: 1 }, { trustedProxies });
      const from = (forwarded: string) => post('/graphql', { 'x-forwarded-for': forwarded });
      expect((await from('198.51.100.1')).statusCode).toBe(200);
      expect((await from('198.51.100.2')).statusCode).toBe(200);
      expect((await from('203.0.113.9, 198.51.100.1')).statusCode).toBe(429);
    },
  );

  it('can be read by pages of another origin', async () => {
    await start({ perAddress: 1 }, { corsOrigins: ['https://films.example'] });
    await post();
    const { statusCode, headers } = await post('/graphql', { origin: 'https://films.example' });
    expect(statusCode).toBe(429);
    expect(headers['access-control-allow-origin']).toBe('https://films.example');
    expect(headers['access-control-expose-headers']).toContain('retry-after');
  });
});
