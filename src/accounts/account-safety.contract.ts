import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp, emailOf, rowsThatMention, type Visitor } from '../../test/accounts-app.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import type { DatabaseSettings } from '../database/database.ts';
import { AttemptCounts } from '../rate-limit/attempt-counts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const PER_ACCOUNT = 3;
const GUESTS = 2;

/** What the accounts refuse, bound and forget, on whatever database. */
export function accountSafetyContract(where: () => Promise<DatabaseSettings | undefined>): void {
  let server: AccountsApp;
  let settings: DatabaseSettings | undefined;
  let now = 0;
  beforeAll(async () => {
    settings = await where();
    const attempts = new AttemptCounts({ perAccount: PER_ACCOUNT, guests: GUESTS }, { metrics: NO_METRICS, now: () => now });
    server = await accountsApp({ attempts }, settings);
  });
  afterAll(() => server.stop());
  /** Counts begin anew. */
  const nextHour = (): void => {
    now = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  };
  const signInFailures = (): string[] => server.metrics.of('signInFailed').map(([reason]) => reason);
  const failuresLogged = () => server.log.filter(({ msg }) => msg === 'sign-in failed').map(({ address, reason }) => ({ address, reason }));
  const endsIn = async (userId: string): Promise<number> => {
    const { rows } = await sql<{ expiresAt: string | Date }>`select "expiresAt" from cinematch_session where "userId" = ${userId}`.execute(
      server.database.kysely,
    );
    return Math.round((new Date(rows[0].expiresAt).getTime() - Date.now()) / DAY_MS);
  };

  describe('guessing passwords', () => {
    it('of one account is bounded over all addresses, is logged and counted, and does not reach other accounts', async () => {
      nextHour();
      const ann = server.visitor();
      await ann.signUp('Ann');
      await server.visitor().signUp('Ben');
      const [failed, logged] = [signInFailures().length, failuresLogged().length];
      for (let n = 0; n < PER_ACCOUNT; n++) expect((await server.visitor().signIn('Ann', `guess ${n} of many`)).status).toBe(401);
      const delayed = await server.visitor().signIn('Ann');
      expect(delayed).toMatchObject({ status: 429, headers: { 'retry-after': '900' } });
      expect(delayed.body).toMatchObject({
        code: 'RATE_LIMITED',
        message: 'Too many wrong passwords for this account. Try again in 900 s.',
      });
      const inCapitals = { email: 'ANN@films.test', password: 'password of Ann' };
      expect((await server.visitor().post('/api/auth/sign-in/email', inCapitals)).status).toBe(429);
      expect((await server.visitor().signIn('Ben')).status).toBe(200);
      expect(await ann.authenticate()).toMatchObject({ name: 'Ann' });
      expect(signInFailures().slice(failed)).toEqual(['password', 'password', 'password', 'delayed', 'delayed']);
      expect(failuresLogged().slice(logged)).toEqual(
        ['password', 'password', 'password', 'delayed', 'delayed'].map((reason) => ({ address: '127.0.0.1', reason })),
      );
      // One line an attempt: the auth library's own lines would also say whether there is such an account.
      const nobody = server.log.length;
      await server.visitor().signIn('Nobody');
      expect(server.log.slice(nobody).filter(({ level }) => Number(level) >= 30)).toEqual([
        expect.objectContaining({ msg: 'sign-in failed', reason: 'password' }),
      ]);
      now += 900_000;
      expect((await server.visitor().signIn('Ann')).status).toBe(200);
    });

    it('does not count the right one', async () => {
      nextHour();
      await server.visitor().signUp('Cal');
      for (let n = 0; n < PER_ACCOUNT + 2; n++) expect((await server.visitor().signIn('Cal')).status).toBe(200);
      for (let n = 0; n < PER_ACCOUNT; n++) expect((await server.visitor().signIn('Cal', 'another one')).status).toBe(401);
      expect((await server.visitor().signIn('Cal')).status).toBe(429);
    });

    it.each([
      ['/api/auth/change-password', { currentPassword: 'a wrong guess', newPassword: 'a new and long one' }],
      ['/api/auth/delete-user', { password: 'a wrong guess' }],
    ])('with a stolen session at %s counts too', async (path, body) => {
      nextHour();
      const name = `Dora${path.length}`;
      const dora = server.visitor();
      await dora.signUp(name);
      const failed = signInFailures().length;
      for (let n = 0; n < PER_ACCOUNT; n++) expect((await dora.post(path, body)).body.code).toBe('INVALID_PASSWORD');
      expect((await dora.post(path, body)).status).toBe(429);
      expect((await server.visitor().signIn(name)).status).toBe(429);
      expect(signInFailures().slice(failed)).toEqual(['password', 'password', 'password', 'delayed', 'delayed']);
    });

    it('cannot find the commonest, because nobody may choose them', async () => {
      const eve = server.visitor();
      const form = { name: 'Eve', email: emailOf('Eve') };
      for (const password of ['password', 'Password', '12345678', 'qwertyuiop', 'PASSWORD1']) {
        const { status, body } = await eve.post('/api/auth/sign-up/email', { ...form, password });
        expect([password, status, body.code]).toEqual([password, 400, 'PASSWORD_TOO_COMMON']);
      }
      await eve.signUp('Eve');
      const change = { currentPassword: 'password of Eve', newPassword: 'iloveyou1' };
      expect((await eve.post('/api/auth/change-password', change)).body).toMatchObject({
        code: 'PASSWORD_TOO_COMMON',
        message: 'newPassword: this password is one of the commonest. Choose another one.',
      });
    });
  });

  describe('the fields of a profile', () => {
    let fay: Visitor;
    beforeAll(async () => {
      fay = server.visitor();
      await fay.signUp('Fay');
    });
    const WRONG: [object, string][] = [
      [{ name: '' }, 'name: expected at least one visible character'],
      [{ name: '   ' }, 'name: expected at least one visible character'],
      [{ name: 'x'.repeat(81) }, 'name: expected at most 80 characters'],
      [{ name: 'two\nlines' }, 'name: expected no control characters'],
      [{ name: 'gpj.\u202eexe' }, 'name: expected no control characters'],
      [{ name: 7 }, 'name: expected text'],
      [{ image: 'javascript:alert(1)' }, 'image: expected an https address'],
      [{ image: 'data:text/html,x' }, 'image: expected an https address'],
      [{ image: 'http://films.test/a.png' }, 'image: expected an https address'],
      [{ image: `https://films.test/${'x'.repeat(2_030)}` }, 'image: expected at most 2048 characters'],
      [{ image: 7 }, 'image: expected an https address or null'],
    ];
    it.each(WRONG)('are refused: %j', async (fields, message) => {
      const refused = { status: 400, body: { code: 'INVALID_PROFILE', message } };
      expect(await fay.post('/api/auth/update-user', fields)).toMatchObject(refused);
      const form = { name: 'Gil', email: emailOf('Gil'), password: 'password of Gil', ...fields };
      expect(await server.visitor().post('/api/auth/sign-up/email', form)).toMatchObject(refused);
    });

    it('are taken at their edges', async () => {
      const image = `https://films.test/${'x'.repeat(2_048 - 19)}`;
      for (const fields of [{ name: 'x'.repeat(80) }, { image }, { image: null }, { name: 'Åsa 😀' }])
        expect((await fay.post('/api/auth/update-user', fields)).status).toBe(200);
      expect(await fay.authenticate()).toMatchObject({ name: 'Åsa 😀' });
    });

    it('and everything else may not hold NUL, which PostgreSQL cannot store', async () => {
      const bodies: [string, object][] = [
        ['update-user', { name: 'a\0b' }],
        ['sign-in/email', { email: 'a@films.test', password: 'a\0bcdefgh' }],
        ['api-key/create', { name: 'a\0b', metadata: { deep: ['\0'] } }],
        ['revoke-session', { token: '\0' }],
        ['delete-user', { password: '\0' }],
      ];
      for (const [path, body] of bodies)
        expect([path, (await fay.post(`/api/auth/${path}`, body)).body.code]).toEqual([path, 'VALIDATION_ERROR']);
      expect((await fay.get('/api/auth/api-key/get?id=%00')).body).toMatchObject({
        code: 'VALIDATION_ERROR',
        message: 'query.id: expected no NUL character',
      });
      // What is told of the field is cut, and without NUL itself.
      const { message } = (await fay.post('/api/auth/update-user', { [`\0${'x'.repeat(200)}`]: '\0' })).body;
      expect(message).toBe(`body.${'x'.repeat(95)}: expected no NUL character`);
    });
  });

  describe('guests', () => {
    it('are capped for each address and hour', async () => {
      nextHour();
      for (let n = 0; n < GUESTS; n++) await server.visitor().beGuest();
      expect(await server.visitor().post('/api/auth/sign-in/anonymous')).toMatchObject({
        status: 429,
        body: { code: 'RATE_LIMITED', message: 'Too many new guests from your address. Try again in 3600 s.' },
        headers: { 'retry-after': '3600' },
      });
      nextHour();
      expect((await server.visitor().post('/api/auth/sign-in/anonymous')).status).toBe(200);
    });

    it('live a week after their last visit, accounts 30 days', async () => {
      nextHour();
      const [guest, hal] = [server.visitor(), server.visitor()];
      const guestId = await guest.beGuest();
      const halId = await hal.signUp('Hal');
      expect([await endsIn(guestId), await endsIn(halId)]).toEqual([7, 30]);
      const soon = new Date(Date.now() + DAY_MS).toISOString();
      await sql`update cinematch_session set "expiresAt" = ${soon} where "userId" in (${guestId}, ${halId})`.execute(
        server.database.kysely,
      );
      for (const visitor of [guest, hal]) expect((await visitor.get('/api/auth/get-session')).status).toBe(200);
      expect([await endsIn(guestId), await endsIn(halId)]).toEqual([7, 30]);
    });

    it('have keys that live no longer', async () => {
      nextHour();
      const guest = server.visitor();
      await guest.beGuest();
      const days = ({ expiresAt }: { expiresAt: string }): number => Math.round((new Date(expiresAt).getTime() - Date.now()) / DAY_MS);
      const create = async (body: object) => days((await guest.post('/api/auth/api-key/create', { name: 'x', ...body })).body);
      expect([await create({}), await create({ expiresIn: 86_400 * 365 }), await create({ expiresIn: 86_400 * 2 })]).toEqual([7, 7, 2]);
      const { id } = await guest.apiKey({ expiresIn: 86_400 * 2 });
      expect(days((await guest.post('/api/auth/api-key/update', { keyId: id, name: 'y' })).body)).toBe(2);
      expect(days((await guest.post('/api/auth/api-key/update', { keyId: id, expiresIn: 86_400 * 365 })).body)).toBe(7);
    });
  });

  describe('what is over', () => {
    it('is swept: ended sessions of everybody and begun sign-ins, and nothing else', async () => {
      const ida = server.visitor();
      const userId = await ida.signUp('Ida');
      await server.visitor().signIn('Ida');
      const [past, future] = [-1_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString());
      const { rows } = await sql<{ id: string }>`select id from cinematch_session where "userId" = ${userId}`.execute(
        server.database.kysely,
      );
      await sql`update cinematch_session set "expiresAt" = ${past}, "userAgent" = 'an old browser' where id = ${rows[0].id}`.execute(
        server.database.kysely,
      );
      for (const [id, at] of [
        ['old', past],
        ['new', future],
      ])
        await sql`insert into cinematch_verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
          values (${id}, ${`begun ${id}`}, 'x', ${at}, ${past}, ${past})`.execute(server.database.kysely);
      expect((await server.accounts.sweep()).sessions).toBe(1);
      expect(await rowsThatMention(server.database, 'an old browser')).toEqual([]);
      expect(await rowsThatMention(server.database, 'begun old')).toEqual([]);
      expect(await rowsThatMention(server.database, 'begun new')).toHaveLength(1);
      expect(await rowsThatMention(server.database, rows[1].id)).toHaveLength(1);
      expect((await server.accounts.sweep()).sessions).toBe(0);
    });

    it('is not in the files of SQLite any more', async () => {
      nextHour();
      if (settings?.kind === 'postgres') return;
      const jo = server.visitor();
      await jo.signUp('Josephine');
      await jo.post('/api/auth/update-user', { name: 'Josephine the Unforgotten' });
      await jo.get('/api/auth/get-session', { 'user-agent': 'a telltale browser' });
      await server
        .visitor()
        .post(
          '/api/auth/sign-in/email',
          { email: emailOf('Josephine'), password: 'password of Josephine' },
          { 'user-agent': 'a telltale browser' },
        );
      const { rows } = await sql<{ file: string }>`select file from pragma_database_list`.execute(server.database.kysely);
      const inFiles = async (): Promise<boolean[]> => {
        const bytes = await Promise.all(['', '-wal'].map((suffix) => readFile(`${rows[0].file}${suffix}`)));
        return ['josephine@films.test', 'the Unforgotten', 'a telltale browser'].map((text) => bytes.some((file) => file.includes(text)));
      };
      expect(await inFiles()).toEqual([true, true, true]);
      expect((await jo.post('/api/auth/delete-user', { password: 'password of Josephine' })).status).toBe(200);
      expect(await inFiles()).toEqual([false, false, false]);
    });
  });

  describe('deleting an account', () => {
    const age = (userId: string, ms: number) =>
      sql`update cinematch_session set "createdAt" = ${new Date(Date.now() - ms).toISOString()} where "userId" = ${userId}`.execute(
        server.database.kysely,
      );

    it('takes the password of an account that has one, however fresh the session is', async () => {
      nextHour();
      const kim = server.visitor();
      const userId = await kim.signUp('Kim');
      for (const body of [{}, { password: '' }])
        expect(await kim.post('/api/auth/delete-user', body)).toMatchObject({ status: 400, body: { code: 'PASSWORD_REQUIRED' } });
      expect(await kim.authenticate()).toMatchObject({ userId });
      await age(userId, 20 * DAY_MS);
      expect((await kim.post('/api/auth/delete-user', { password: 'password of Kim' })).status).toBe(200);
      expect(await rowsThatMention(server.database, userId)).toEqual([]);
    });

    it('takes a sign-in of the last ten minutes where a provider signs in', async () => {
      const lea = server.visitor();
      const userId = await lea.signUp('Lea');
      await sql`update cinematch_account set password = null, "providerId" = 'oidc' where "userId" = ${userId}`.execute(
        server.database.kysely,
      );
      // The clock stands still, so that the edge is met to the millisecond.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
      try {
        await age(userId, 10 * 60_000 + 1);
        expect(await lea.post('/api/auth/delete-user')).toMatchObject({ status: 403, body: { code: 'SESSION_NOT_FRESH' } });
        expect(await lea.authenticate()).toMatchObject({ userId });
        await age(userId, 10 * 60_000);
        expect((await lea.post('/api/auth/delete-user')).status).toBe(200);
      } finally {
        vi.useRealTimers();
      }
      expect(await rowsThatMention(server.database, userId)).toEqual([]);
    });
  });

  it('an export by a key has no addresses and user agents, one by the user has', async () => {
    nextHour();
    const mia = server.visitor();
    const userId = await mia.signUp('Mia');
    await server.library.setFeedback(userId, movieIdOf(7), 'LIKE', new Date());
    const program = server.visitor();
    for (const body of [{}, { configId: 'write' }]) {
      const { key } = await mia.apiKey(body);
      const { account } = (await program.get('/export.json', { 'x-api-key': key })).body;
      expect(account.sessions).toHaveLength(1);
      expect(Object.keys(account.sessions[0]).sort()).toEqual(['createdAt', 'expiresAt', 'id', 'updatedAt']);
      expect(account.email).toBe('mia@films.test');
    }
    const own = (await mia.get('/export.json')).body.account;
    expect(own.sessions[0]).toMatchObject({ ipAddress: '127.0.0.1', userAgent: expect.any(String) });
  });
}
