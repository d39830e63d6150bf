import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, type Answer, accountsApp, rowsThatMention, type Visitor } from '../../test/accounts-app.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from '../../test/openid-provider.ts';

describe('groups and domains of an OpenID provider', () => {
  let provider: OpenIdProvider;
  let server: AccountsApp;
  beforeAll(async () => {
    provider = await startOpenIdProvider();
    const rules = { allowedGroups: ['family'], allowedDomains: ['id.test'], adminGroup: 'staff' };
    server = await accountsApp({
      registration: 'invite',
      ownerEmail: 'owner@films.test',
      oidc: { ...CLIENT, discoveryUrl: provider.discoveryUrl, ...rules },
    });
  });
  afterAll(async () => {
    await server.stop();
    await provider.stop();
  });
  afterEach(() => provider.reset());

  const be = (name: string, host: string, verified = true): void => {
    provider.person = { sub: name, email: `${name}@${host}`, email_verified: verified, name };
  };
  const signIn = async (visitor: Visitor, groups?: unknown): Promise<Answer> => {
    provider.claims = groups === undefined ? {} : { groups };
    const page = (await visitor.post('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/home' })).body.url;
    const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
    return visitor.get(back.pathname + back.search);
  };
  const roleOf = async (visitor: Visitor) => (await visitor.authenticate())?.role;

  it('let people in without an invitation, by a group or by a verified domain', async () => {
    be('ann', 'elsewhere.test');
    const ann = server.visitor();
    expect(await signIn(ann, ['family'])).toMatchObject({ status: 302, location: '/home' });
    expect(await roleOf(ann)).toBe('member');
    be('ben', 'id.test');
    const ben = server.visitor();
    expect((await signIn(ben)).location).toBe('/home');
    expect(await roleOf(ben)).toBe('member');
  });

  it.each([
    ['another group', 'eve', 'elsewhere.test', true, ['strangers']],
    ['no group', 'eva', 'elsewhere.test', true, undefined],
    ['a domain that ends like one', 'evi', 'evil-id.test', true, undefined],
    ['an address that is not verified', 'evo', 'id.test', false, undefined],
  ])('refuse %s with a reason, and keep nothing', async (_what, name, host, verified, groups) => {
    be(name, host, verified);
    const visitor = server.visitor();
    const { status, location } = await signIn(visitor, groups);
    expect([status, new URL(location ?? '', 'http://films.test').searchParams.get('error')]).toEqual([302, 'PROVIDER_ACCOUNT_NOT_ALLOWED']);
    expect(await visitor.authenticate()).toBeNull();
    expect(await rowsThatMention(server.database, `${name}@${host}`)).toEqual([]);
  });

  it('refuse an account that left its group, and take it again', async () => {
    be('cid', 'elsewhere.test');
    const [cid, later] = [server.visitor(), server.visitor()];
    await signIn(cid, ['family']);
    expect((await signIn(later, ['strangers'])).location).toMatch(/error=PROVIDER_ACCOUNT_NOT_ALLOWED/);
    expect(await later.authenticate()).toBeNull();
    expect((await signIn(later, 'family,strangers')).location).toBe('/home');
  });

  it('make an admin, and take that away at the next sign-in', async () => {
    be('dan', 'id.test');
    const dan = server.visitor();
    await signIn(dan, ['staff']);
    expect(await roleOf(dan)).toBe('admin');
    expect((await dan.graphql('{ admin { guestCount } }')).body.errors).toBeUndefined();
    const again = server.visitor();
    await signIn(again, ['family']);
    expect([await roleOf(again), await roleOf(dan)]).toEqual(['member', 'member']);
    expect((await dan.graphql('{ admin { guestCount } }')).body.errors[0].extensions.code).toBe('FORBIDDEN');
    await signIn(again, ['staff']);
    expect(await roleOf(again)).toBe('admin');
    const changes = (await server.accounts.administration.audit.page(100)).map(({ actor, action, subject, detail }) => [
      actor,
      action,
      subject,
      detail,
    ]);
    const change = ['groups of the sign-in', 'account.set-role', 'dan@id.test'];
    expect(changes.toReversed()).toEqual(['admin', 'member', 'admin'].map((role) => [...change, role]));
  });

  it('leave an owner an owner', async () => {
    be('owner', 'films.test');
    const owner = server.visitor();
    await signIn(owner, ['family']);
    expect(await roleOf(owner)).toBe('owner');
    await signIn(owner, ['family']);
    expect(await roleOf(owner)).toBe('owner');
  });
});
