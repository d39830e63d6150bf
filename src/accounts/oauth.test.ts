import { generateKeyPairSync, sign } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, type Answer, accountsApp, PUBLIC_URL, rowsThatMention, type Visitor } from '../../test/accounts-app.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from '../../test/openid-provider.ts';

describe('sign-in by an OpenID provider', () => {
  let provider: OpenIdProvider;
  let server: AccountsApp;
  let people = 0;

  beforeAll(async () => {
    provider = await startOpenIdProvider();
    server = await accountsApp({ oidc: { ...CLIENT, discoveryUrl: provider.discoveryUrl } });
  });
  afterAll(async () => {
    await server.stop();
    await provider.stop();
  });
  afterEach(() => provider.reset());

  /** A person that only the provider knows. */
  const somebodyNew = (): void => {
    people++;
    provider.person = { sub: `sub-${people}`, email: `person${people}@id.test`, email_verified: true, name: `Person ${people}` };
  };
  /** The address of the provider's page. */
  const begin = async (visitor: Visitor): Promise<URL> =>
    new URL((await visitor.post('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/home' })).body.url);
  /** Path and query of the address to which the provider's page sends the browser back. */
  const backFrom = async (page: URL): Promise<URL> => {
    const response = await fetch(page, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  };
  const follow = (visitor: Visitor, back: URL): Promise<Answer> => visitor.get(`${back.pathname}${back.search}`);
  const signIn = async (visitor: Visitor): Promise<Answer> => follow(visitor, await backFrom(await begin(visitor)));
  const expectRefused = async (visitor: Visitor, answer: Answer, error: RegExp): Promise<void> => {
    expect(answer.status).toBe(302);
    expect(answer.location).toMatch(error);
    expect(server.metrics.of('signInFailed').at(-1)).toEqual(['provider']);
    expect(server.log.at(-1)).toMatchObject({ address: '127.0.0.1', reason: 'provider', msg: 'sign-in failed' });
    expect(answer.cookies.filter((cookie) => cookie.includes('session_token=') && !cookie.includes('Max-Age=0'))).toEqual([]);
    expect(await visitor.authenticate()).toBeNull();
    expect(await rowsThatMention(server.database, provider.person.email)).toEqual([]);
  };

  it('sends state, nonce and a challenge, and signs the user in', async () => {
    somebodyNew();
    const visitor = server.visitor();
    const page = await begin(visitor);
    expect(page.origin).toBe(new URL(provider.issuer).origin);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'films',
      redirect_uri: `${PUBLIC_URL}/api/auth/callback/oidc`,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^.{32,}$/),
      nonce: expect.stringMatching(/^.{32,}$/),
    });
    const answer = await follow(visitor, await backFrom(page));
    expect(answer).toMatchObject({ status: 302, location: '/home' });
    expect(await visitor.authenticate()).toMatchObject({ ...about(provider), isGuest: false, via: 'session' });
    expect(provider.tokenRequests.at(-1)).toMatchObject({
      grant_type: 'authorization_code',
      code_verifier: expect.stringMatching(/^[\w~.-]{43,128}$/),
      redirect_uri: `${PUBLIC_URL}/api/auth/callback/oidc`,
    });
  });

  it('is listed by its name', async () => {
    expect((await server.visitor().graphql('{ signInProviders { id name } }')).body.data).toEqual({
      signInProviders: [{ id: 'oidc', name: 'Film Club' }],
    });
  });

  it('finds the same account the next time', async () => {
    somebodyNew();
    const [first, second] = [server.visitor(), server.visitor()];
    await signIn(first);
    await signIn(second);
    expect((await second.authenticate())?.userId).toBe((await first.authenticate())?.userId);
  });

  it('turns a guest into an account with the same library', async () => {
    somebodyNew();
    const guest = server.visitor();
    const guestId = await guest.beGuest();
    await server.library.setFeedback(guestId, movieIdOf(7), 'LIKE', new Date());
    await signIn(guest);
    const identity = await guest.authenticate();
    expect(identity).toMatchObject({ ...about(provider), isGuest: false });
    expect(await server.library.feedbackOf(identity?.userId ?? '', [movieIdOf(7)])).toEqual(new Map([[7, 'LIKE']]));
    expect(await rowsThatMention(server.database, guestId)).toEqual([]);
  });

  it('stores no token of the provider', async () => {
    somebodyNew();
    for (const _time of ['first', 'second']) {
      await signIn(server.visitor());
      const { rows } = await sql`select * from cinematch_account where "accountId" = ${provider.person.sub}`.execute(
        server.database.kysely,
      );
      expect(rows).toEqual([expect.objectContaining({ providerId: 'oidc', accessToken: null, refreshToken: null, idToken: null })]);
    }
  });

  it('refuses an account that somebody else created with the address', async () => {
    somebodyNew();
    provider.person.email = 'owner@films.test';
    await server.visitor().signUp('Owner');
    const visitor = server.visitor();
    const answer = await signIn(visitor);
    expect(answer.location).toMatch(/error=account_not_linked/);
    expect(await visitor.authenticate()).toBeNull();
  });

  it('is linked to an account by its owner, and then both ways sign in', async () => {
    somebodyNew();
    provider.person.email = 'linker@films.test';
    const owner = server.visitor();
    const userId = await owner.signUp('Linker');
    const page = new URL((await owner.post('/api/auth/link-social', { provider: 'oidc', callbackURL: '/profile' })).body.url);
    expect((await follow(owner, await backFrom(page))).location).toBe('/profile');
    const visitor = server.visitor();
    await signIn(visitor);
    expect(await visitor.authenticate()).toMatchObject({ userId });
  });

  describe('is refused with', () => {
    it('a forged state', async () => {
      somebodyNew();
      const visitor = server.visitor();
      const back = await backFrom(await begin(visitor));
      back.searchParams.set('state', 'x'.repeat(32));
      await expectRefused(visitor, await follow(visitor, back), /error=(please_restart_the_process|state_)/);
    });

    it('no state', async () => {
      somebodyNew();
      const visitor = server.visitor();
      const back = await backFrom(await begin(visitor));
      back.searchParams.delete('state');
      await expectRefused(visitor, await follow(visitor, back), /error=state_not_found/);
    });

    it('the state of another browser, so that a link cannot sign a user in as somebody else', async () => {
      somebodyNew();
      const attacker = server.visitor();
      const back = await backFrom(await begin(attacker));
      const victim = server.visitor();
      await expectRefused(victim, await follow(victim, back), /error=state_/);
    });

    it('a used callback', async () => {
      somebodyNew();
      const visitor = server.visitor();
      const page = await begin(visitor);
      const back = await backFrom(page);
      const cookies = new Map(visitor.cookies);
      expect((await follow(visitor, back)).location).toBe('/home');
      const thief = server.visitor();
      for (const [name, value] of cookies) thief.cookies.set(name, value);
      const again = await follow(thief, back);
      expect(again.location).toMatch(/error=(please_restart_the_process|state_)/);
      expect(await thief.authenticate()).toBeNull();
    });

    it('a code of another sign-in', async () => {
      somebodyNew();
      const stolen = (await backFrom(await begin(server.visitor()))).searchParams.get('code') ?? '';
      const thief = server.visitor();
      const back = await backFrom(await begin(thief));
      back.searchParams.set('code', stolen);
      await expectRefused(thief, await follow(thief, back), /error=/);
    });

    it('an error of the provider', async () => {
      somebodyNew();
      const visitor = server.visitor();
      const back = await backFrom(await begin(visitor));
      back.searchParams.delete('code');
      back.searchParams.set('error', 'access_denied');
      await expectRefused(visitor, await follow(visitor, back), /error=access_denied/);
    });

    const now = (): number => Math.floor(Date.now() / 1_000);
    it.each<[string, () => Record<string, unknown>]>([
      ['for another audience', () => ({ aud: 'another client' })],
      ['that expired', () => ({ iat: now() - 1_000, exp: now() - 500 })],
      ['of another issuer', () => ({ iss: 'http://other.test' })],
      ['of another sign-in', () => ({ nonce: 'another nonce' })],
    ])('an ID token %s', async (_name, claims) => {
      somebodyNew();
      provider.claims = claims();
      const visitor = server.visitor();
      await expectRefused(visitor, await signIn(visitor), /error=/);
    });

    it.each<[string, (idToken: string) => string]>([
      ['without a signature', unsigned],
      ['that another key with the same id signed', (idToken) => signedByOther(idToken, {})],
      ['signed by a key that the provider does not publish', (idToken) => signedByOther(idToken, { kid: 'of another issuer' })],
      ['with changed claims', (idToken) => changed(idToken, { email: 'someone@else.test' })],
    ])('an ID token %s', async (_name, forge) => {
      somebodyNew();
      provider.forge = forge;
      const visitor = server.visitor();
      await expectRefused(visitor, await signIn(visitor), /error=/);
      // The same token is refused when a caller posts it without the provider's page.
      const token = forge(
        `${part({ alg: 'RS256' })}.${part({ ...provider.person, iss: provider.issuer, aud: 'films', exp: now() + 100 })}.x`,
      );
      const direct = await visitor.post('/api/auth/sign-in/social', { provider: 'oidc', idToken: { token } });
      expect(direct.status).toBeGreaterThanOrEqual(400);
      expect(await visitor.authenticate()).toBeNull();
    });

    it('a return address of another site', async () => {
      const visitor = server.visitor();
      for (const callbackURL of ['https://evil.test/', '//evil.test/', '/\\evil.test', 'javascript:alert(1)']) {
        const answer = await visitor.post('/api/auth/sign-in/social', { provider: 'oidc', callbackURL });
        expect(answer.status, callbackURL).toBe(403);
      }
    });
  });

  it('writes no code, state or token to the log', () => {
    const written = JSON.stringify([server.log, server.app.logged]);
    expect(written).toContain('/api/auth/callback/oidc');
    for (const { code, code_verifier } of provider.tokenRequests) {
      expect(written).not.toContain(code);
      expect(written).not.toContain(code_verifier);
    }
    expect(written).not.toContain('eyJ');
    expect(written).not.toContain(CLIENT.clientSecret);
  });
});

