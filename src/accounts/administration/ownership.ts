import type { ExpressionBuilder, Transaction } from 'kysely';
import { type Role, roleOf } from '../roles.ts';
import { type AdministrationDatabase, type AdministrationTables, OWNERSHIP_LOCK } from './tables.ts';

export const LAST_OWNER = 'This is the last owner of the server. Make another account owner first.';

/** The action would leave the server without an owner. */
export class LastOwnerError extends Error {
  override readonly name = 'LastOwnerError';

  constructor() {
    super(LAST_OWNER);
  }
}

/** Who owns the server. */
export class Ownership {
  readonly #database: AdministrationDatabase;
  readonly #ownerEmail: string | undefined;
  #hasAccounts = false;

  constructor(database: AdministrationDatabase, ownerEmail: string | undefined) {
    this.#database = database;
    this.#ownerEmail = ownerEmail?.toLowerCase();
  }

  /** Whether the server has an account that is no guest. The last owner cannot be deleted, so this stays true. */
  async hasAccounts(): Promise<boolean> {
    if (this.#hasAccounts) return true;
    const found = await this.#database.kysely.selectFrom('cinematch_user').select('id').where(isNoGuest).limit(1).executeTakeFirst();
    this.#hasAccounts = found !== undefined;
    return this.#hasAccounts;
  }

  async hasOwner(): Promise<boolean> {
    const { kysely } = this.#database;
    return (await kysely.selectFrom('cinematch_user').select('id').where('role', '=', 'owner').limit(1).executeTakeFirst()) !== undefined;
  }

  /** Whether the address is that of OWNER_EMAIL. Undefined without the setting. */
  isNamed(email: string): boolean | undefined {
    return this.#ownerEmail === undefined ? undefined : email.toLowerCase() === this.#ownerEmail;
  }

  /** Makes a new account the owner when nobody is: the account of OWNER_EMAIL, or without that setting the first account. */
  async claim({ id, email }: { id: string; email: string }): Promise<boolean> {
    const named = this.isNamed(email);
    if (named === false) return false;
    return this.#database.transaction(OWNERSHIP_LOCK, async (trx) => {
      const users = trx.selectFrom('cinematch_user').select('id').limit(1);
      if ((await users.where('role', '=', 'owner').executeTakeFirst()) !== undefined) return false;
      // Of several accounts that are made at once, all may exist before the first of them comes here.
      const first = named === true ? undefined : await users.where(isNoGuest).orderBy('createdAt').orderBy('id').executeTakeFirst();
      if (first !== undefined && first.id !== id) return false;
      await trx.updateTable('cinematch_user').set({ role: 'owner' }).where('id', '=', id).execute();
      return true;
    });
  }

  /** Makes the existing account of OWNER_EMAIL the owner of a server without one. Returns whether the server has an owner afterwards. */
  async adopt(): Promise<boolean> {
    if (await this.hasOwner()) return true;
    if (this.#ownerEmail === undefined) return false;
    const { kysely } = this.#database;
    const named = await kysely
      .selectFrom('cinematch_user')
      .select(['id', 'email'])
      .where('email', '=', this.#ownerEmail)
      .executeTakeFirst();
    return named !== undefined && (await this.claim(named));
  }

  async roleOf(userId: string): Promise<Role> {
    const { kysely } = this.#database;
    return roleOf((await kysely.selectFrom('cinematch_user').select('role').where('id', '=', userId).executeTakeFirst()) ?? {});
  }

  /** Changes the role of an account, or disables it. Throws a LastOwnerError when no active owner would be left. */
  async update(userId: string, fields: { role?: Role; banned?: boolean }): Promise<void> {
    await this.#database.transaction(OWNERSHIP_LOCK, async (trx) => {
      if (fields.banned === true || (fields.role !== undefined && fields.role !== 'owner')) await requireOtherOwner(trx, userId);
      await trx.updateTable('cinematch_user').set(fields).where('id', '=', userId).execute();
    });
  }

  /** Whether no active owner would be left without this account. */
  async isLast(userId: string): Promise<boolean> {
    const { kysely } = this.#database;
    const owners = await kysely.selectFrom('cinematch_user').select(['id', 'banned']).where('role', '=', 'owner').execute();
    return owners.some(({ id }) => id === userId) && !owners.some(({ id, banned }) => id !== userId && !banned);
  }

  /** Takes the ownership from an account that is about to be deleted. Throws a LastOwnerError for the last owner. */
  async release(userId: string): Promise<void> {
    await this.#database.transaction(OWNERSHIP_LOCK, async (trx) => {
      if (!(await requireOtherOwner(trx, userId))) return;
      await trx.updateTable('cinematch_user').set({ role: 'member' }).where('id', '=', userId).execute();
    });
  }
}

/** Returns whether the account is an owner. Throws a LastOwnerError when it is and no other active account is. */
async function requireOtherOwner(trx: Transaction<AdministrationTables>, userId: string): Promise<boolean> {
  const owners = await trx.selectFrom('cinematch_user').select(['id', 'banned']).where('role', '=', 'owner').execute();
  if (!owners.some(({ id }) => id === userId)) return false;
  if (!owners.some(({ id, banned }) => id !== userId && !banned)) throw new LastOwnerError();
  return true;
}

function isNoGuest({ or, eb }: ExpressionBuilder<AdministrationTables, 'cinematch_user'>) {
  return or([eb('isAnonymous', 'is', null), eb('isAnonymous', '=', false)]);
}
