import type { Kysely } from 'kysely';

/** Of the auth library's tables, the columns that are read here. */
export interface AccountTables {
  user: { id: string; name: string; email: string; isAnonymous: boolean | number | null };
  session: { id: string; userId: string; expiresAt: Date | string };
  apikey: { id: string; referenceId: string; expiresAt: Date | string | null };
  account: { id: string; userId: string };
  verification: { id: string; identifier: string; value: string };
}

/** Where the accounts are kept: the server's one database. */
export interface AccountsDatabase {
  // The auth library's tables are its own affair, whatever else is in the database.
  // biome-ignore lint/suspicious/noExplicitAny: any schema will do
  kysely: Kysely<any>;
  kind: 'sqlite' | 'postgres';
}

export interface AccountUser {
  id: string;
  name: string;
  email: string;
  isAnonymous: boolean | number | null;
}

export class AccountRows {
  readonly #kysely: Kysely<AccountTables>;

  constructor(database: AccountsDatabase) {
    this.#kysely = database.kysely;
  }

  user(id: string): Promise<AccountUser | undefined> {
    return this.#kysely.selectFrom('user').select(['id', 'name', 'email', 'isAnonymous']).where('id', '=', id).executeTakeFirst();
  }

  /** The user of a session that has neither ended nor been revoked. */
  async userOfSession(sessionId: string): Promise<AccountUser | undefined> {
    const found = await this.#kysely
      .selectFrom('session')
      .innerJoin('user', 'user.id', 'session.userId')
      .select(['user.id', 'user.name', 'user.email', 'user.isAnonymous', 'session.expiresAt'])
      .where('session.id', '=', sessionId)
      .executeTakeFirst();
    return found !== undefined && new Date(found.expiresAt).getTime() > Date.now() ? found : undefined;
  }

  /** Guests who have no session left, and so can never come back, nor a key that is good. */
  async lostGuests(limit: number): Promise<string[]> {
    const now = new Date().toISOString();
    const found = await this.#kysely
      .selectFrom('user')
      .select('id')
      .where('isAnonymous', '=', true)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('session').select('session.id').whereRef('session.userId', '=', 'user.id').where('session.expiresAt', '>', now),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) => {
        const keys = selectFrom('apikey').select('apikey.id').whereRef('apikey.referenceId', '=', 'user.id');
        return not(exists(keys.where(({ or, eb }) => or([eb('apikey.expiresAt', 'is', null), eb('apikey.expiresAt', '>', now)]))));
      })
      .limit(limit)
      .execute();
    return found.map(({ id }) => id);
  }

  async delete(userId: string): Promise<void> {
    await this.#kysely.deleteFrom('session').where('userId', '=', userId).execute();
    await this.#kysely.deleteFrom('account').where('userId', '=', userId).execute();
    await this.#kysely.deleteFrom('user').where('id', '=', userId).execute();
  }

  /** What the auth library leaves behind of a user it deletes. */
  async eraseTraces(userId: string): Promise<void> {
    await this.#kysely.deleteFrom('apikey').where('referenceId', '=', userId).execute();
    // A sign-in under way notes who asked within its text. Ids are letters and digits, nothing LIKE would read as a pattern.
    const mentions = `%${userId}%`;
    await this.#kysely
      .deleteFrom('verification')
      .where((where) => where.or([where('value', 'like', mentions), where('identifier', 'like', mentions)]))
      .execute();
  }
}
