import type { MailQueue } from './mail-queue.ts';

const SENT = 'mail-sent';
const FAILED = 'mail-failed';

/** Small values by name. All servers of a database share them. */
export interface Notes {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}

/** How the mail of the server fares. It is kept longer than the mail. */
export class MailRecord {
  readonly #queue: Pick<MailQueue, 'waiting'>;
  readonly #notes: Notes;

  constructor(queue: Pick<MailQueue, 'waiting'>, notes: Notes) {
    this.#queue = queue;
    this.#notes = notes;
  }

  sent(): Promise<void> {
    return this.#notes.set(SENT, new Date().toISOString());
  }

  failed(reason: string): Promise<void> {
    return this.#notes.set(FAILED, `${new Date().toISOString()} ${reason}`);
  }

  async report() {
    const [waiting, sent, failed] = await Promise.all([this.#queue.waiting(), this.#notes.get(SENT), this.#notes.get(FAILED)]);
    const [failedAt, ...reason] = failed?.split(' ') ?? [];
    return {
      waiting,
      sentAt: sent === undefined ? null : new Date(sent),
      failedAt: failedAt === undefined ? null : new Date(failedAt),
      failure: failed === undefined ? null : reason.join(' '),
    };
  }
}
