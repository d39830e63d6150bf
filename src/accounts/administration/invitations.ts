import { hash, randomBytes, randomUUID } from 'node:crypto';
import { ROLES, type Role } from '../roles.ts';
import { type AdministrationDatabase, type InvitationRow, timeOf } from './tables.ts';

export const INVITATION_HOURS = 72;
const HOUR_MS = 3_600_000;
/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32;

export interface Invitation {
  id: string;
  /** Only this address may use it; null: any address. */
  email: string | null;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

export interface InvitationRequest {
  email: string | null;
  role: Role;
  createdBy: string | null;
}

/** Single-use tokens that admit one new account. The database holds their hashes. */
export class Invitations {
  readonly #database: AdministrationDatabase;
  readonly #now: () => number;

  constructor(database: AdministrationDatabase, now: () => number = Date.now) {
    this.#database = database;
    this.#now = now;
  }

  /** The token is returned once and stored nowhere. */
  async create({ email, role, createdBy }: InvitationRequest): Promise<{ token: string; invitation: Invitation }> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.#now();
    const row: InvitationRow = {
      id: randomUUID(),
      token_hash: hashOf(token),
      email: email?.toLowerCase() ?? null,
      role,
      created_by: createdBy,
      created_at: now,
      expires_at: now + INVITATION_HOURS * HOUR_MS,
      used_at: null,
    };
    await this.#database.kysely.insertInto('cinematch_invitation').values(row).execute();
    return { token, invitation: toInvitation(row) };
  }

  /** The invitation of a token that can still be used. */
  async find(token: string): Promise<Invitation | undefined> {
    const row = await this.#valid(hashOf(token)).executeTakeFirst();
    return row === undefined ? undefined : toInvitation(row);
  }

  /** Uses the invitation for an account with this address. Of several attempts at once, one succeeds. */
  async redeem(token: string, email: string): Promise<Invitation | undefined> {
    const found = await this.find(token);
    if (found === undefined || (found.email !== null && found.email !== email.toLowerCase())) return undefined;
    const use = this.#database.kysely.updateTable('cinematch_invitation').set({ used_at: this.#now() });
    const { numUpdatedRows } = await use.where('id', '=', found.id).where('used_at', 'is', null).executeTakeFirstOrThrow();
    return numUpdatedRows === 1n ? found : undefined;
  }

  /** Makes a redeemed invitation valid again, when no account came of it. */
  async giveBack(id: string): Promise<void> {
    await this.#database.kysely.updateTable('cinematch_invitation').set({ used_at: null }).where('id', '=', id).execute();
  }

  /** Invitations that can still be used, latest first. */
  async open(limit: number): Promise<Invitation[]> {
    const rows = await this.#valid().orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
    return rows.map(toInvitation);
  }

  async revoke(id: string): Promise<Invitation | undefined> {
    const row = await this.#database.kysely.deleteFrom('cinematch_invitation').where('id', '=', id).returningAll().executeTakeFirst();
    return row === undefined ? undefined : toInvitation(row);
  }

  /** Deletes invitations that are used or expired, and those for the addresses of a deleted account. */
  async deleteEnded(): Promise<void> {
    const { kysely } = this.#database;
    await kysely
      .deleteFrom('cinematch_invitation')
      .where(({ or, eb }) => or([eb('expires_at', '<=', this.#now()), eb('used_at', 'is not', null)]))
      .execute();
  }

  #valid(tokenHash?: string) {
    const valid = this.#database.kysely
      .selectFrom('cinematch_invitation')
      .selectAll()
      .where('used_at', 'is', null)
      .where('expires_at', '>', this.#now());
    return tokenHash === undefined ? valid : valid.where('token_hash', '=', tokenHash);
  }
}

function hashOf(token: string): string {
  return hash('sha256', token);
}

function toInvitation({ id, email, role, created_at, expires_at, used_at }: InvitationRow): Invitation {
  return {
    id,
    email,
    role: ROLES.find((known) => known === role) ?? 'member',
    createdAt: new Date(Number(created_at)),
    expiresAt: new Date(Number(expires_at)),
    usedAt: timeOf(used_at),
  };
}
