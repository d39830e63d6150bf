import type { Database } from '../database/database.ts';

/** Times are milliseconds since 1970. PostgreSQL returns them as text. */
export interface MailRow {
  id: string;
  kind: string;
  address: string;
  language: string;
  /** What the mail needs beside the database, encrypted; null when it needs nothing or is done. */
  sealed: string | null;
  state: 'waiting' | 'sent' | 'dropped';
  attempts: number;
  created_at: number;
  /** The next attempt. While a server sends the mail: when another server may try. */
  next_at: number;
  /** What the mail tells is of no use afterwards. */
  expires_at: number;
  sent_at: number | null;
}

export type MailDatabase = Database<{ cinematch_mail: MailRow }>;
