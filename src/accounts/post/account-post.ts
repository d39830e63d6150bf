import { createEmailVerificationToken } from 'better-auth/api';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { z } from 'zod';
import type { AccountDirectory } from '../administration/account-directory.ts';
import { type AccountWrites, RESET_LINK_HOURS } from '../administration/administration.ts';
import { INVITATION_HOURS, type Invitations } from '../administration/invitations.ts';
import type { AccountsLog } from '../auth-log.ts';
import { MAIL_LANGUAGES, mailLanguage } from './mail-language.ts';
import { type AccountMail, MAIL_KINDS, type Outbox } from './outbox.ts';
import { type WrittenMail, writeMail } from './written-mail.ts';

export const VERIFICATION_HOURS = 24;
const HOUR_MS = 3_600_000;

/** The address of an account, as the auth library checks it at a sign-up. */
const emailAddress = z.email().max(254);

export function isEmailAddress(text: unknown): text is string {
  return emailAddress.safeParse(text).success;
}

/** What sending mail takes. */
export interface MailMeans {
  outbox: Outbox;
  /** AUTH_SECRET. */
  secret: string;
  log: AccountsLog;
}

interface AccountPostParts {
  /** Undefined: the server sends no mail. */
  means: MailMeans | undefined;
  directory: AccountDirectory;
  invitations: Invitations;
  writes: Pick<AccountWrites, 'storeResetToken'>;
  /** The address of the server, which links begin with. */
  address: string;
}

/**
 * The mail of the accounts. A token is made when its mail is sent, so the queue holds none; that of an invitation is known before, and
 * waits encrypted. Whoever reads the database can use no link.
 */
export class AccountPost {
  readonly #parts: AccountPostParts;

  constructor(parts: AccountPostParts) {
    this.#parts = parts;
  }

  get isOn(): boolean {
    return this.#parts.means !== undefined;
  }

  /** Takes every address alike: neither the answer nor its time tells whether there is an account. */
  passwordReset(address: string, acceptLanguage: string | null | undefined): Promise<boolean> {
    return this.#add({ kind: 'password-reset', address, sealed: null }, acceptLanguage, RESET_LINK_HOURS);
  }

  verification(address: string, acceptLanguage: string | null | undefined): Promise<boolean> {
    return this.#add({ kind: 'verification', address, sealed: null }, acceptLanguage, VERIFICATION_HOURS);
  }

  async invitation(address: string, token: string, acceptLanguage: string | null | undefined): Promise<boolean> {
    const { means } = this.#parts;
    const sealed = means === undefined ? null : await symmetricEncrypt({ key: means.secret, data: token });
    return this.#add({ kind: 'invitation', address, sealed }, acceptLanguage, INVITATION_HOURS);
  }

  /** The words of a mail that is about to be sent. Undefined when there is no such account, or nothing to tell any more. */
  async compose({ kind, address, language, sealed }: Pick<AccountMail, 'address' | 'language' | 'sealed'> & { kind: string }) {
    const known = MAIL_KINDS.find((name) => name === kind);
    const { means } = this.#parts;
    if (known === undefined || means === undefined) return undefined;
    const path = await this.#link({ kind: known, address, language, sealed }, means);
    if (path === undefined) return undefined;
    const words = MAIL_LANGUAGES.find((name) => name === language) ?? 'en';
    return writeMail(known, words, this.#parts.address + path) satisfies WrittenMail;
  }

  async #add(mail: Omit<AccountMail, 'language'>, acceptLanguage: string | null | undefined, hours: number): Promise<boolean> {
    const { means } = this.#parts;
    if (means === undefined || !isEmailAddress(mail.address)) return false;
    const { outbox, log } = means;
    const verdict = await outbox.add({ ...mail, language: mailLanguage(acceptLanguage), lifetimeMs: hours * HOUR_MS });
    if (verdict === 'full') log.error({ kind: mail.kind }, 'accounts: the mail queue is full; a mail was not taken');
    if (verdict === 'too-many') log.debug({ kind: mail.kind }, 'accounts: an address gets no more mail within the hour');
    return verdict === 'queued';
  }

  async #link({ kind, address, sealed }: AccountMail, { secret }: MailMeans): Promise<string | undefined> {
    const { directory, invitations, writes } = this.#parts;
    if (kind === 'invitation') {
      const token = sealed === null ? undefined : await symmetricDecrypt({ key: secret, data: sealed }).catch(() => undefined);
      // Revoked or used meanwhile, or AUTH_SECRET is another one.
      if (token === undefined || (await invitations.find(token)) === undefined) return undefined;
      return `/sign-up#invitation=${token}`;
    }
    const account = await directory.findByEmail(address);
    if (account === undefined || account.disabled) return undefined;
    if (kind === 'verification')
      return account.emailVerified
        ? undefined
        : `/verify-email#${await createEmailVerificationToken(secret, address, undefined, VERIFICATION_HOURS * 3_600)}`;
    // A password for an account of a provider would go on when the provider takes the person out.
    if (!account.methods.includes('password')) return undefined;
    return `/reset-password#${await writes.storeResetToken(account.id, new Date(Date.now() + RESET_LINK_HOURS * HOUR_MS))}`;
  }
}
