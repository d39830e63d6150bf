import { randomUUID } from 'node:crypto';
import type { MailDatabase, MailRow } from './mail-tables.ts';

const HOUR_MS = 3_600_000;
/** Requests about addresses without an account wait here too. A queue that is longer than this is an attack, or a server that is away. */
const MAX_WAITING = 5_000;
const LOCK = 'cinematch-mail';

/** A mail to be composed and sent. */
export interface QueuedMail {
  id: string;
  kind: string;
  address: string;
  language: string;
  sealed: string | null;
  /** How often somebody began to send it, this time included. */
  attempts: number;
  expiresAt: number;
}

export type NewMail = Pick<QueuedMail, 'kind' | 'address' | 'language' | 'sealed'> & { lifetimeMs: number };

export interface MailLimits {
  /** To one address in an hour. */
  perAddress: number;
  /** To all addresses in an hour. More mail waits. */
  perHour: number;
}

/** Whether a mail was taken, and why not. */
export type MailVerdict = 'queued' | 'too-many' | 'full';

/** Mail that waits to be sent, in the database: it survives a restart, and all servers of the database share it and its limits. */
export class MailQueue {
  readonly #database: MailDatabase;
  readonly #limits: MailLimits;
  readonly #now: () => number;
  #onAdded: () => void = () => undefined;

  constructor(database: MailDatabase, limits: MailLimits, now: () => number = Date.now) {
    this.#database = database;
    this.#limits = limits;
    this.#now = now;
  }

  /** `listener` is called after each mail that this server adds. */
  onAdded(listener: () => void): void {
    this.#onAdded = listener;
  }

  async add({ lifetimeMs, ...mail }: NewMail): Promise<MailVerdict> {
    const verdict = await this.#database.transaction(LOCK, async (trx): Promise<MailVerdict> => {
      const now = this.#now();
      const rows = trx.selectFrom('cinematch_mail').select(({ fn }) => fn.countAll<number | string>().as('count'));
      const address = mail.address.toLowerCase();
      const ofAddress = await rows
        .where('address', '=', address)
        .where('created_at', '>', now - HOUR_MS)
        .executeTakeFirstOrThrow();
      if (Number(ofAddress.count) >= this.#limits.perAddress) return 'too-many';
      const waiting = await rows.where('state', '=', 'waiting').executeTakeFirstOrThrow();
      if (Number(waiting.count) >= MAX_WAITING) return 'full';
      const times = { created_at: now, next_at: now, expires_at: now + lifetimeMs, sent_at: null };
      await trx
        .insertInto('cinematch_mail')
        .values({ id: randomUUID(), ...mail, address, state: 'waiting', attempts: 0, ...times })
        .execute();
      return 'queued';
    });
    if (verdict === 'queued') this.#onAdded();
    return verdict;
  }

  /** Takes mail whose time has come, at most `limit` and what the hour still allows. Nobody else gets it for `leaseMs`. */
  async claim(limit: number, leaseMs: number): Promise<QueuedMail[]> {
    return this.#database.transaction(LOCK, async (trx) => {
      const now = this.#now();
      const { count } = await trx
        .selectFrom('cinematch_mail')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('sent_at', '>', now - HOUR_MS)
        .executeTakeFirstOrThrow();
      const allowed = Math.min(limit, this.#limits.perHour - Number(count));
      if (allowed <= 0) return [];
      const due = await trx
        .selectFrom('cinematch_mail')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('next_at', '<=', now)
        .where('expires_at', '>', now)
        .orderBy('next_at')
        .orderBy('id')
        .limit(allowed)
        .execute();
      for (const { id, attempts } of due)
        await trx
          .updateTable('cinematch_mail')
          .set({ next_at: now + leaseMs, attempts: attempts + 1 })
          .where('id', '=', id)
          .execute();
      return due.map(toMail);
    });
  }

  sent({ id }: QueuedMail): Promise<void> {
    return this.#set(id, { state: 'sent', sent_at: this.#now(), sealed: null });
  }

  drop({ id }: QueuedMail): Promise<void> {
    return this.#set(id, { state: 'dropped', sealed: null });
  }

  /** Puts the mail back. `attempts` is how often it was tried. */
  postpone({ id }: QueuedMail, ms: number, attempts: number): Promise<void> {
    return this.#set(id, { next_at: this.#now() + ms, attempts });
  }

  /** How many mails wait. */
  async waiting(): Promise<number> {
    const rows = this.#database.kysely.selectFrom('cinematch_mail').select(({ fn }) => fn.countAll<number | string>().as('count'));
    return Number((await rows.where('state', '=', 'waiting').executeTakeFirstOrThrow()).count);
  }

  /** Gives up mail whose time is over. Returns it. */
  async expired(): Promise<Pick<QueuedMail, 'id' | 'kind' | 'attempts'>[]> {
    const over = this.#database.kysely.updateTable('cinematch_mail').set({ state: 'dropped', sealed: null });
    return over.where('state', '=', 'waiting').where('expires_at', '<=', this.#now()).returning(['id', 'kind', 'attempts']).execute();
  }

  /** Deletes mail that is done, when no limit counts it any more. */
  async deleteOld(): Promise<void> {
    const old = this.#now() - HOUR_MS;
    const done = this.#database.kysely.deleteFrom('cinematch_mail').where('state', '!=', 'waiting').where('created_at', '<', old);
    await done.where(({ or, eb }) => or([eb('sent_at', 'is', null), eb('sent_at', '<', old)])).execute();
  }

  async #set(id: string, fields: Partial<MailRow>): Promise<void> {
    await this.#database.kysely.updateTable('cinematch_mail').set(fields).where('id', '=', id).execute();
  }
}

function toMail({ id, kind, address, language, sealed, attempts, expires_at }: MailRow): QueuedMail {
  return { id, kind, address, language, sealed, attempts: Number(attempts) + 1, expiresAt: Number(expires_at) };
}
