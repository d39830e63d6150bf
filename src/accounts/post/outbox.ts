/** What the accounts send by mail. */
export const MAIL_KINDS = ['password-reset', 'verification', 'invitation'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface AccountMail {
  kind: MailKind;
  address: string;
  language: string;
  /** The token of an invitation, encrypted; null for mail whose token is made when it is sent. */
  sealed: string | null;
}

/** The outgoing mail of the server. It composes each mail when it sends it, by `MailComposer`. */
export interface Outbox {
  add(mail: AccountMail & { lifetimeMs: number }): Promise<'queued' | 'too-many' | 'full'>;
}
