import { describe, expect, it } from 'vitest';
import { accountsApp } from '../../test/accounts-app.ts';
import { foreignOriginText, isForeign, trustedOriginsOf } from './trusted-origins.ts';

describe('the origins of the server itself', () => {
  const origins = trustedOriginsOf({ publicUrl: 'http://localhost:4000', trustedOrigins: [], trustOwnHost: true });
  const trusts = (host: string, origin: string): boolean => origins(new Headers({ host, origin })).includes(origin);

  it.each([
    ['films.example', 'https://films.example', true],
    ['films.example', 'https://films.example:8443', true],
    ['films.example', 'https://films.example.evil.test:8443', false],
    ['films.example', 'https://evil.test:8443', false],
    ['films.example:443', 'https://films.example:8443', false],
    ['127.0.0.1:4000', 'http://films.lan', false],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000', true],
    ['127.0.0.1:4000', 'http://localhost:4000', true],
    ['[::1]:4000', 'http://[::1]:4000', true],
    ['FILMS.example', 'https://films.EXAMPLE:8443', false],
    ['films.example', 'ftp://films.example', false],
    ['*.example', 'https://*.example', false],
    ['films.example/x', 'https://films.example/x', false],
  ])('at the host %s, a page of %s: %s', (host, origin, trusted) => {
    expect(trusts(host, origin)).toBe(trusted);
  });

  it('are those of the settings alone when the host does not count, or is missing', () => {
    const fixed = { publicUrl: 'https://a.test', trustedOrigins: ['https://b.test'], trustOwnHost: false };
    expect(trustedOriginsOf(fixed)(new Headers({ host: 'c.test' }))).toEqual(['https://a.test', 'https://b.test']);
    for (const headers of [undefined, new Headers()])
      expect(trustedOriginsOf({ ...fixed, trustOwnHost: true })(headers)).toEqual(['https://a.test', 'https://b.test']);
  });

  it('are foreign to a page of another origin only', () => {
    const of = (headers: Record<string, string>): boolean => isForeign(new Headers(headers), () => ['https://a.test']);
    expect([of({}), of({ origin: 'https://a.test' }), of({ origin: 'https://b.test' }), of({ origin: 'null' })]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('are named with what to set', () => {
    expect(foreignOriginText('http://a.test', 'b.test', true)).toBe(
      'This server does not know http://a.test as its own address (the request names the host b.test). If it is yours: set PUBLIC_URL=http://a.test, or let the proxy pass the Host header.',
    );
    expect(foreignOriginText('http://a.test', null, true)).toContain('(the request names the host (none))');
    expect(foreignOriginText('http://a.test', 'b.test', false)).toBe(
      'This server does not know http://a.test as its own address (PUBLIC_URL names another address). If it is yours: set PUBLIC_URL=http://a.test.',
    );
  });

  const signIn = async (trustedProxies: false | number) => {
    const server = await accountsApp({ trustOwnHost: true, publicUrl: 'http://localhost:4000' }, undefined, { trustedProxies });
    const response = await server.app.fastify.inject({
      method: 'POST',
      url: '/api/auth/sign-in/anonymous',
      headers: {
        origin: 'http://films.lan',
        host: '127.0.0.1:4000',
        'x-forwarded-host': 'films.lan',
        'x-forwarded-for': '10.0.0.9',
        'content-type': 'application/json',
      },
      payload: '{}',
    });
    const { count } = await server.database.kysely
      .selectFrom('cinematch_user')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    await server.stop();
    return { status: response.statusCode, body: response.json(), guests: Number(count), log: server.log };
  };

  it('takes the host from a trusted proxy', async () => {
    expect(await signIn(1)).toMatchObject({ status: 200, guests: 1 });
  });

  it('makes no guest for a page that it does not know, and says what to set', async () => {
    const { status, body, guests, log } = await signIn(false);
    expect([status, guests]).toEqual([403, 0]);
    expect(body).toMatchObject({ code: 'INVALID_ORIGIN', message: expect.stringContaining('set PUBLIC_URL=http://films.lan') });
    expect(log).toContainEqual(expect.objectContaining({ level: 40, origin: 'http://films.lan', host: '127.0.0.1:4000' }));
  });
});
