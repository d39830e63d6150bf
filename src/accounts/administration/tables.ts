import type { Database } from '../../database/database.ts';

/** Times are milliseconds since 1970. */
export interface AdministrationTables {
  cinematch_setting: { name: string; value: string };
  cinematch_invitation: InvitationRow;
  cinematch_audit: AuditRow;
  cinematch_rule: RuleRow;
  cinematch_user: {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean | number;
    isAnonymous: boolean | number | null;
    role: string | null;
    banned: boolean | number | null;
    createdAt: Date | string;
  };
  cinematch_session: { id: string; userId: string; updatedAt: Date | string; expiresAt: Date | string };
  cinematch_apikey: { id: string; referenceId: string; lastRequest: Date | string | null };
  cinematch_account: { id: string; userId: string; providerId: string };
}

export interface InvitationRow {
  id: string;
  /** SHA-256 of the token, in hexadecimal digits. */
  token_hash: string;
  email: string | null;
  role: string;
  created_by: string | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface AuditRow {
  id: string;
  at: number;
  actor_id: string | null;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  address: string;
}

export interface RuleRow {
  id: string;
  effect: string;
  movie_id: number | null;
  genre: string | null;
  service: string | null;
  strength: number;
  subject: string;
  reason: string;
  created_by: string;
  created_at: number;
}

export type AdministrationDatabase = Database<AdministrationTables>;

/** Changes of roles, disabled accounts and the first owner run one after the other. */
export const OWNERSHIP_LOCK = 'cinematch-ownership';

/** The number that PostgreSQL returns as text. */
export function timeOf(value: number | string | null): Date | null {
  return value === null ? null : new Date(Number(value));
}
