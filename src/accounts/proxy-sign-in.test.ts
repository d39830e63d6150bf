import { APIError } from 'better-auth/api';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, type Visitor } from '../../test/accounts-app.ts';
import { encodeProxyUser, PROXY_USER_HEADER, type ProxyUser } from '../proxy-user.ts';
import { ProxySessions } from './proxy-sign-in.ts';

const userNamed = (id: string, groups = ['family']): ProxyUser => ({ id, email: `${id}@films.test`, name: `Person ${id}`, groups });
const headerOf = (id: string, groups?: string[]): string => encodeProxyUser(userNamed(id, groups));

const cookiesOf = ({ cookies }: Visitor): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

describe('the sessions of the people that a proxy names', () => {
  afterEach(() => void vi.useRealTimers());

  const sessionsWith = (more: Partial<ConstructorParameters<typeof ProxySessions>[0]> = {}) => {
    let opened = 0;
    const parts = {
      signIn: vi.fn(async (_user: ProxyUser) => ({ token: `token ${++opened}` })),
      isValid: vi.fn(async (_cookie: string) => true),
      cookieName: 'name',
      notRememberedName: 'brief',
      secret: 'secret',
      log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    };
    return { parts, sessions: new ProxySessions({ ...parts, ...more }) };
  };

  it('are opened once for a header, and anew when they are over', async () => {
    const { parts, sessions } = sessionsWith();
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => sessions.find(headerOf('ann'))));
    expect(first).toEqual({ cookie: expect.stringMatching(/^name=token%201\.\S+; brief=true\.\S+$/) });
    expect(others).toEqual([first, first]);
    expect(await sessions.find(headerOf('ann'))).toEqual(first);
    expect(parts.signIn.mock.calls).toEqual([[userNamed('ann')]]);
    // New groups are a new sign-in.
    await sessions.find(headerOf('ann', ['staff']));
    expect(parts.signIn).toHaveBeenCalledTimes(2);
    parts.isValid.mockResolvedValueOnce(false);
    expect(await sessions.find(headerOf('ann'))).toEqual({ cookie: expect.stringContaining('name=token%203.') });
  });

  it('are refused for five seconds before somebody is looked at again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const signIn = vi.fn(() => Promise.reject(new APIError('FORBIDDEN', { code: 'BANNED_USER' })));
    const { parts, sessions } = sessionsWith({ signIn });
    const refused = { refusal: 'BANNED_USER' };
    expect(await sessions.find(headerOf('ann'))).toEqual(refused);
    vi.advanceTimersByTime(4_999);
    expect(await sessions.find(headerOf('ann'))).toEqual(refused);
    expect(signIn).toHaveBeenCalledTimes(1);
    expect(parts.log.warn.mock.calls).toEqual([[refused, 'accounts: somebody whom the proxy named was refused']]);
    vi.advanceTimersByTime(1);
    expect(await sessions.find(headerOf('ann'))).toEqual(refused);
    expect(signIn).toHaveBeenCalledTimes(2);
  });

  it('are refused without an address, and with the code that there is', async () => {
    const { parts, sessions } = sessionsWith({ signIn: () => Promise.reject(new APIError('FORBIDDEN')) });
    expect(await sessions.find(encodeProxyUser({ ...userNamed('ann'), email: '' }))).toEqual({ refusal: 'PROXY_EMAIL_MISSING' });
    expect(await sessions.find(headerOf('ann'))).toEqual({ refusal: 'PROXY_SIGN_IN_FAILED' });
    expect(parts.log.warn).toHaveBeenCalledTimes(2);
  });

  it('fail with the server, and are tried again at once', async () => {
    for (const failure of [new Error('the database is away'), new APIError('INTERNAL_SERVER_ERROR')]) {
      const signIn = vi.fn(async (): Promise<{ token: string }> => Promise.reject(failure));
      const { sessions } = sessionsWith({ signIn });
      await expect(sessions.find(headerOf('ann'))).rejects.toBe(failure);
      signIn.mockResolvedValueOnce({ token: 'token' });
      expect(await sessions.find(headerOf('ann'))).toMatchObject({ cookie: expect.any(String) });
    }
  });
});

