import type { Kysely } from 'kysely';
import type { Database } from '../database/database.ts';

/** The columns of the auth library's tables that this code reads. */
export interface AccountTables {
  cinematch_user: AccountUser;
  cinematch_session: { id: string; userId: string; expiresAt: Date | string };
  cinematch_apikey: { id: string; referenceId: string; expiresAt: Date | string | null };
  cinematch_account: { id: string; userId: string };
  cinematch_verification: { id: string; identifier: string; value: string; expiresAt: Date | string };
}

/** The database of the server, which holds the accounts. */
export type AccountsDatabase = Pick<Database, 'kysely' | 'kind' | 'eraseDeleted'>;

export interface AccountUser {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean | number | null;
  isAnonymous: boolean | number | null;
  role: string | null;
  /** The admin plugin's word for a disabled account. */
  banned: boolean | number | null;
}

/** Ids of the accounts that are neither guests nor disabled. */
export async function memberIds(kysely: Kysely<AccountTables>): Promise<string[]> {
  const users = await kysely.selectFrom('cinematch_user').select(['id', 'isAnonymous', 'banned']).execute();
  return users.filter(({ isAnonymous, banned }) => !isAnonymous && !banned).map(({ id }) => id);
}

export class AccountRows {
  readonly #kysely: Kysely<AccountTables>;

  constructor({ kysely }: Pick<AccountsDatabase, 'kysely'>) {
    this.#kysely = kysely;
  }

  user(id: string): Promise<AccountUser | undefined> {
    return this.#kysely
      .selectFrom('cinematch_user as user')
      .select(['id', 'name', 'email', 'emailVerified', 'isAnonymous', 'role', 'banned'])
      .where('id', '=', id)
      .executeTakeFirst();
  }

  /** The user of a session that is neither expired nor revoked. */
  async userOfSession(sessionId: string): Promise<(AccountUser & { expiresAt: Date | string }) | undefined> {
    const found = await this.#kysely
      .selectFrom('cinematch_session as session')
      .innerJoin('cinematch_user as user', 'user.id', 'session.userId')
      .select([
        'user.id',
        'user.name',
        'user.email',
        'user.emailVerified',
        'user.isAnonymous',
        'user.role',
        'user.banned',
        'session.expiresAt',
      ])
      .where('session.id', '=', sessionId)
      .executeTakeFirst();
    return found !== undefined && new Date(found.expiresAt).getTime() > Date.now() ? found : undefined;
  }

  /** Guests without a valid session or API key. */
  async expiredGuests(limit: number): Promise<string[]> {
    const now = new Date().toISOString();
    const found = await this.#kysely
      .selectFrom('cinematch_user as user')
      .select('id')
      .where('isAnonymous', '=', true)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('cinematch_session as session')
              .select('session.id')
              .whereRef('session.userId', '=', 'user.id')
              .where('session.expiresAt', '>', now),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) => {
        const keys = selectFrom('cinematch_apikey as apikey').select('apikey.id').whereRef('apikey.referenceId', '=', 'user.id');
        return not(exists(keys.where(({ or, eb }) => or([eb('apikey.expiresAt', 'is', null), eb('apikey.expiresAt', '>', now)]))));
      })
      .limit(limit)
      .execute();
    return found.map(({ id }) => id);
  }

  /** Deletes rows whose time is over, at most `limit`. Returns their number. */
  async deleteExpired(table: 'cinematch_session' | 'cinematch_verification', limit: number): Promise<number> {
    const now = new Date().toISOString();
    const expired = this.#kysely.selectFrom(table).select('id').where('expiresAt', '<=', now).limit(limit);
    const { numDeletedRows } = await this.#kysely.deleteFrom(table).where('id', 'in', expired).executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  /** Ends every link for a new password of the account: the auth library stores the id alone as the value of such a link. */
  async deleteResetLinks(userId: string): Promise<void> {
    await this.#kysely.deleteFrom('cinematch_verification').where('value', '=', userId).execute();
  }

  async delete(userId: string): Promise<void> {
    await this.#kysely.deleteFrom('cinematch_session').where('userId', '=', userId).execute();
    await this.#kysely.deleteFrom('cinematch_account').where('userId', '=', userId).execute();
    await this.#kysely.deleteFrom('cinematch_user').where('id', '=', userId).execute();
  }

  /** Deletes the rows that the auth library leaves when it deletes a user. */
  async deleteLeftovers(userId: string): Promise<void> {
    await this.#kysely.deleteFrom('cinematch_apikey').where('referenceId', '=', userId).execute();
    // A pending sign-in holds the user id within its value. Ids are letters and digits, so LIKE finds no pattern in them.
    const mentions = `%${userId}%`;
    await this.#kysely
      .deleteFrom('cinematch_verification')
      .where((where) => where.or([where('value', 'like', mentions), where('identifier', 'like', mentions)]))
      .execute();
  }
}
