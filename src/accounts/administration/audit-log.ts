import { randomUUID } from 'node:crypto';
import { type AdministrationDatabase, type AuditRow, timeOf } from './tables.ts';

/** Entries are deleted after this time. */
export const AUDIT_DAYS = 365;
const DAY_MS = 86_400_000;
export const MAX_EXPORTED = 100_000;
/** Entries that are read in one statement. */
const PAGE_SIZE = 1_000;

/** What is done, as the log names it. The web app has words for each. */
export const AUDIT_ACTIONS = [
  'account.delete',
  'account.disable',
  'account.enable',
  'account.reset-link',
  'account.set-role',
  'account.sign-out',
  'catalog.publish',
  'catalog.roll-back',
  'hook.create',
  'hook.map-user',
  'hook.revoke',
  'invitation.create',
  'invitation.revoke',
  'registration.set',
  'rule.add',
  'rule.delete',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who acts: an account, or something that has no id. */
export interface Actor {
  id: string | null;
  name: string;
  /** Network address. */
  address: string;
}

export const COMMAND_LINE: Actor = { id: null, name: 'command line', address: '' };
/** The groups that a provider or a forward-auth proxy names at a sign-in. */
export const SIGN_IN_GROUPS: Actor = { id: null, name: 'groups of the sign-in', address: '' };

export interface AuditEntry {
  id: string;
  at: Date;
  /** Null when no account acted. */
  actorId: string | null;
  actor: string;
  action: string;
  /** What was acted on: the address of an account, the name of a version. */
  subject: string;
  detail: string;
  address: string;
}

export interface AuditPosition {
  at: number;
  id: string;
}

/** What admins did: who, what, when and from where. */
export class AuditLog {
  readonly #database: AdministrationDatabase;

  constructor(database: AdministrationDatabase) {
    this.#database = database;
  }

  async add({ id, name, address }: Actor, action: AuditAction, subject: string, detail = ''): Promise<void> {
    const row: AuditRow = { id: randomUUID(), at: Date.now(), actor_id: id, actor: name, action, subject, detail, address };
    await this.#database.kysely.insertInto('cinematch_audit').values(row).execute();
  }

  /** At most `limit` entries, latest first. */
  async page(limit: number, after?: AuditPosition): Promise<AuditEntry[]> {
    let query = this.#database.kysely.selectFrom('cinematch_audit').selectAll();
    if (after !== undefined)
      query = query.where(({ or, and, eb }) => or([eb('at', '<', after.at), and([eb('at', '=', after.at), eb('id', '<', after.id)])]));
    return (await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(toEntry);
  }

  async count(): Promise<number> {
    const { kysely } = this.#database;
    const { count } = await kysely
      .selectFrom('cinematch_audit')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The latest MAX_EXPORTED entries, latest first. */
  async *pages(): AsyncGenerator<AuditEntry[]> {
    let after: AuditPosition | undefined;
    for (let read = 0; read < MAX_EXPORTED; read += PAGE_SIZE) {
      const page = await this.page(PAGE_SIZE, after);
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      after = { at: last.at.getTime(), id: last.id };
    }
  }

  async deleteOld(): Promise<void> {
    const { kysely } = this.#database;
    await kysely
      .deleteFrom('cinematch_audit')
      .where('at', '<', Date.now() - AUDIT_DAYS * DAY_MS)
      .execute();
  }
}

function toEntry({ id, at, actor_id, actor, action, subject, detail, address }: AuditRow): AuditEntry {
  return { id, at: timeOf(at) ?? new Date(0), actorId: actor_id, actor, action, subject, detail, address };
}
