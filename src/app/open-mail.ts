import type { FastifyBaseLogger } from 'fastify';
import { SettingsStore } from '../accounts/administration/settings-store.ts';
import type { AccountPost } from '../accounts/post/account-post.ts';
import type { Outbox } from '../accounts/post/outbox.ts';
import type { Database } from '../database/database.ts';
import type { MailSettings } from '../environment/mail.ts';
import { MailDelivery } from '../mail/mail-delivery.ts';
import { MailQueue } from '../mail/mail-queue.ts';
import { MailRecord } from '../mail/mail-record.ts';
import { openSmtp } from '../mail/smtp-transport.ts';
import type { Metrics } from '../metrics/metrics.ts';

interface MailServices {
  database: Database;
  log: FastifyBaseLogger;
  metrics: Pick<Metrics, 'mail'>;
}

export interface Mail {
  outbox: Outbox;
  record: MailRecord;
  /** Begins to send what waits. */
  deliver(post: Pick<AccountPost, 'compose'>): Promise<MailDelivery>;
}

/** Undefined when the server sends no mail. */
export function openMail(settings: MailSettings | undefined, { database, log, metrics }: MailServices): Mail | undefined {
  if (settings === undefined) return undefined;
  const queue = new MailQueue(database, settings);
  const record = new MailRecord(queue, new SettingsStore(database));
  return {
    outbox: queue,
    record,
    async deliver(post) {
      return new MailDelivery({ queue, transport: await openSmtp(settings), record, compose: (mail) => post.compose(mail), log, metrics });
    },
  };
}
