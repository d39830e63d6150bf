import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, type Visitor } from '../../test/accounts-app.ts';

describe('the session cookie', () => {
  it('is HttpOnly and SameSite on http', async () => {
    const server = await accountsApp();
    const answer = await server.visitor().post('/api/auth/sign-in/anonymous');
    await server.stop();
    expect(answer.cookies).toHaveLength(1);
    expect(answer.cookies[0]).toMatch(/^cinematch\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is Secure when the public URL is https', async () => {
    const server = await accountsApp({ publicUrl: 'https://films.test' });
    const ann = server.visitor();
    await ann.signUp('Ann');
    const answer = await ann.signIn('Ann');
    expect(answer.cookies[0]).toMatch(
      /^__Secure-cinematch\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await ann.authenticate()).toMatchObject({ name: 'Ann' });
    await server.stop();
  });
});

describe('pages of other origins', () => {
  let server: AccountsApp;
  let ann: Visitor;
  beforeAll(async () => {
    server = await accountsApp();
    ann = server.visitor();
    await ann.signUp('Ann');
  });
  afterAll(() => server.stop());

  it.each([
    ['the server itself', { origin: PUBLIC_URL }],
    ['a trusted origin', { origin: 'https://app.films.test' }],
    ['no page', {}],
    ['the server itself, without an Origin header', { 'sec-fetch-site': 'same-origin' }],
  ])('may use the cookie when they are %s', async (_name, headers) => {
    expect(await ann.authenticate(headers)).toMatchObject({ name: 'Ann' });
  });

  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['an origin that begins like a trusted one', { origin: 'https://app.films.test.evil.test' }],
    ['the server itself with another scheme', { origin: 'https://films.test' }],
    ['the requested host, when PUBLIC_URL is set', { origin: 'http://other.test', host: 'other.test' }],
    ['nowhere', { origin: 'null' }],
    ['another site, without an Origin header', { 'sec-fetch-site': 'cross-site' }],
  ])('may not when they are %s', async (_name, headers) => {
    expect(await ann.authenticate(headers)).toBeNull();
  });

  it.each(['/api/auth/sign-out', '/api/auth/delete-user', '/api/auth/api-key/create', '/api/auth/revoke-sessions'])(
    'cannot post to %s with the cookie',
    async (path) => {
      const origins = [{ origin: 'https://evil.test' }, { origin: 'null' }, { origin: '' }];
      for (const headers of origins) expect((await ann.post(path, {}, headers)).status).toBe(403);
      expect(await ann.authenticate()).not.toBeNull();
    },
  );

  it('cannot sign a user in, and are no target of a redirect', async () => {
    const someone = server.visitor();
    const form = { email: 'ann@films.test', password: 'password of Ann' };
    expect((await someone.post('/api/auth/sign-in/email', form, { origin: 'https://evil.test' })).status).toBe(403);
    const away = { ...form, callbackURL: 'https://evil.test/welcome' };
    expect((await someone.post('/api/auth/sign-in/email', away)).status).toBe(403);
  });

  it('cannot send requests without a preflight: a form or plain text', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type, origin: 'https://evil.test' };
      expect((await ann.graphqlRaw('{"query":"{ catalog { version } }"}', headers)).status, type).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('pages of CORS_ORIGINS', () => {
  it('may send the cookie, a token or a key; pages of other origins may not', async () => {
    const server = await accountsApp({}, undefined, { corsOrigins: ['https://app.films.test'] });
    const preflight = (origin: string) =>
      server.app.fastify.inject({
        method: 'OPTIONS',
        url: '/graphql',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,authorization,x-api-key',
        },
      });
    const { headers } = await preflight('https://app.films.test');
    expect(headers['access-control-allow-origin']).toBe('https://app.films.test');
    expect(headers['access-control-allow-credentials']).toBe('true');
    expect(String(headers['access-control-allow-headers']).split(/, ?/)).toEqual(
      expect.arrayContaining(['content-type', 'authorization', 'x-api-key']),
    );
    expect((await preflight('https://evil.test')).headers['access-control-allow-origin']).toBeUndefined();
    await server.stop();
  });
});

describe('a server without PUBLIC_URL', () => {
  it('trusts the pages of the host in the request', async () => {
    const server = await accountsApp({ trustOwnHost: true });
    const ann = server.visitor();
    await ann.signUp('Ann');
    const known = { name: 'Ann' };
    expect(await ann.authenticate({ host: '192.168.1.7:4000', origin: 'http://192.168.1.7:4000' })).toMatchObject(known);
    expect(await ann.authenticate({ host: 'films.example', origin: 'https://films.example' })).toMatchObject(known);
    expect(await ann.authenticate({ host: '[::1]:4000', origin: 'http://[::1]:4000' })).toMatchObject(known);
    expect(await ann.authenticate({ host: '192.168.1.7:4000', origin: 'http://192.168.1.7:8080' })).toBeNull();
    expect(await ann.authenticate({ host: '*', origin: 'http://evil.test' })).toBeNull();
    expect(await ann.authenticate({ host: '*.test', origin: 'http://evil.test' })).toBeNull();
    const post = (host: string, origin: string) => ann.post('/api/auth/update-user', { name: 'Ann' }, { host, origin });
    expect((await post('192.168.1.7:4000', 'http://192.168.1.7:4000')).status).toBe(200);
    expect((await post('192.168.1.7:4000', 'http://evil.test')).status).toBe(403);
    expect((await post('*', 'http://evil.test')).status).toBe(403);
    await server.stop();
  });
});

describe('the session list', () => {
  it('shows the network address of the request and ignores the headers of the caller', async () => {
    const server = await accountsApp();
    const ann = server.visitor();
    await ann.post(
      '/api/auth/sign-up/email',
      { name: 'Ann', email: 'ann@films.test', password: 'password of Ann' },
      { 'x-forwarded-for': '203.0.113.9', 'x-client-address': '203.0.113.9' },
    );
    const [session] = (await ann.get('/api/auth/list-sessions')).body;
    expect(session.ipAddress).toBe('127.0.0.1');
    await server.stop();
  });
});
