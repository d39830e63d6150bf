import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, rowsThatMention, type Visitor } from '../../test/accounts-app.ts';
import { linkOf, RealSmtp, type ReceivedMail } from '../../test/real-servers/smtp.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import type { DatabaseSettings } from '../database/database.ts';
import { MailDelivery } from '../mail/mail-delivery.ts';
import { MailQueue } from '../mail/mail-queue.ts';
import { MailRecord } from '../mail/mail-record.ts';
import { openSmtp } from '../mail/smtp-transport.ts';
import { SettingsStore } from './administration/settings-store.ts';
import type { AccountSettings } from './auth.ts';

const PASSWORD = 'another long password';

/** What the accounts send by mail, on each database, with a real mail server. */
export function mailContract(settings: () => Promise<DatabaseSettings | undefined>): void {
  let smtp: RealSmtp;
  let server: AccountsApp;
  let delivery: MailDelivery;
  const start = async (more: Partial<AccountSettings> = {}): Promise<void> => {
    let queue: MailQueue | undefined;
    const outbox = (database: AccountsApp['database']): MailQueue => {
      queue = new MailQueue(database, { perAddress: 3, perHour: 100 });
      return queue;
    };
    server = await accountsApp({ registration: 'open', outbox, ...more }, await settings());
    const smtpSettings = { host: '127.0.0.1', tlsFromStart: false, requireTls: false, user: undefined, ownHost: 'films.test' };
    const transport = await openSmtp({ ...smtpSettings, port: smtp.port, from: 'films@films.test' });
    const silent = () => undefined;
    if (queue === undefined) throw new Error('the app did not open the queue');
    const { post } = server.accounts.administration;
    const log = { info: silent, warn: silent, error: silent };
    delivery = new MailDelivery({
      queue,
      transport,
      record: new MailRecord(queue, new SettingsStore(server.database)),
      compose: (mail) => post.compose(mail),
      log,
      metrics: NO_METRICS,
      pollMs: 50,
    });
  };
  beforeEach(async () => {
    smtp = await RealSmtp.start();
  });
  afterEach(async () => {
    await delivery.stop();
    await server.stop();
    await smtp.down();
  });
  const mailTo = async (name: string, subject: RegExp): Promise<ReceivedMail> => {
    const found = () => smtp.to(`${name}@films.test`).findLast((mail) => subject.test(mail.subject ?? ''));
    await expect.poll(() => found()?.subject).toMatch(subject);
    return found() as ReceivedMail;
  };
  /** Until everything that was queued is sent or dropped. */
  const idle = () =>
    expect
      .poll(async () => (await sql`select id from cinematch_mail where state = 'waiting'`.execute(server.database.kysely)).rows)
      .toEqual([]);
  const forgot = (visitor: Visitor, name: string, headers: Record<string, string> = {}) =>
    visitor.post('/api/auth/request-password-reset', { email: `${name}@films.test` }, headers);
  const verified = async (visitor: Visitor) => (await visitor.graphql('{ viewer { emailVerified } }')).body.data.viewer.emailVerified;

  describe('a forgotten password', () => {
    it('comes back by a link that works once and ends every session and every other link', async () => {
      await start();
      const ann = server.visitor();
      await ann.signUp('Ann');
      const stranger = server.visitor();
      for (let n = 0; n < 2; n++) expect(await forgot(stranger, 'ann')).toMatchObject({ status: 200, body: { status: true } });
      await idle();
      const links = smtp
        .to('ann@films.test')
        .filter(({ subject }) => /password/.test(subject ?? ''))
        .map((mail) => linkOf(mail));
      expect(links.map(({ origin, pathname }) => origin + pathname)).toEqual([
        'http://films.test/reset-password',
        'http://films.test/reset-password',
      ]);
      const [first = '', second = ''] = links.map(({ hash }) => hash.slice(1));
      expect(await rowsThatMention(server.database, first)).toEqual([]);
      expect((await stranger.post('/api/auth/reset-password', { newPassword: PASSWORD, token: second })).status).toBe(200);
      for (const token of [first, second])
        expect((await stranger.post('/api/auth/reset-password', { newPassword: 'yet another password', token })).body.code).toBe(
          'INVALID_TOKEN',
        );
      expect(await ann.authenticate()).toBeNull();
      expect((await stranger.signIn('Ann', PASSWORD)).status).toBe(200);
    });

    it('tells nobody whether there is an account, and sends nothing to strangers, guests and disabled accounts', async () => {
      await start();
      const [ann, ben] = [server.visitor(), server.visitor()];
      await ann.signUp('Ann');
      const benId = await ben.signUp('Ben');
      await ann.graphql('mutation ($userId: ID!) { disableAccount(userId: $userId) { id } }', { userId: benId });
      await idle();
      smtp.received.length = 0;
      const stranger = server.visitor();
      const answers = [await forgot(stranger, 'nobody'), await forgot(stranger, 'ben'), await forgot(stranger, 'ann')];
      expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
      await idle();
      expect(smtp.received.map(({ recipient }) => recipient)).toEqual(['ann@films.test']);
      // Too many are refused in silence as well.
      for (let n = 0; n < 4; n++) expect(await forgot(stranger, 'ann')).toMatchObject({ status: 200, body: { status: true } });
      await idle();
      // With the mail about the new account, an address gets three in an hour.
      expect(smtp.to('ann@films.test')).toHaveLength(2);
      expect(await stranger.post('/api/auth/request-password-reset', { email: 'no address' })).toMatchObject({
        status: 400,
        body: { code: 'INVALID_EMAIL' },
      });
    });

    it('gives no password to an account of a provider', async () => {
      await start();
      const ann = server.visitor();
      await ann.signUp('Ann');
      await sql`update cinematch_account set "providerId" = 'oidc'`.execute(server.database.kysely);
      await idle();
      smtp.received.length = 0;
      await forgot(server.visitor(), 'ann');
      await idle();
      expect(smtp.received).toEqual([]);
    });

    it('is told in the language of the page', async () => {
      await start();
      await server.visitor().signUp('Ann');
      await forgot(server.visitor(), 'ann', { 'accept-language': 'ar' });
      const mail = await mailTo('ann', /كلمة مرور/);
      expect(mail.html).toContain('<html lang="ar" dir="rtl">');
      expect(mail.text).toContain('films.test');
      expect(linkOf(mail).pathname).toBe('/reset-password');
    });

    it('is for servers with passwords', async () => {
      await start({ passwords: false });
      expect((await forgot(server.visitor(), 'ann')).body.code).toBe('PASSWORD_SIGN_IN_OFF');
    });
  });

  describe('the address of a new account', () => {
    it('is confirmed by a link', async () => {
      await start();
      const ann = server.visitor();
      await ann.signUp('Ann');
      expect(await verified(ann)).toBe(false);
      const link = linkOf(await mailTo('ann', /Confirm/));
      expect(link.pathname).toBe('/verify-email');
      const wrong = `${link.hash.slice(1, -4)}AAAA`;
      expect((await server.visitor().get(`/api/auth/verify-email?token=${wrong}`)).status).toBe(401);
      expect(await verified(ann)).toBe(false);
      const other = server.visitor();
      expect((await other.get(`/api/auth/verify-email?token=${link.hash.slice(1)}`)).status).toBe(200);
      expect(await other.authenticate()).toBeNull();
      expect(await verified(ann)).toBe(true);
      expect((await ann.post('/api/auth/send-verification-email', { email: 'ann@films.test' })).body.code).toBe('EMAIL_ALREADY_VERIFIED');
    });

    it('gets another link on demand, from the account alone', async () => {
      await start();
      const ann = server.visitor();
      await ann.signUp('Ann');
      await idle();
      smtp.received.length = 0;
      const email = 'ann@films.test';
      expect((await server.visitor().post('/api/auth/send-verification-email', { email })).status).toBe(401);
      expect((await ann.post('/api/auth/send-verification-email', { email: 'eve@films.test' })).status).toBe(400);
      expect((await ann.post('/api/auth/send-verification-email', { email })).status).toBe(200);
      await mailTo('ann', /Confirm/);
    });

    it('gets no text of whoever typed it', async () => {
      await start();
      await server.visitor().post('/api/auth/sign-up/email', { name: 'Buy at evil.test', email: 'ann@films.test', password: PASSWORD });
      const { text, html, subject } = await mailTo('ann', /Confirm/);
      expect([text, html, subject].join()).not.toContain('evil');
    });
  });

  describe('links of admins', () => {
    it('are sent too, and say so', async () => {
      await start({ registration: undefined });
      const owner = server.visitor();
      await owner.signUp('Owner');
      const invite = async (email?: string) =>
        (
          await owner.graphql(
            'mutation ($email: String) { createInvitation(email: $email) { url mailedTo } }',
            { email },
            { 'accept-language': 'en' },
          )
        ).body.data.createInvitation;
      expect((await invite()).mailedTo).toBeNull();
      const { url, mailedTo } = await invite('ben@films.test');
      expect(mailedTo).toBe('ben@films.test');
      const link = linkOf(await mailTo('ben', /invited/));
      expect(link.href).toBe(url);
      const ben = server.visitor();
      const about = { name: 'Ben', email: 'ben@films.test', password: PASSWORD, invitation: link.hash.split('=')[1] };
      expect((await ben.post('/api/auth/sign-up/email', about)).status).toBe(200);
      const { userId = '' } = (await ben.authenticate()) ?? {};
      const reset = await owner.graphql('mutation ($id: ID!) { createPasswordResetLink(userId: $id) { mailedTo } }', { id: userId });
      expect(reset.body.data.createPasswordResetLink.mailedTo).toBe('ben@films.test');
      await mailTo('ben', /password/);
    });

    it('are not sent when they were revoked, and wait in a form that nobody can use', async () => {
      await start();
      const owner = server.visitor();
      await owner.signUp('Owner');
      await idle();
      await delivery.stop();
      const { body } = await owner.graphql('mutation { createInvitation(email: "ben@films.test") { url } }');
      const token = new URL(body.data.createInvitation.url).hash.split('=')[1] ?? '';
      expect(await rowsThatMention(server.database, token)).toEqual([]);
      const [invitation] = await server.accounts.administration.invitations.open(1);
      await owner.graphql('mutation ($id: ID!) { revokeInvitation(id: $id) }', { id: invitation?.id });
      const [row] = (
        await sql<{ sealed: string }>`select sealed from cinematch_mail where kind = 'invitation'`.execute(server.database.kysely)
      ).rows;
      const mail = { kind: 'invitation', address: 'ben@films.test', language: 'en', sealed: row?.sealed ?? '' };
      expect(await server.accounts.administration.post.compose(mail)).toBeUndefined();
      expect(await server.accounts.administration.post.compose({ ...mail, sealed: 'of another secret' })).toBeUndefined();
    });
  });

  it('is off without SMTP_URL, and the API says so', async () => {
    await start();
    expect((await server.visitor().graphql('{ signInOptions { mail } }')).body.data.signInOptions.mail).toBe(true);
    const without = await accountsApp();
    const visitor = without.visitor();
    expect((await visitor.graphql('{ signInOptions { mail } }')).body.data.signInOptions.mail).toBe(false);
    for (const answer of [
      await forgot(visitor, 'ann'),
      await visitor.post('/api/auth/send-verification-email', { email: 'ann@films.test' }),
      await visitor.get('/api/auth/verify-email?token=x'),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'MAIL_OFF' } });
    await without.stop();
  });
}
