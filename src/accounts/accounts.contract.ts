import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp, rowsThatMention } from '../../test/accounts-app.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import type { DatabaseSettings } from '../database/database.ts';
import { CredentialError } from './credential-error.ts';

const INVALID_KEY = new CredentialError('UNAUTHENTICATED', 'The API key is invalid or expired.');

/** Behaviour of the accounts on each database. */
export function accountsContract(settings: () => Promise<DatabaseSettings | undefined>): void {
  let server: AccountsApp;
  beforeAll(async () => {
    server = await accountsApp({}, await settings());
  });
  afterAll(() => server?.stop());

  describe('e-mail and password', () => {
    it('signs up, out and in again, and identifies the user', async () => {
      const ann = server.visitor();
      const userId = await ann.signUp('Ann');
      const everything = new Set(['read', 'write']);
      const identity = {
        userId,
        name: 'Ann',
        email: 'ann@films.test',
        emailVerified: false,
        isGuest: false,
        role: 'owner',
        scopes: everything,
        via: 'session',
        sessionId: expect.any(String),
      };
      expect(await ann.authenticate()).toEqual(identity);
      await ann.post('/api/auth/sign-out');
      expect(await ann.authenticate()).toBeNull();
      expect((await ann.signIn('Ann')).status).toBe(200);
      expect(await ann.authenticate()).toEqual(identity);
    });

    it('refuses a wrong password, and a used address in upper case too', async () => {
      await server.visitor().signUp('Bea');
      const other = server.visitor();
      expect(await other.signIn('Bea', 'something else')).toMatchObject({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } });
      expect(await other.signIn('Nobody')).toMatchObject({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } });
      const again = { name: 'Bea', email: 'BEA@films.test', password: 'another password' };
      expect((await other.post('/api/auth/sign-up/email', again)).status).toBe(422);
      expect(await other.authenticate()).toBeNull();
    });

    it('ignores the fields of an account that a caller must not set', async () => {
      const eve = server.visitor();
      const claims = {
        name: 'Eve',
        email: 'eve@films.test',
        password: 'password of Eve',
        emailVerified: true,
        isAnonymous: true,
        id: 'chosen',
      };
      await eve.post('/api/auth/sign-up/email', claims);
      const identity = await eve.authenticate();
      expect(identity).toMatchObject({ isGuest: false, email: 'eve@films.test' });
      expect(identity?.userId).not.toBe('chosen');
      expect((await eve.get('/api/auth/get-session')).body.user.emailVerified).toBe(false);
    });
  });

  describe('sessions', () => {
    it('are listed, and revoked one by one or all except the own', async () => {
      const [here, there, elsewhere] = [server.visitor(), server.visitor(), server.visitor()];
      await here.signUp('Cid');
      await there.signIn('Cid');
      await elsewhere.signIn('Cid');
      const sessions = (await here.get('/api/auth/list-sessions')).body;
      expect(sessions).toHaveLength(3);
      const token = (await there.get('/api/auth/get-session')).body.session.token;
      await here.post('/api/auth/revoke-session', { token });
      expect(await there.authenticate()).toBeNull();
      expect(await elsewhere.authenticate()).not.toBeNull();
      await here.post('/api/auth/revoke-other-sessions');
      expect(await elsewhere.authenticate()).toBeNull();
      expect(await here.authenticate()).not.toBeNull();
    });

    it('end', async () => {
      const dan = server.visitor();
      const userId = await dan.signUp('Dan');
      await expire(server, 'cinematch_session', 'userId', userId);
      expect(await dan.authenticate()).toBeNull();
      expect((await dan.get('/api/auth/token')).status).toBe(401);
    });

    it('start in a browser that still has the cookie of an ended session', async () => {
      const [gil, elsewhere] = [server.visitor(), server.visitor()];
      await gil.signUp('Gil');
      await elsewhere.signIn('Gil');
      await elsewhere.post('/api/auth/revoke-other-sessions');
      expect(await gil.authenticate()).toBeNull();
      const { cookies } = await gil.signIn('Gil');
      expect(cookies).toEqual([expect.stringMatching(/session_token=[^;]+; Max-Age=2592000;/)]);
      expect(await gil.authenticate()).toMatchObject({ name: 'Gil' });
      await elsewhere.post('/api/auth/revoke-other-sessions');
      await gil.beGuest();
      expect(await gil.authenticate()).toMatchObject({ isGuest: true });
    });

    it('are refused with a wrong signature', async () => {
      const fay = server.visitor();
      await fay.signUp('Fay');
      const [name = '', value = ''] = [...fay.cookies][0] ?? [];
      expect(await fay.authenticate({ cookie: `${name}=${value.replace(/\.[^.]+$/, '.c2lnbmF0dXJl')}` })).toBeNull();
      expect(await fay.authenticate({ cookie: `${name}=${value.replace(/\..+$/, '')}` })).toBeNull();
      expect(await fay.authenticate({ cookie: `other=1; ${name}=${value}` })).not.toBeNull();
    });
  });

  describe('guests', () => {
    it('keep their library when they create an account, and leave no rows', async () => {
      const guest = server.visitor();
      const guestId = await guest.beGuest();
      expect(await guest.authenticate()).toMatchObject({ userId: guestId, name: 'Guest', email: null, isGuest: true, via: 'session' });
      await server.library.setFeedback(guestId, movieIdOf(7), 'LIKE', new Date());
      const userId = await guest.signUp('Gus');
      expect(userId).not.toBe(guestId);
      expect(await guest.authenticate()).toMatchObject({ userId, email: 'gus@films.test', isGuest: false });
      expect(await server.library.feedbackOf(userId, [movieIdOf(7)])).toEqual(new Map([[7, 'LIKE']]));
      expect(await rowsThatMention(server.database, guestId)).toEqual([]);
    });

    it('move their library, but no API keys, to the account they sign in to', async () => {
      const owner = server.visitor();
      const userId = await owner.signUp('Hal');
      await server.library.setFeedback(userId, movieIdOf(1), 'DISLIKE', new Date());
      const guest = server.visitor();
      const guestId = await guest.beGuest();
      const { key } = await guest.apiKey({ configId: 'write' });
      expect(await guest.authenticate({ 'x-api-key': key })).toMatchObject({ userId: guestId });
      await server.library.setFeedback(guestId, movieIdOf(7), 'LIKE', new Date());
      await guest.signIn('Hal');
      expect(await server.library.feedbackOf(userId, [movieIdOf(1), movieIdOf(7)])).toEqual(
        new Map([
          [1, 'DISLIKE'],
          [7, 'LIKE'],
        ]),
      );
      await expect(guest.authenticate({ 'x-api-key': key })).rejects.toEqual(INVALID_KEY);
    });

    it('are deleted without a session or a valid key, and no other users are', async () => {
      const [here, gone, programmed, member] = [server.visitor(), server.visitor(), server.visitor(), server.visitor()];
      const [hereId, goneId, programmedId] = [await here.beGuest(), await gone.beGuest(), await programmed.beGuest()];
      const memberId = await member.signUp('Mel');
      const { key } = await programmed.apiKey();
      for (const id of [hereId, goneId, programmedId, memberId]) await server.library.setFeedback(id, movieIdOf(7), 'LIKE', new Date());
      for (const id of [goneId, programmedId, memberId]) await expire(server, 'cinematch_session', 'userId', id);
      expect((await server.accounts.sweep()).guests).toBe(1);
      expect(await rowsThatMention(server.database, goneId)).toEqual([]);
      for (const id of [hereId, programmedId, memberId]) expect((await rowsThatMention(server.database, id)).length).toBeGreaterThan(1);
      expect(await programmed.authenticate({ 'x-api-key': key })).toMatchObject({ userId: programmedId });
      expect(await here.authenticate()).toMatchObject({ userId: hereId });
      await expire(server, 'cinematch_apikey', 'referenceId', programmedId);
      expect((await server.accounts.sweep()).guests).toBe(1);
      expect(await rowsThatMention(server.database, programmedId)).toEqual([]);
      expect((await server.accounts.sweep()).guests).toBe(0);
    });

    it('stay guests when a sign-in fails', async () => {
      const guest = server.visitor();
      const guestId = await guest.beGuest();
      expect((await guest.signIn('Hal', 'not the password')).status).toBe(401);
      expect(await guest.authenticate()).toMatchObject({ userId: guestId, isGuest: true });
    });
  });

  describe('API keys', () => {
    it('can read, and write only when created for it; callers cannot set other scopes', async () => {
      const ida = server.visitor();
      const userId = await ida.signUp('Ida');
      const reader = await ida.apiKey();
      const writer = await ida.apiKey({ configId: 'write' });
      const about = { userId, name: 'Ida', email: 'ida@films.test', emailVerified: false, isGuest: false, role: 'member', via: 'api-key' };
      const program = server.visitor();
      expect(await program.authenticate({ 'x-api-key': reader.key })).toEqual({ ...about, scopes: new Set(['read']), keyId: reader.id });
      expect(await program.authenticate({ 'x-api-key': writer.key })).toEqual({
        ...about,
        scopes: new Set(['read', 'write']),
        keyId: writer.id,
      });
      const greedy = { name: 'x', permissions: { library: ['read', 'write'] } };
      expect((await ida.post('/api/auth/api-key/create', greedy)).status).toBe(400);
      expect((await ida.post('/api/auth/api-key/update', { keyId: reader.id, permissions: greedy.permissions })).status).toBe(400);
      const { key } = await ida.apiKey({ configId: 'admin' });
      expect((await program.authenticate({ 'x-api-key': key }))?.scopes).toEqual(new Set(['read']));
    });

    it('are refused when disabled, deleted or expired', async () => {
      const jan = server.visitor();
      await jan.signUp('Jan');
      const keys = await Promise.all([jan.apiKey(), jan.apiKey(), jan.apiKey()]);
      const [off, deleted, old] = keys;
      await jan.post('/api/auth/api-key/update', { keyId: off.id, enabled: false });
      await jan.post('/api/auth/api-key/delete', { keyId: deleted.id });
      await expire(server, 'cinematch_apikey', 'id', old.id);
      for (const { key } of keys) await expect(jan.authenticate({ 'x-api-key': key })).rejects.toEqual(INVALID_KEY);
      for (const key of ['', 'cm_invented', 'x'.repeat(5_000)])
        await expect(jan.authenticate({ 'x-api-key': key })).rejects.toEqual(INVALID_KEY);
    });

    it('expire after 90 days by default, and after a year at most', async () => {
      const kim = server.visitor();
      await kim.signUp('Kim');
      const days = async (body: object) => {
        const { expiresAt } = (await kim.post('/api/auth/api-key/create', { name: 'x', ...body })).body;
        return Math.round((new Date(expiresAt).getTime() - Date.now()) / 86_400_000);
      };
      expect(await days({})).toBe(90);
      expect(await days({ expiresIn: 7 * 86_400 })).toBe(7);
      expect((await kim.post('/api/auth/api-key/create', { name: 'x', expiresIn: 366 * 86_400 })).status).toBe(400);
    });

    it('give no access to the account routes', async () => {
      const lea = server.visitor();
      await lea.signUp('Lea');
      const { key } = await lea.apiKey({ configId: 'write' });
      const program = server.visitor();
      const headers = { 'x-api-key': key };
      for (const path of ['/api/auth/token', '/api/auth/list-sessions', '/api/auth/api-key/list'])
        expect((await program.get(path, headers)).status, path).toBe(401);
      for (const path of ['/api/auth/delete-user', '/api/auth/api-key/create', '/api/auth/revoke-sessions'])
        expect((await program.post(path, {}, headers)).status, path).toBe(401);
      expect((await program.get('/api/auth/get-session', headers)).body).toBeNull();
    });

    it('belong to the user who created them', async () => {
      const [mia, ned] = [server.visitor(), server.visitor()];
      await mia.signUp('Mia');
      await ned.signUp('Ned');
      const { id, key } = await mia.apiKey();
      expect((await ned.post('/api/auth/api-key/delete', { keyId: id })).status).toBe(404);
      expect((await ned.post('/api/auth/api-key/update', { keyId: id, enabled: false })).status).toBe(404);
      expect((await ned.get(`/api/auth/api-key/get?id=${id}`)).status).toBe(404);
      expect((await ned.get('/api/auth/api-key/list')).body.apiKeys).toEqual([]);
      expect(await ned.authenticate({ 'x-api-key': key })).toMatchObject({ name: 'Mia' });
    });

    it('are stored as hashes', async () => {
      const ole = server.visitor();
      await ole.signUp('Ole');
      const { key } = await ole.apiKey();
      expect(await rowsThatMention(server.database, key)).toEqual([]);
    });
  });

  describe('credentials that were valid a moment ago', () => {
    afterEach(() => void vi.useRealTimers());

    it('are looked up once in five seconds, so that another server revokes them within that time', async () => {
      const qi = server.visitor();
      const userId = await qi.signUp('Qi');
      const given: Record<string, string>[] = [
        {},
        { authorization: `Bearer ${await qi.token()}` },
        { 'x-api-key': (await qi.apiKey()).key },
      ];
      for (const headers of given) expect(await qi.authenticate(headers)).toMatchObject({ userId });
      // As another server does it.
      for (const [table, column] of [
        ['cinematch_session', 'userId'],
        ['cinematch_apikey', 'referenceId'],
      ])
        await sql`delete from ${sql.table(table ?? '')} where ${sql.ref(column ?? '')} = ${userId}`.execute(server.database.kysely);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 4_000 });
      for (const headers of given) expect(await qi.authenticate(headers)).toMatchObject({ userId });
      vi.setSystemTime(Date.now() + 1_001);
      expect(await qi.authenticate()).toBeNull();
      for (const headers of given.slice(1)) await expect(qi.authenticate(headers)).rejects.toBeInstanceOf(CredentialError);
    });

    it('are forgotten by every change here, and not by what only reads', async () => {
      const [rae, sid] = [server.visitor(), server.visitor()];
      await rae.signUp('Rae');
      await sid.signUp('Sid');
      const { key, id } = await rae.apiKey();
      const headers = { 'x-api-key': key };
      await server.visitor().authenticate(headers);
      await sql`delete from cinematch_apikey where id = ${id}`.execute(server.database.kysely);
      for (const path of ['get-session', 'token', 'list-sessions', 'api-key/list']) await sid.get(`/api/auth/${path}`);
      expect(await server.visitor().authenticate(headers)).toMatchObject({ name: 'Rae' });
      await sid.post('/api/auth/sign-out');
      await expect(server.visitor().authenticate(headers)).rejects.toEqual(INVALID_KEY);
    });
  });

  describe('deleting an account', () => {
    it('leaves no row with its id or address in any table', async () => {
      const pam = server.visitor();
      const userId = await pam.signUp('Pam');
      const token = await pam.token();
      const { key } = await pam.apiKey({ configId: 'write' });
      await server.library.setFeedback(userId, movieIdOf(7), 'LIKE', new Date());
      await sql`insert into cinematch_verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
        values ('v1', 'state', ${JSON.stringify({ link: { userId } })}, ${at(60_000)}, ${at(0)}, ${at(0)})`.execute(server.database.kysely);
      const tables = (await rowsThatMention(server.database, userId)).map((row) => row.split(':')[0]);
      expect(new Set(tables)).toEqual(
        new Set(['user', 'session', 'account', 'apikey', 'verification', 'feedback'].map((name) => `cinematch_${name}`)),
      );
      expect(await pam.post('/api/auth/delete-user', { password: 'wrong' })).toMatchObject({ status: 400 });
      expect(await pam.post('/api/auth/delete-user', { password: 'password of Pam' })).toMatchObject({ status: 200 });
      expect(await rowsThatMention(server.database, userId)).toEqual([]);
      expect(await rowsThatMention(server.database, 'pam@films.test')).toEqual([]);
      expect(await pam.authenticate()).toBeNull();
      await expect(pam.authenticate({ authorization: `Bearer ${token}` })).rejects.toBeInstanceOf(CredentialError);
      await expect(pam.authenticate({ 'x-api-key': key })).rejects.toEqual(INVALID_KEY);
      expect((await pam.signIn('Pam')).status).toBe(401);
    });

    it('works for guests too', async () => {
      const guest = server.visitor();
      const guestId = await guest.beGuest();
      await server.library.setFeedback(guestId, movieIdOf(7), 'LIKE', new Date());
      expect((await guest.post('/api/auth/delete-anonymous-user')).status).toBe(200);
      expect(await rowsThatMention(server.database, guestId)).toEqual([]);
    });
  });
}

async function expire({ database }: AccountsApp, table: string, column: string, value: string): Promise<void> {
  await sql`update ${sql.table(table)} set "expiresAt" = ${at(-1_000)} where ${sql.ref(column)} = ${value}`.execute(database.kysely);
}

function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
