import type { Workload } from '../../metrics/workload/workload.ts';
import type { Storage } from './storage.ts';

export interface MailReport {
  /** Mails that wait, also those that are being sent. */
  waiting: number;
  sentAt: Date | null;
  /** The last attempt that failed, and why: neither a password nor an address is in it. */
  failedAt: Date | null;
  failure: string | null;
}

/** What admins see of the server itself. */
export interface ServerState {
  workload: Pick<Workload, 'report'>;
  storage: Pick<Storage, 'report'>;
  /** Undefined: the server sends no mail. */
  mail?: { report(): Promise<MailReport> } | undefined;
  release: { version: string; changes: string };
}