describe('an OpenID provider that does not answer', () => {
  it('does not delay the start, and is used once it answers', async () => {
    const provider = await startOpenIdProvider();
    const port = Number(new URL(provider.issuer).port);
    await provider.stop();
    const server = await accountsApp({ oidc: { ...CLIENT, discoveryUrl: provider.discoveryUrl, retryMs: 50 } });
    const ann = server.visitor();
    await ann.signUp('Ann');
    const ask = () => ann.post('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' });
    const offered = async () => (await ann.graphql('{ signInProviders { id } }')).body.data.signInProviders;
    expect([(await ask()).status, await offered()]).toEqual([404, []]);
    const back = await startOpenIdProvider(port);
    await expect.poll(async () => (await ask()).status, { timeout: 5_000 }).toBe(200);
    expect(await offered()).toEqual([{ id: 'oidc' }]);
    expect(await ann.authenticate()).toMatchObject({ name: 'Ann' });
    const messages = server.log.map(({ msg }) => msg).filter((msg) => String(msg).startsWith('the OpenID provider'));
    expect(messages).toEqual([
      'the OpenID provider cannot be used; users cannot sign in through it until it can',
      'the OpenID provider can be used',
    ]);
    await server.stop();
    await back.stop();
  });
});

function about({ person }: OpenIdProvider): { name: string; email: string } {
  return { name: person.name, email: person.email };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function read(text = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

function unsigned(idToken: string): string {
  const [header, claims] = idToken.split('.');
  return `${part({ ...read(header), alg: 'none' })}.${claims}.`;
}

function signedByOther(idToken: string, more: object): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [header, claims] = idToken.split('.');
  const text = `${part({ ...read(header), ...more })}.${claims}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}

function changed(idToken: string, more: object): string {
  const [header, claims, signature] = idToken.split('.');
  return [header, part({ ...read(claims), ...more }), signature].join('.');
}
