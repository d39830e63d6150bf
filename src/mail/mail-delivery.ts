import type { Metrics } from '../metrics/metrics.ts';
import { SingleRun } from '../single-run.ts';
import type { MailQueue, QueuedMail } from './mail-queue.ts';
import type { MailRecord } from './mail-record.ts';
import { MailFailure, type MailTransport, type OutgoingMail } from './mail-transport.ts';

export interface MailLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

export interface MailDeliveryParts {
  queue: MailQueue;
  transport: MailTransport;
  record: Pick<MailRecord, 'sent' | 'failed'>;
  /** The words of a mail. Undefined: it has lost its purpose, or never had one. */
  compose(mail: QueuedMail): Promise<Omit<OutgoingMail, 'id' | 'address'> | undefined>;
  log: MailLog;
  metrics: Pick<Metrics, 'mail'>;
  /** How often to look for mail of other servers, and for mail to be tried again. */
  pollMs?: number;
  firstRetryMs?: number;
}

const POLL_MS = 10_000;
const FIRST_RETRY_MS = 30_000;
const MAX_RETRY_MS = 30 * 60_000;
const BATCH = 10;
/** Longer than an attempt takes. After a crash the mail is tried again when this time is over. */
const LEASE_MS = 120_000;

/** Sends the mail of the queue. One at a time: the mail server sets the pace. */
export class MailDelivery {
  readonly #parts: MailDeliveryParts;
  readonly #timer: NodeJS.Timeout;
  readonly #runs = new SingleRun(() => this.#run());

  constructor(parts: MailDeliveryParts) {
    this.#parts = parts;
    parts.queue.onAdded(() => this.wake());
    this.#timer = setInterval(() => this.wake(), parts.pollMs ?? POLL_MS).unref();
    this.wake();
  }

  /** Looks for mail now. */
  wake(): void {
    this.#runs.wake();
  }

  /** Ends after the mail that is being sent. What was claimed and not begun is free at once for other servers and the next start. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#runs.stop();
    this.#parts.transport.close();
  }

  async #run(): Promise<void> {
    const { queue, log, metrics } = this.#parts;
    try {
      for (const { id, kind, attempts } of await queue.expired()) {
        metrics.mail('expired');
        log.error({ id, kind, attempts }, 'a mail was given up: its time is over');
      }
      for (let claimed = await this.#claim(); claimed.length > 0; claimed = await this.#claim()) await this.#deliver(claimed);
      await queue.deleteOld();
    } catch (error) {
      // The database is away. The mail is still in it.
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the mail queue cannot be read');
    }
  }

  async #claim(): Promise<QueuedMail[]> {
    return this.#runs.isStopped ? [] : this.#parts.queue.claim(BATCH, LEASE_MS);
  }

  async #deliver(claimed: QueuedMail[]): Promise<void> {
    const { queue } = this.#parts;
    let isAway = false;
    for (const mail of claimed) {
      if (this.#runs.isStopped) await queue.postpone(mail, 0, mail.attempts - 1);
      // The others of the batch would wait for the same mail server.
      else if (isAway) await queue.postpone(mail, this.#pauseAfter(mail), mail.attempts);
      else isAway = !(await this.#send(mail));
    }
  }

  /** Returns false when the mail server cannot be used now. */
  async #send(mail: QueuedMail): Promise<boolean> {
    const { queue, transport, record, compose, log, metrics } = this.#parts;
    const { id, kind, address, attempts } = mail;
    const words = await compose(mail);
    if (words === undefined) {
      await queue.drop(mail);
      return true;
    }
    try {
      await transport.send({ id, address, ...words });
    } catch (error) {
      if (!(error instanceof MailFailure)) throw error;
      const { message: reason, kind: failed } = error;
      metrics.mail(failed === 'never' ? 'refused' : 'failed');
      await record.failed(reason);
      if (failed === 'never') {
        log.error({ id, kind, reason }, 'the mail server refused a mail');
        await queue.drop(mail);
        return true;
      }
      const pauseMs = this.#pauseAfter(mail);
      log.warn({ id, kind, reason, attempts, pauseMs }, 'a mail could not be sent: it waits');
      await queue.postpone(mail, pauseMs, attempts);
      return failed !== 'server';
    }
    metrics.mail('sent');
    log.info({ id, kind, attempts }, 'a mail was sent');
    await queue.sent(mail);
    await record.sent();
    return true;
  }

  /** 30 s, 1 min, 2 min and so on, up to half an hour. */
  #pauseAfter({ attempts }: QueuedMail): number {
    return Math.min((this.#parts.firstRetryMs ?? FIRST_RETRY_MS) * 2 ** Math.min(attempts - 1, 16), MAX_RETRY_MS);
  }
}