describe('a server behind a proxy that signs people in', () => {
  let server: AccountsApp;
  beforeAll(async () => {
    server = await accountsApp({ proxy: { allowedGroups: ['family', 'staff'], adminGroup: 'staff' } });
  });
  afterAll(() => server.stop());

  const named = (id: string, groups?: string[], more: Record<string, string> = {}): Headers =>
    new Headers({ [PROXY_USER_HEADER]: headerOf(id, groups), ...more });
  const routeOf = (path: string, headers: Headers) =>
    server.accounts.handle(new Request(`${PUBLIC_URL}/api/auth/${path}`, { headers }), '');

  it('reads its header, and takes whom it names with the role of the groups', async () => {
    expect(server.accounts.credentialHeaders).toContain(PROXY_USER_HEADER);
    expect(await server.accounts.authenticate(named('ann'))).toMatchObject({ name: 'Person ann', email: 'ann@films.test', role: 'owner' });
    const roles = [];
    for (const groups of [['family'], ['staff'], ['family', 'friends']])
      roles.push((await server.accounts.authenticate(named('ben', groups)))?.role);
    expect(roles).toEqual(['member', 'admin', 'member']);
    expect((await server.accounts.signInOptions(named('ben'))).refusal).toBeNull();
    expect((await server.accounts.signInOptions(new Headers())).refusal).toBeNull();
  });

  it('says why somebody is refused, and then takes the session of the cookie', async () => {
    const stranger = named('eve', ['strangers']);
    expect(await server.accounts.authenticate(stranger)).toBeNull();
    expect((await server.accounts.signInOptions(stranger)).refusal).toBe('PROVIDER_ACCOUNT_NOT_ALLOWED');
    const cal = server.visitor();
    await cal.signUp('Cal');
    const cookie = cookiesOf(cal);
    expect(await server.accounts.authenticate(named('eve', ['strangers'], { cookie }))).toMatchObject({ name: 'Cal' });
    expect(await server.accounts.authenticate(named('ann', ['family'], { cookie }))).toMatchObject({ name: 'Person ann' });
  });

  it('believes the header from no page of another site', async () => {
    expect(await server.accounts.authenticate(named('ann', ['family'], { origin: 'https://evil.test' }))).toBeNull();
    expect(await server.accounts.authenticate(named('ann', ['family'], { 'sec-fetch-site': 'cross-site' }))).toBeNull();
    expect(await server.accounts.authenticate(named('ann', ['family'], { origin: PUBLIC_URL }))).toMatchObject({ name: 'Person ann' });
  });

  it('shows the routes of accounts the session of the person, beside other cookies', async () => {
    const dan = server.visitor();
    await dan.signUp('Dan');
    const cookie = `theme=dark; ${cookiesOf(dan)}`;
    const sessionOf = async (headers: Headers) => (await (await routeOf('get-session', headers)).json())?.user.name ?? null;
    expect(await sessionOf(named('ann', ['family'], { cookie }))).toBe('Person ann');
    expect(await sessionOf(named('ann'))).toBe('Person ann');
    expect(await sessionOf(named('eve', ['strangers'], { cookie }))).toBe('Dan');
    expect(await sessionOf(new Headers())).toBeNull();
  });

  it('gives a session that ends within a day, and no cookie that would do without the proxy', async () => {
    const answer = await routeOf('get-session', named('ann'));
    const { session } = await answer.json();
    expect(Math.round((Date.parse(session.expiresAt) - Date.now()) / 3_600_000)).toBe(24);
    for (const path of ['get-session', 'list-sessions']) expect((await routeOf(path, named('ann'))).headers.getSetCookie()).toEqual([]);
  });

  it('prefers the session of the proxy to cookies of the same names, however they are written', async () => {
    const session = server.accounts.sessionCookie;
    const notRemembered = session.replace('session_token', 'dont_remember');
    expect(notRemembered).not.toBe(session);
    for (const cookie of [`${notRemembered}=x`, `a=b;${session}=x`, `${session}=x; ${notRemembered}=x`]) {
      const answer = await routeOf('get-session', named('ann', undefined, { cookie }));
      expect((await answer.json()).user.email).toBe('ann@films.test');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it('has no route for this sign-in', async () => {
    const request = new Request(`${PUBLIC_URL}/api/auth/sign-in/proxy`, {
      method: 'POST',
      headers: { origin: PUBLIC_URL, 'content-type': 'application/json' },
      body: JSON.stringify(userNamed('ann')),
    });
    expect((await server.accounts.handle(request, '')).status).toBe(404);
  });
});
