import type { FastifyBaseLogger } from 'fastify';
import type { AccountPost } from '../accounts/post/account-post.ts';
import type { Outbox } from '../accounts/post/outbox.ts';
import type { Database } from '../database/database.ts';
import type { MailSettings } from '../environment/mail.ts';
import { MailDelivery } from '../mail/mail-delivery.ts';
import { MailQueue } from '../mail/mail-queue.ts';
import { openSmtp } from '../mail/smtp-transport.ts';
import type { Metrics } from '../metrics/metrics.ts';

interface MailServices {
  database: Database;
  log: FastifyBaseLogger;
  metrics: Pick<Metrics, 'mail'>;
}

export interface Mail {
  outbox: Outbox;
  /** Begins to send what waits. */
  deliver(post: Pick<AccountPost, 'compose'>): Promise<MailDelivery>;
}

/** Undefined when the server sends no mail. */
export function openMail(settings: MailSettings | undefined, { database, log, metrics }: MailServices): Mail | undefined {
  if (settings === undefined) return undefined;
  const queue = new MailQueue(database, settings);
  return {
    outbox: queue,
    async deliver(post) {
      return new MailDelivery({ queue, transport: await openSmtp(settings), compose: (mail) => post.compose(mail), log, metrics });
    },
  };
}
