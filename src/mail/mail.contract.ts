import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsThatMention } from '../../test/accounts-app.ts';
import { RealSmtp } from '../../test/real-servers/smtp.ts';
import { type RecordingMetrics, recordingMetrics } from '../../test/recording-metrics.ts';
import { SettingsStore } from '../accounts/administration/settings-store.ts';
import { MIGRATIONS } from '../app/migrations.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { MailDelivery } from './mail-delivery.ts';
import { MailQueue, type NewMail } from './mail-queue.ts';
import { MailRecord } from './mail-record.ts';
import { openSmtp, type SmtpSettings } from './smtp-transport.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'the password of the mail server';
const SETTINGS = {
  host: '127.0.0.1',
  tlsFromStart: false,
  requireTls: false,
  user: undefined,
  from: 'CineMatch <films@films.test>',
  ownHost: 'films.test',
};

/** The queue and its delivery, on each database, with a real mail server. */
export function mailContract(settings: () => Promise<DatabaseSettings>): void {
  let smtp: RealSmtp;
  let where: DatabaseSettings;
  let database: Database;
  let metrics: RecordingMetrics;
  const log: { about: object; message: string }[] = [];
  const deliveries: MailDelivery[] = [];
  let clock = 0;
  beforeEach(async () => {
    smtp = await RealSmtp.start();
    where = await settings();
    database = openDatabase(where);
    await migrate(database, MIGRATIONS);
    metrics = recordingMetrics();
    log.length = 0;
    clock = Date.now();
  });
  afterEach(async () => {
    for (const delivery of deliveries.splice(0)) await delivery.stop();
    await smtp.down();
    await database.close();
  });
  const queueOf = (limits = { perAddress: 100, perHour: 100 }, of = database): MailQueue => new MailQueue(of, limits, () => clock);
  const mailTo = (address: string, more: Partial<NewMail> = {}): NewMail => ({
    kind: 'invitation',
    address,
    language: 'en',
    sealed: 'sealed',
    lifetimeMs: HOUR_MS,
    ...more,
  });
  const note = (about: object, message: string): void => void log.push({ about, message });
  const recordOf = (queue: MailQueue): MailRecord => new MailRecord(queue, new SettingsStore(database));
  const deliver = async (queue: MailQueue, more: Partial<SmtpSettings> = {}): Promise<MailDelivery> => {
    const transport = await openSmtp({ ...SETTINGS, port: smtp.port, ...more });
    const compose = async ({ kind, address }: { kind: string; address: string }) =>
      kind === 'nothing' ? undefined : { subject: `Hello ${kind}`, text: `To ${address}`, html: `<p>To ${address}</p>` };
    const delivery = new MailDelivery({
      queue,
      transport,
      record: recordOf(queue),
      compose,
      log: { info: note, warn: note, error: note },
      metrics,
      pollMs: 50,
      firstRetryMs: 100,
    });
    deliveries.push(delivery);
    return delivery;
  };
  const outcomes = () => metrics.of('mail').map(([outcome]) => outcome);
  const states = async () =>
    (await database.kysely.selectFrom('cinematch_mail').select('state').orderBy('address').execute()).map(({ state }) => state);

  describe('a mail', () => {
    it('is sent once, with text and HTML, a sender and an id, and asks for no automatic answers', async () => {
      const queue = queueOf();
      await deliver(queue);
      expect(await queue.add(mailTo('Ann@films.test'))).toBe('queued');
      await expect.poll(() => smtp.received.length).toBe(1);
      expect(smtp.received[0]).toMatchObject({
        recipient: 'ann@films.test',
        from: { name: 'CineMatch', address: 'films@films.test' },
        to: [{ address: 'ann@films.test' }],
        subject: 'Hello invitation',
        text: expect.stringContaining('To ann@films.test'),
        html: expect.stringContaining('<p>To ann@films.test</p>'),
        messageId: expect.stringMatching(/^<[\w-]{36}@films\.test>$/),
      });
      expect(smtp.received[0]?.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
      await expect.poll(states).toEqual(['sent']);
      expect(await rowsThatMention(database, 'sealed')).toEqual([expect.stringContaining('"sealed":null')]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(smtp.received).toHaveLength(1);
    });

    it('that has lost its purpose is dropped', async () => {
      const queue = queueOf();
      await deliver(queue);
      await queue.add(mailTo('ann@films.test', { kind: 'nothing' }));
      await expect.poll(states).toEqual(['dropped']);
      expect([smtp.received, outcomes()]).toEqual([[], []]);
    });

    it('goes to one address only, whatever the address holds', async () => {
      const transport = await openSmtp({ ...SETTINGS, port: smtp.port });
      const words = { id: 'x', subject: 's', text: 't', html: '<p>h</p>' };
      await transport.send({ ...words, address: 'ann@films.test,eve@evil.test' }).catch(() => undefined);
      await transport.send({ ...words, address: 'ann@films.test\r\nBcc: eve@evil.test' }).catch(() => undefined);
      expect(
        smtp.received
          .map(({ recipient, bcc }) => [recipient, bcc])
          .filter(([recipient, bcc]) => recipient === 'eve@evil.test' || bcc !== undefined),
      ).toEqual([]);
    });
  });

  describe('a mail server that is away', () => {
    it('gets the mail when it is back, also from a server that started meanwhile', async () => {
      await smtp.down();
      const first = await deliver(queueOf());
      const queue = queueOf();
      for (const name of ['ann', 'ben', 'cid']) await queue.add(mailTo(`${name}@films.test`));
      first.wake();
      await expect.poll(() => outcomes().includes('failed')).toBe(true);
      await expect
        .poll(() => log.find(({ message }) => message === 'a mail could not be sent: it waits')?.about)
        .toMatchObject({ kind: 'invitation', reason: expect.stringMatching(/ECONNREFUSED/), attempts: 1, pauseMs: 100 });
      await first.stop();
      await smtp.up();
      clock += 60_000;
      const second = openDatabase(where);
      const after = await deliver(queueOf(undefined, second));
      await expect
        .poll(() => smtp.received.map(({ recipient }) => recipient).sort())
        .toEqual(['ann@films.test', 'ben@films.test', 'cid@films.test']);
      await after.stop();
      await second.close();
    });

    it('is asked again after 0.1, 0.2, 0.4 s and so on, and no more when the time of the mail is over', async () => {
      await smtp.down();
      const queue = queueOf();
      const delivery = await deliver(queue);
      await queue.add(mailTo('ann@films.test'));
      const pauses = () => log.flatMap(({ about }) => ('pauseMs' in about ? [about.pauseMs] : []));
      for (const count of [1, 2, 3, 4]) {
        await expect.poll(() => pauses().length).toBe(count);
        clock += 1_000;
        delivery.wake();
      }
      expect(pauses().slice(0, 4)).toEqual([100, 200, 400, 800]);
      clock += HOUR_MS;
      delivery.wake();
      await expect.poll(() => outcomes().at(-1)).toBe('expired');
      expect(await queue.claim(10, 1)).toEqual([]);
      await expect
        .poll(() => log.at(-1))
        .toMatchObject({ message: 'a mail was given up: its time is over', about: { kind: 'invitation' } });
    });
  });

  describe('a mail server that refuses', () => {
    it('a mail for good gets it once, one for now gets it again, and others go on', async () => {
      const queue = queueOf();
      const delivery = await deliver(queue);
      smtp.refuse = { at: 'recipient', status: 550 };
      await queue.add(mailTo('gone@films.test'));
      await expect.poll(states).toEqual(['dropped']);
      expect(await recordOf(queue).report()).toEqual({
        waiting: 0,
        sentAt: null,
        failedAt: expect.any(Date),
        failure: expect.stringContaining('550'),
      });
      await expect
        .poll(() => log.at(-1))
        .toMatchObject({ message: 'the mail server refused a mail', about: { reason: expect.stringContaining('550') } });
      expect(JSON.stringify(log)).not.toContain('gone@films.test');
      smtp.refuse = { at: 'data', status: 451 };
      await queue.add(mailTo('busy@films.test'));
      await expect.poll(() => outcomes().at(-1)).toBe('failed');
      await expect.poll(() => recordOf(queue).report()).toMatchObject({ waiting: 1, failure: expect.stringContaining('451') });
      smtp.refuse = undefined;
      clock += 1_000;
      delivery.wake();
      await expect.poll(() => smtp.received.map(({ recipient }) => recipient)).toEqual(['busy@films.test']);
      await expect.poll(() => recordOf(queue).report()).toMatchObject({ waiting: 0, sentAt: expect.any(Date) });
    });

    it('the password says so in the log, without the password', async () => {
      await smtp.down();
      smtp = await RealSmtp.start({ name: 'films', password: PASSWORD });
      const queue = queueOf();
      const delivery = await deliver(queue, { user: { name: 'films', password: 'wrong secret' } });
      await queue.add(mailTo('ann@films.test'));
      await expect.poll(() => outcomes()).toEqual(['failed']);
      // The outcome is counted before the line is written.
      await expect.poll(() => JSON.stringify(log)).toMatch(/535|password is wrong/);
      expect(JSON.stringify(log)).not.toContain('wrong secret');
      await delivery.stop();
      clock += 60_000;
      await deliver(queue, { user: { name: 'films', password: PASSWORD } });
      await expect.poll(() => smtp.received.map(({ user }) => user)).toEqual(['films']);
    });

    it('encryption gets no password', async () => {
      await smtp.down();
      smtp = await RealSmtp.start({ name: 'films', password: PASSWORD });
      const transport = await openSmtp({ ...SETTINGS, port: smtp.port, requireTls: true, user: { name: 'films', password: PASSWORD } });
      await expect(transport.verify()).rejects.toMatchObject({ name: 'MailFailure', kind: 'server' });
      const open = await openSmtp({ ...SETTINGS, port: smtp.port, user: { name: 'films', password: PASSWORD } });
      await expect(open.verify()).resolves.toBeUndefined();
    });
  });

  describe('limits', () => {
    it('an address gets so many mails in an hour', async () => {
      const queue = queueOf({ perAddress: 2, perHour: 100 });
      const verdicts = await Promise.all(['ann', 'Ann', 'ANN', 'ben'].map((name) => queue.add(mailTo(`${name}@films.test`))));
      expect(verdicts.toSorted()).toEqual(['queued', 'queued', 'queued', 'too-many']);
      expect(await queue.add(mailTo('ann@films.test'))).toBe('too-many');
      clock += HOUR_MS + 1;
      expect(await queue.add(mailTo('ann@films.test'))).toBe('queued');
    });

    it('all addresses get so many in an hour, and the others wait', async () => {
      const queue = queueOf({ perAddress: 100, perHour: 3 });
      for (let n = 0; n < 5; n++) await queue.add(mailTo(`p${n}@films.test`, { lifetimeMs: 3 * HOUR_MS }));
      const delivery = await deliver(queue);
      await expect.poll(() => smtp.received.length).toBe(3);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(smtp.received).toHaveLength(3);
      clock += HOUR_MS + 1;
      delivery.wake();
      await expect.poll(() => smtp.received.length).toBe(5);
      // A mail that was received is marked a little later.
      await expect.poll(async () => (await states()).every((state) => state === 'sent')).toBe(true);
      clock += HOUR_MS + 1;
      delivery.wake();
      await expect.poll(states).toEqual([]);
    });

    it('two servers send each mail once', async () => {
      const other = openDatabase(where);
      const [queue, second] = [queueOf(), queueOf(undefined, other)];
      for (let n = 0; n < 20; n++) await queue.add(mailTo(`p${n}@films.test`));
      const both = await Promise.all([deliver(queue), deliver(second)]);
      await expect.poll(() => new Set(smtp.received.map(({ recipient }) => recipient)).size).toBe(20);
      await Promise.all(both.map((delivery) => delivery.stop()));
      expect(smtp.received).toHaveLength(20);
      await other.close();
    });
  });

  it('a server that stops in the middle leaves the rest to the next one, at once', async () => {
    const queue = queueOf();
    for (let n = 0; n < 5; n++) await queue.add(mailTo(`p${n}@films.test`));
    let release: () => void = () => undefined;
    smtp.hold = new Promise((resolve) => {
      release = resolve;
    });
    const first = await deliver(queue);
    await expect
      .poll(async () => (await database.kysely.selectFrom('cinematch_mail').selectAll().where('attempts', '=', 1).execute()).length)
      .toBe(5);
    const stopped = first.stop();
    release();
    smtp.hold = undefined;
    await stopped;
    expect(smtp.received).toHaveLength(1);
    await deliver(queue);
    await expect.poll(() => smtp.received.length).toBe(5);
    expect(new Set(smtp.received.map(({ recipient }) => recipient)).size).toBe(5);
  });

  it('a server that was killed in the middle: its mail is free after two minutes', async () => {
    const queue = queueOf();
    await queue.add(mailTo('ann@films.test'));
    expect(await queue.claim(10, 120_000)).toHaveLength(1);
    await deliver(queue);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(smtp.received).toEqual([]);
    clock += 120_001;
    await expect.poll(() => smtp.received.length).toBe(1);
  });
}
