import { afterEach, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, rowsThatMention, type Visitor } from '../../test/accounts-app.ts';
import type { DatabaseSettings } from '../database/database.ts';
import type { AccountSettings } from './auth.ts';

const PASSWORD = 'another long password';

/** Who owns the server, who gets in, and how back in: on each database. */
export function ownershipContract(settings: () => Promise<DatabaseSettings | undefined>): void {
  const servers: AccountsApp[] = [];
  const start = async (options: Partial<AccountSettings> = {}, database?: DatabaseSettings): Promise<AccountsApp> => {
    const server = await accountsApp({ registration: undefined, ...options }, database ?? (await settings()));
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  const roleOf = async (visitor: Visitor) => (await visitor.authenticate())?.role;
  const act = async (visitor: Visitor, mutation: string) => {
    const { body } = await visitor.graphql(`mutation { ${mutation} }`);
    return body.errors === undefined ? Object.values(body.data)[0] : body.errors[0].extensions.code;
  };
  const newUser = (name: string, more: object = {}) => ({
    name,
    email: `${name.toLowerCase()}@films.test`,
    password: `password of ${name}`,
    ...more,
  });
  const tokenIn = (url: string) => url.split(/#(?:invitation=)?/)[1] ?? '';

  describe('the first account', () => {
    it('owns the server, and a guest before it does not', async () => {
      const server = await start();
      await server.visitor().beGuest();
      const ann = server.visitor();
      await ann.signUp('Ann');
      expect(await roleOf(ann)).toBe('owner');
      expect((await ann.graphql('{ viewer { role } }')).body.data.viewer.role).toBe('OWNER');
    });

    it('of several at once is one', async () => {
      const server = await start({ registration: 'open' });
      const visitors = ['A1', 'A2', 'A3', 'A4'].map((name) => ({ name, visitor: server.visitor() }));
      await Promise.all(visitors.map(({ name, visitor }) => visitor.signUp(name)));
      const roles = await Promise.all(visitors.map(({ visitor }) => roleOf(visitor)));
      expect(roles.sort()).toEqual(['member', 'member', 'member', 'owner']);
    });

    it('is that of OWNER_EMAIL when it is set, whatever the registration is', async () => {
      const server = await start({ registration: 'closed', ownerEmail: 'ann@films.test' });
      const eve = await server.visitor().post('/api/auth/sign-up/email', newUser('Eve'));
      expect(eve).toMatchObject({ status: 403, body: { code: 'REGISTRATION_CLOSED' } });
      const ann = server.visitor();
      await ann.signUp('Ann');
      expect(await roleOf(ann)).toBe('owner');
    });

    it('cannot be set by the caller', async () => {
      const server = await start({ registration: 'open' });
      await server.visitor().signUp('Ann');
      const eve = server.visitor();
      await eve.post('/api/auth/sign-up/email', newUser('Eve', { role: 'owner' }));
      expect(await roleOf(eve)).not.toBe('owner');
      await eve.signUp('Eve2');
      await eve.post('/api/auth/update-user', { role: 'owner' });
      expect(await roleOf(eve)).toBe('member');
    });

    it('is missing in a database of the release before: the start says how to name it, and OWNER_EMAIL does', async () => {
      const database = await settings();
      const server = await start({ registration: 'open' }, database);
      const ann = server.visitor();
      await ann.signUp('Ann');
      await server.database.kysely.updateTable('cinematch_user').set({ role: null }).execute();
      if (database?.kind !== 'postgres') return;
      const again = await start({}, database);
      expect(again.log.map(({ msg }) => msg)).toContain(
        'nobody owns this server: name the owner with "npm run db -- make-owner EMAIL", or set OWNER_EMAIL',
      );
      const bob = again.visitor();
      expect((await bob.post('/api/auth/sign-up/email', newUser('Bob'))).body.code).toBe('INVITATION_REQUIRED');
      const named = await start({ ownerEmail: 'ann@films.test' }, database);
      const back = named.visitor();
      await back.signIn('Ann');
      expect(await roleOf(back)).toBe('owner');
      expect(named.log.map(({ msg }) => msg)).not.toContain(expect.stringMatching(/nobody owns/));
    });
  });

  describe('registration', () => {
    it('is by invitation after the first account, and closed when the owner closes it', async () => {
      const server = await start();
      const [ann, bob, cid] = [server.visitor(), server.visitor(), server.visitor()];
      const options = async () => (await bob.graphql('{ signInOptions { registration } }')).body.data.signInOptions.registration;
      expect(await options()).toBe('OPEN');
      await ann.signUp('Ann');
      expect(await options()).toBe('INVITE');
      expect(await bob.post('/api/auth/sign-up/email', newUser('Bob'))).toMatchObject({
        status: 403,
        body: { code: 'INVITATION_REQUIRED', message: expect.stringMatching(/invitation/) },
      });
      const { url } = (await ann.graphql('mutation { createInvitation { url expiresAt } }')).body.data.createInvitation;
      expect(url).toMatch(/^http:\/\/films\.test\/sign-up#invitation=[\w-]{43}$/);
      const invitation = tokenIn(url);
      expect(await rowsThatMention(server.database, invitation)).toEqual([]);
      expect((await bob.graphql('query ($t: String!) { invitation(token: $t) { email } }', { t: invitation })).body.data).toEqual({
        invitation: { email: null },
      });
      expect((await bob.post('/api/auth/sign-up/email', newUser('Bob', { invitation }))).status).toBe(200);
      expect(await roleOf(bob)).toBe('member');
      expect((await cid.post('/api/auth/sign-up/email', newUser('Cid', { invitation }))).body.code).toBe('INVITATION_INVALID');
      const second = tokenIn((await ann.graphql('mutation { createInvitation { url } }')).body.data.createInvitation.url);
      expect(await act(ann, 'setRegistration(mode: CLOSED) { mode }')).toEqual({ mode: 'CLOSED' });
      expect(await options()).toBe('CLOSED');
      expect((await cid.post('/api/auth/sign-up/email', newUser('Cid', { invitation: second }))).body.code).toBe('REGISTRATION_CLOSED');
    });

    it('takes an invitation once, also when many try, only for its address, and only for 72 hours', async () => {
      const server = await start({ registration: 'invite' });
      const { invitations } = server.accounts.administration;
      const { token } = await invitations.create({ email: null, role: 'member', createdBy: null });
      const answers = await Promise.all(
        ['B1', 'B2', 'B3'].map((name) => server.visitor().post('/api/auth/sign-up/email', newUser(name, { invitation: token }))),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
      const bound = await invitations.create({ email: 'Dan@films.test', role: 'admin', createdBy: null });
      const other = await server.visitor().post('/api/auth/sign-up/email', newUser('Eve', { invitation: bound.token }));
      expect(other.body.code).toBe('INVITATION_INVALID');
      const dan = server.visitor();
      await dan.post('/api/auth/sign-up/email', newUser('Dan', { invitation: bound.token }));
      expect(await roleOf(dan)).toBe('admin');
      const late = await invitations.create({ email: null, role: 'member', createdBy: null });
      expect((late.invitation.expiresAt.getTime() - late.invitation.createdAt.getTime()) / 3_600_000).toBe(72);
      await server.database.kysely
        .updateTable('cinematch_invitation')
        .set({ expires_at: Date.now() - 1 })
        .execute();
      expect((await server.visitor().post('/api/auth/sign-up/email', newUser('Fay', { invitation: late.token }))).status).toBe(403);
      await server.accounts.sweep();
      expect(await server.database.kysely.selectFrom('cinematch_invitation').selectAll().execute()).toEqual([]);
    });

    it('does not lose an invitation to a form that is refused', async () => {
      const server = await start({ registration: 'invite' });
      const { token } = await server.accounts.administration.invitations.create({ email: null, role: 'member', createdBy: null });
      const short = await server.visitor().post('/api/auth/sign-up/email', newUser('Bea', { password: 'short', invitation: token }));
      expect(short.body.code).toBe('PASSWORD_TOO_SHORT');
      expect((await server.visitor().post('/api/auth/sign-up/email', newUser('Bea', { invitation: token }))).status).toBe(200);
    });

    it('is fixed by REGISTRATION', async () => {
      const server = await start({ registration: 'open' });
      const ann = server.visitor();
      await ann.signUp('Ann');
      expect((await ann.graphql('{ admin { registration { mode isFixed } } }')).body.data.admin.registration).toEqual({
        mode: 'OPEN',
        isFixed: true,
      });
      expect(await act(ann, 'setRegistration(mode: CLOSED) { mode }')).toBe('BAD_USER_INPUT');
    });
  });

  describe('settings', () => {
    it('GUESTS=off refuses guests', async () => {
      const server = await start({ guests: false });
      const answer = await server.visitor().post('/api/auth/sign-in/anonymous');
      expect(answer).toMatchObject({ status: 403, body: { code: 'GUESTS_OFF' } });
    });

    it('PASSWORD_SIGN_IN=off refuses passwords in every route', async () => {
      const server = await start({ passwords: false });
      const eve = server.visitor();
      for (const [path, body] of [
        ['sign-up/email', newUser('Eve')],
        ['sign-in/email', newUser('Eve')],
        ['reset-password', { newPassword: PASSWORD, token: 'x' }],
        ['change-password', { newPassword: PASSWORD, currentPassword: 'x' }],
        ['request-password-reset', { email: newUser('Eve').email }],
      ] as const)
        expect(await eve.post(`/api/auth/${path}`, body), path).toMatchObject({ status: 403, body: { code: 'PASSWORD_SIGN_IN_OFF' } });
    });
  });

  describe('owners and admins', () => {
    const team = async (server: AccountsApp) => {
      const [owner, admin, member] = [server.visitor(), server.visitor(), server.visitor()];
      const ids = { owner: await owner.signUp('Owner'), admin: await admin.signUp('Admin'), member: await member.signUp('Member') };
      expect(await act(owner, `setAccountRole(userId: "${ids.admin}", role: ADMIN) { role }`)).toEqual({ role: 'ADMIN' });
      return { owner, admin, member, ids };
    };

    it('act on whom they may', async () => {
      const server = await start({ registration: 'open' });
      const { owner, admin, member, ids } = await team(server);
      expect(await act(admin, `setAccountRole(userId: "${ids.member}", role: ADMIN) { role }`)).toBe('FORBIDDEN');
      expect(await act(admin, `disableAccount(userId: "${ids.owner}") { disabled }`)).toBe('FORBIDDEN');
      expect(await act(admin, `createPasswordResetLink(userId: "${ids.owner}") { url }`)).toBe('FORBIDDEN');
      expect(await act(admin, 'createInvitation(role: ADMIN) { url }')).toBe('FORBIDDEN');
      expect(await act(admin, `disableAccount(userId: "${ids.admin}") { disabled }`)).toBe('FORBIDDEN');
      expect(await act(member, `disableAccount(userId: "${ids.owner}") { disabled }`)).toBe('FORBIDDEN');
      expect(await act(owner, 'disableAccount(userId: "nobody") { disabled }')).toBe('BAD_USER_INPUT');
      expect(await act(admin, `signOutAccount(userId: "${ids.member}") { sessionCount }`)).toEqual({ sessionCount: 0 });
      expect(await member.authenticate()).toBeNull();
    });

    it('never leave the server without an owner', async () => {
      const server = await start({ registration: 'open' });
      const { owner, ids } = await team(server);
      expect(await act(owner, `setAccountRole(userId: "${ids.owner}", role: MEMBER) { role }`)).toBe('LAST_OWNER');
      expect(await act(owner, `deleteAccount(userId: "${ids.owner}")`)).toBe('FORBIDDEN');
      const gone = await owner.post('/api/auth/delete-user', { password: 'password of Owner' });
      expect(gone).toMatchObject({ status: 403, body: { code: 'LAST_OWNER' } });
      expect(await roleOf(owner)).toBe('owner');
      expect(await act(owner, `setAccountRole(userId: "${ids.admin}", role: OWNER) { role }`)).toEqual({ role: 'OWNER' });
      expect((await owner.post('/api/auth/delete-user', { password: 'password of Owner' })).status).toBe(200);
      // Who did what stays known.
      expect(new Set((await rowsThatMention(server.database, ids.owner)).map((row) => row.split(':')[0]))).toEqual(
        new Set(['cinematch_audit']),
      );
      await expect(server.accounts.administration.ownership.update(ids.admin, { banned: true })).rejects.toThrow(/last owner/);
    });

    it('disable an account: session, token and key end, and come back when it is enabled', async () => {
      const server = await start({ registration: 'open' });
      const { owner, member, ids } = await team(server);
      const { key } = await member.apiKey();
      const authorization = `Bearer ${await member.token()}`;
      expect(await act(owner, `disableAccount(userId: "${ids.member}") { disabled sessionCount }`)).toEqual({
        disabled: true,
        sessionCount: 0,
      });
      expect(await member.authenticate()).toBeNull();
      await expect(server.visitor().authenticate({ 'x-api-key': key })).rejects.toThrow(/invalid/);
      await expect(server.visitor().authenticate({ authorization })).rejects.toThrow(/invalid/);
      expect(await member.signIn('Member')).toMatchObject({ status: 403, body: { code: 'BANNED_USER' } });
      expect(await act(owner, `enableAccount(userId: "${ids.member}") { disabled }`)).toEqual({ disabled: false });
      expect((await member.signIn('Member')).status).toBe(200);
      expect(await server.visitor().authenticate({ 'x-api-key': key })).toMatchObject({ userId: ids.member });
    });

    it('delete an account with everything that it kept', async () => {
      const server = await start({ registration: 'open' });
      const { owner, member, ids } = await team(server);
      await member.graphql('mutation { setFeedback(movieId: 2571, signal: LIKE) { id } }');
      expect(await act(owner, `deleteAccount(userId: "${ids.member}")`)).toBe(ids.member);
      expect(await rowsThatMention(server.database, ids.member)).toEqual([]);
      expect((await rowsThatMention(server.database, 'member@films.test')).map((row) => row.split(':')[0])).toEqual(['cinematch_audit']);
    });

    it('make a link for a forgotten password, which works once and ends every session', async () => {
      const server = await start({ registration: 'open' });
      const { owner, member, ids } = await team(server);
      const { url } = (await owner.graphql(`mutation { createPasswordResetLink(userId: "${ids.member}") { url } }`)).body.data
        .createPasswordResetLink;
      expect(url).toMatch(/^http:\/\/films\.test\/reset-password#[\w-]{43}$/);
      const token = tokenIn(url);
      expect(await rowsThatMention(server.database, token)).toEqual([]);
      const stranger = server.visitor();
      const common = await stranger.post('/api/auth/reset-password', { newPassword: 'password123', token });
      expect(common.body.code).toBe('PASSWORD_TOO_COMMON');
      expect((await stranger.post('/api/auth/reset-password', { newPassword: PASSWORD, token })).status).toBe(200);
      expect(await stranger.post('/api/auth/reset-password', { newPassword: 'yet another password', token })).toMatchObject({
        status: 400,
      });
      expect(await member.authenticate()).toBeNull();
      expect((await stranger.signIn('Member')).status).toBe(401);
      expect((await stranger.signIn('Member', PASSWORD)).status).toBe(200);
    });

    it('see the accounts, and nothing that they like', async () => {
      const server = await start({ registration: 'open' });
      const { owner, member } = await team(server);
      await member.apiKey();
      await member.graphql('mutation { setFeedback(movieId: 2571, signal: LIKE) { id } }');
      const page = async (args: string) =>
        (
          await owner.graphql(`{ admin { accounts(${args}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name email role sessionCount apiKeyCount signInMethods } } } }`)
        ).body.data.admin.accounts;
      const first = await page('first: 2');
      expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true }, nodes: [{ name: 'Admin' }, { name: 'Member' }] });
      expect(first.nodes[1]).toEqual({
        name: 'Member',
        email: 'member@films.test',
        role: 'MEMBER',
        sessionCount: 1,
        apiKeyCount: 1,
        signInMethods: ['password'],
      });
      const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
      expect(second).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ name: 'Owner' }] });
      expect((await page('first: 5, search: "MEMB"')).nodes.map(({ name }: { name: string }) => name)).toEqual(['Member']);
      expect((await page('first: 5, search: "%"')).totalCount).toBe(0);
    });

    it('leave their actions in the audit log, which is exported', async () => {
      const server = await start({ registration: 'open' });
      const { owner, member, ids } = await team(server);
      await act(owner, `disableAccount(userId: "${ids.member}") { id }`);
      const { auditLog } = (
        await owner.graphql('{ admin { auditLog(first: 1) { totalCount nodes { actor action subject address } pageInfo { endCursor } } } }')
      ).body.data.admin;
      expect(auditLog).toMatchObject({
        totalCount: 2,
        nodes: [{ actor: 'owner@films.test', action: 'account.disable', subject: 'member@films.test', address: '127.0.0.1' }],
      });
      const older = (
        await owner.graphql(`{ admin { auditLog(first: 5, after: "${auditLog.pageInfo.endCursor}") { nodes { action detail } } } }`)
      ).body.data.admin.auditLog;
      expect(older.nodes).toEqual([{ action: 'account.set-role', detail: 'admin' }]);
      const { status, body } = await owner.get('/audit.csv');
      expect(status).toBe(200);
      expect(body.split('\r\n')[1]).toMatch(/^[^,]+,owner@films\.test,account\.disable,member@films\.test,,127\.0\.0\.1$/);
      expect((await server.visitor().get('/audit.csv')).status).toBe(401);
      await member.signUp('Other');
      expect((await member.get('/audit.csv')).status).toBe(403);
    });
  });
}
