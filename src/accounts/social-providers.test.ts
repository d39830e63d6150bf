import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, type Visitor } from '../../test/accounts-app.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from '../../test/openid-provider.ts';

const realFetch = globalThis.fetch;

describe('sign-in by Google and Facebook', () => {
  let provider: OpenIdProvider;
  let server: AccountsApp;
  /** Requests to hosts that a test cannot reach. */
  let outside: URL[] = [];
  let facebookReplies: Record<string, unknown> = {};

  beforeAll(async () => {
    provider = await startOpenIdProvider();
    server = await accountsApp({ google: CLIENT, facebook: CLIENT });
    // The library has fixed addresses of these providers. Their requests go to the local provider.
    vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.hostname === 'localhost' || url.hostname === '127.0.0.1') return realFetch(input, init);
      outside.push(url);
      const { host, pathname } = url;
      if (host === 'oauth2.googleapis.com' && pathname === '/token') return realFetch(`${provider.issuer}/token`, init);
      if (host === 'www.googleapis.com' && pathname === '/oauth2/v3/certs') return realFetch(`${provider.issuer}/jwks`, init);
      if (host === 'graph.facebook.com') return Response.json(facebookReplies[pathname] ?? null);
      throw new Error(`unexpected request to ${url.origin}`);
    });
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    await server.stop();
    await provider.stop();
  });
  afterEach(() => {
    provider.reset();
    outside = [];
  });

  const begin = async (visitor: Visitor, name: 'google' | 'facebook'): Promise<URL> =>
    new URL((await visitor.post('/api/auth/sign-in/social', { provider: name, callbackURL: '/home' })).body.url);
  /** Google's page, played by the local provider. It signs every visitor in. */
  const throughGoogle = async (visitor: Visitor) => {
    const page = await begin(visitor, 'google');
    const local = new URL(`${provider.issuer}/authorize${page.search}`);
    const back = new URL((await realFetch(local, { redirect: 'manual' })).headers.get('location') ?? '');
    return visitor.get(`${back.pathname}${back.search}`);
  };

  it('through Google sends state and challenge, and signs the user in', async () => {
    const visitor = server.visitor();
    const page = await begin(visitor, 'google');
    expect(page.origin + page.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: 'films',
      redirect_uri: `${PUBLIC_URL}/api/auth/callback/google`,
      scope: 'email profile openid',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^.{32,}$/),
    });
    provider.claims = { iss: 'https://accounts.google.com' };
    expect(await throughGoogle(visitor)).toMatchObject({ status: 302, location: '/home' });
    expect(await visitor.authenticate()).toMatchObject({ email: 'pat@id.test', isGuest: false });
    expect(provider.tokenRequests.at(-1)).toMatchObject({ code_verifier: expect.stringMatching(/^[\w~.-]{43,128}$/) });
    expect(outside.map(({ host }) => host)).toContain('oauth2.googleapis.com');
  });

  it('through Google refuses a posted ID token of another client or issuer', async () => {
    const token = async (claims: object) => {
      provider.claims = { iss: 'https://accounts.google.com', ...claims };
      const body = new URLSearchParams({ grant_type: 'password', username: 'x', client_id: 'films' });
      const answer = await realFetch(`${provider.issuer}/token`, { method: 'POST', body });
      return (await answer.json()).id_token;
    };
    const handIn = async (claims: object): Promise<number> => {
      const idToken = { token: await token(claims) };
      return (await server.visitor().post('/api/auth/sign-in/social', { provider: 'google', idToken })).status;
    };
    expect(await handIn({})).toBe(200);
    expect(await handIn({ aud: 'another client' })).toBe(401);
    expect(await handIn({ iss: provider.issuer })).toBe(401);
    expect(await handIn({ exp: 1_000_000 })).toBe(401);
  });

  it('through Facebook sends state, and refuses the token of another app', async () => {
    const visitor = server.visitor();
    const page = await begin(visitor, 'facebook');
    expect(page.host).toBe('www.facebook.com');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: 'films',
      redirect_uri: `${PUBLIC_URL}/api/auth/callback/facebook`,
      scope: 'email public_profile',
    });
    const picture = { data: { url: 'https://graph.facebook.com/picture' } };
    const repliesFor = (appId: string) => ({
      '/v24.0/oauth/access_token': { access_token: 'opaque', token_type: 'bearer', expires_in: 5_000 },
      '/debug_token': { data: { is_valid: true, app_id: appId, user_id: 'f1' } },
      '/me': { id: 'f1', name: 'Fay', email: 'fay@id.test', picture },
    });
    const callback = `/api/auth/callback/facebook?code=c&state=${page.searchParams.get('state')}`;
    facebookReplies = repliesFor('films');
    expect(await visitor.get(callback)).toMatchObject({ status: 302, location: '/home' });
    expect(await visitor.authenticate()).toMatchObject({ name: 'Fay', email: 'fay@id.test' });

    const other = server.visitor();
    const state = (await begin(other, 'facebook')).searchParams.get('state');
    facebookReplies = repliesFor('another app');
    expect((await other.get(`/api/auth/callback/facebook?code=c&state=${state}`)).location).toMatch(/error=/);
    expect(await other.authenticate()).toBeNull();
  });

  it('is off without settings', async () => {
    const plain = await accountsApp();
    for (const name of ['google', 'facebook', 'oidc']) {
      const answer = await plain.visitor().post('/api/auth/sign-in/social', { provider: name, callbackURL: '/' });
      expect(answer.status, name).toBe(404);
    }
    await plain.stop();
  });
});
