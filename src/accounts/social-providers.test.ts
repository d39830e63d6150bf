import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, type Visitor } from '../../test/accounts-app.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from '../../test/openid-provider.ts';

const really = globalThis.fetch;

describe('sign-in by Google and Facebook', () => {
  let provider: OpenIdProvider;
  let server: AccountsApp;
  /** What was asked of hosts that no test may reach. */
  let outside: URL[] = [];
  let facebookSays: Record<string, unknown> = {};

  beforeAll(async () => {
    provider = await startOpenIdProvider();
    server = await accountsApp({ google: CLIENT, facebook: CLIENT });
    // Their addresses are fixed in the library: what is meant for them goes to the local provider.
    vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.hostname === 'localhost' || url.hostname === '127.0.0.1') return really(input, init);
      outside.push(url);
      const { host, pathname } = url;
      if (host === 'oauth2.googleapis.com' && pathname === '/token') return really(`${provider.issuer}/token`, init);
      if (host === 'www.googleapis.com' && pathname === '/oauth2/v3/certs') return really(`${provider.issuer}/jwks`, init);
      if (host === 'graph.facebook.com') return Response.json(facebookSays[pathname] ?? null);
      throw new Error(`nothing may be asked of ${url.origin}`);
    });
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    await server.stop();
    await provider.stop();
  });
  afterEach(() => {
    provider.honest();
    outside = [];
  });

  const begin = async (visitor: Visitor, name: 'google' | 'facebook'): Promise<URL> =>
    new URL((await visitor.post('/api/auth/sign-in/social', { provider: name, callbackURL: '/home' })).body.url);
  /** Google's page, as the local provider would have it: it signs in whoever comes. */
  const throughGoogle = async (visitor: Visitor) => {
    const page = await begin(visitor, 'google');
    const local = new URL(`${provider.issuer}/authorize${page.search}`);
    const back = new URL((await really(local, { redirect: 'manual' })).headers.get('location') ?? '');
    return visitor.get(`${back.pathname}${back.search}`);
  };

  it('by Google asks with state and challenge, and signs in', async () => {
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

  it('by Google takes no ID token for another client or of another issuer that is handed in', async () => {
    const token = async (claims: object) => {
      provider.claims = { iss: 'https://accounts.google.com', ...claims };
      const body = new URLSearchParams({ grant_type: 'password', username: 'x', client_id: 'films' });
      const answer = await really(`${provider.issuer}/token`, { method: 'POST', body });
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

  it('by Facebook asks with state, and signs in whom the app was told of', async () => {
    const visitor = server.visitor();
    const page = await begin(visitor, 'facebook');
    expect(page.host).toBe('www.facebook.com');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: 'films',
      redirect_uri: `${PUBLIC_URL}/api/auth/callback/facebook`,
      scope: 'email public_profile',
    });
    const picture = { data: { url: 'https://graph.facebook.com/picture' } };
    const said = (appId: string) => ({
      '/v24.0/oauth/access_token': { access_token: 'opaque', token_type: 'bearer', expires_in: 5_000 },
      '/debug_token': { data: { is_valid: true, app_id: appId, user_id: 'f1' } },
      '/me': { id: 'f1', name: 'Fay', email: 'fay@id.test', picture },
    });
    const callback = `/api/auth/callback/facebook?code=c&state=${page.searchParams.get('state')}`;
    facebookSays = said('films');
    expect(await visitor.get(callback)).toMatchObject({ status: 302, location: '/home' });
    expect(await visitor.authenticate()).toMatchObject({ name: 'Fay', email: 'fay@id.test' });

    const other = server.visitor();
    const state = (await begin(other, 'facebook')).searchParams.get('state');
    facebookSays = said('another app');
    expect((await other.get(`/api/auth/callback/facebook?code=c&state=${state}`)).location).toMatch(/error=/);
    expect(await other.authenticate()).toBeNull();
  });

  it('is not there when it is not set up', async () => {
    const plain = await accountsApp();
    for (const name of ['google', 'facebook', 'oidc']) {
      const answer = await plain.visitor().post('/api/auth/sign-in/social', { provider: name, callbackURL: '/' });
      expect(answer.status, name).toBe(404);
    }
    await plain.stop();
  });
});
