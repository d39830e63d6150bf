import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { CLIENT, startOpenIdProvider } from '../../test/openid-provider.ts';
import { discover } from './oidc-discovery.ts';

describe('an OpenID provider', () => {
  const cleanup: (() => unknown)[] = [];
  afterEach(async () => {
    for (const undo of cleanup.splice(0).reverse()) await undo();
  });

  const serve = async (listener: RequestListener): Promise<string> => {
    const server: Server = createServer(listener).listen(0, '127.0.0.1');
    cleanup.push(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  /** A provider whose discovery document differs from that of the mock. */
  const providerWith = async (changes: Record<string, unknown>) => {
    const provider = await startOpenIdProvider();
    cleanup.push(() => provider.stop());
    const document = { ...(await (await fetch(provider.discoveryUrl)).json()), ...changes };
    const discoveryUrl = await serve((_request, response) => response.end(JSON.stringify(document)));
    const server = await accountsApp({ oidc: { ...CLIENT, discoveryUrl, retryMs: 20 } });
    cleanup.push(() => server.stop());
    return { provider, server };
  };

  const signIn = async (visitor: Visitor): Promise<string | undefined> => {
    const page = (await visitor.post('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/home' })).body.url;
    const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
    return (await visitor.get(`${back.pathname}${back.search}`)).location;
  };

  it.each([
    [['client_secret_basic'], /^Basic /],
    [undefined, /^Basic /],
    [['client_secret_post', 'client_secret_basic'], undefined],
  ])('gets the secret as its document says: %j', async (methods, authorization) => {
    const { provider, server } = await providerWith({ token_endpoint_auth_methods_supported: methods });
    expect(await signIn(server.visitor())).toBe('/home');
    const [sent] = provider.tokenAuthorizations;
    if (authorization === undefined) expect(sent).toBeUndefined();
    else expect(sent).toMatch(authorization);
    expect(provider.tokenRequests[0].client_secret).toBe(authorization === undefined ? CLIENT.clientSecret : undefined);
  });

  it.each([
    [{ name: undefined, preferred_username: 'pat' }, 'pat'],
    [{ name: '', preferred_username: undefined }, 'somebody'],
    [{ name: 'Pat', preferred_username: 'p' }, 'Pat'],
  ])('need not send a name: %j', async (claims, name) => {
    const { provider, server } = await providerWith({});
    provider.claims = { email: 'somebody@id.test', ...claims };
    const visitor = server.visitor();
    await signIn(visitor);
    expect(await visitor.authenticate()).toMatchObject({ name });
  });

  it('that refuses the server is quoted in the log, without secrets', async () => {
    const refusing = await serve((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_client","error_description":"only client_secret_basic","access_token":"hidden"}');
    });
    const { server } = await providerWith({ token_endpoint: refusing });
    expect(await signIn(server.visitor())).toMatch(/error=/);
    const lines = server.log.filter(({ level }) => Number(level) >= 50);
    expect(lines).toEqual([expect.objectContaining({ reason: 'invalid_client: only client_secret_basic' })]);
    expect(JSON.stringify(server.log)).not.toMatch(/hidden|the secret of the client/);
  });

  it('whose address is no discovery document is not offered, and is asked again', async () => {
    const provider = await startOpenIdProvider();
    cleanup.push(() => provider.stop());
    const document = await (await fetch(provider.discoveryUrl)).text();
    let answer = '<title>Login</title>';
    const discoveryUrl = await serve((_request, response) => response.end(answer));
    const server = await accountsApp({ oidc: { ...CLIENT, discoveryUrl, retryMs: 20 } });
    cleanup.push(() => server.stop());
    expect(server.accounts.signInProviders()).toEqual([]);
    expect(server.log).toContainEqual(
      expect.objectContaining({ level: 50, discoveryUrl, problem: expect.stringMatching(/no discovery document/) }),
    );
    answer = document;
    await expect.poll(() => server.accounts.signInProviders()).toEqual([{ id: 'oidc', name: CLIENT.name }]);
    expect(await signIn(server.visitor())).toBe('/home');
  });

  it('says what its document lacks', async () => {
    const url = await serve((_request, response) => response.end('{"issuer":"x","token_endpoint":"y"}'));
    expect(await discover(url)).toEqual({ usable: false, problem: 'its discovery document lacks authorization_endpoint, jwks_uri' });
  });
});
