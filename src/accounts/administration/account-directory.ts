import { type SelectQueryBuilder, sql } from 'kysely';
import { type Role, roleOf } from '../roles.ts';
import type { AdministrationDatabase, AdministrationTables } from './tables.ts';

/** What admins see of an account: nothing of its likes, lists and preferences. */
export interface AccountSummary {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: Role;
  disabled: boolean;
  createdAt: Date;
  /** The last time that a session was prolonged or an API key was used; null when there was neither. Sessions are prolonged once a day. */
  lastSeenAt: Date | null;
  sessions: number;
  apiKeys: number;
  /** Ways to sign in: "password" and names of providers. */
  methods: string[];
}

export interface AccountPage {
  accounts: AccountSummary[];
  hasNextPage: boolean;
  totalCount: number;
}

type Users = SelectQueryBuilder<AdministrationTables, 'cinematch_user', object>;

/** The accounts of the server. Guests are none. */
export class AccountDirectory {
  readonly #database: AdministrationDatabase;

  constructor(database: AdministrationDatabase) {
    this.#database = database;
  }

  /** Accounts by address, after that of the cursor. `search` is part of a name or an address. */
  async page(first: number, after: string | undefined, search: string | undefined): Promise<AccountPage> {
    let matching: Users = this.#database.kysely
      .selectFrom('cinematch_user')
      .where(({ or, eb }) => or([eb('isAnonymous', 'is', null), eb('isAnonymous', '=', false)]));
    if (search !== undefined && search.trim() !== '') {
      const pattern = `%${search
        .trim()
        .toLowerCase()
        .replaceAll(/[\\%_]/g, '\\$&')}%`;
      matching = matching.where(sql<boolean>`(lower(name) like ${pattern} escape '\\' or email like ${pattern} escape '\\')`);
    }
    const { count } = await matching.select(({ fn }) => fn.countAll<number | string>().as('count')).executeTakeFirstOrThrow();
    const page = after === undefined ? matching : matching.where('email', '>', after);
    const rows = await page
      .select(COLUMNS)
      .orderBy('email')
      .limit(first + 1)
      .execute();
    return { accounts: await this.#summaries(rows.slice(0, first)), hasNextPage: rows.length > first, totalCount: Number(count) };
  }

  async find(id: string): Promise<AccountSummary | undefined> {
    const row = await this.#database.kysely.selectFrom('cinematch_user').select(COLUMNS).where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : (await this.#summaries([row]))[0];
  }

  async findByEmail(email: string): Promise<AccountSummary | undefined> {
    const { kysely } = this.#database;
    const row = await kysely.selectFrom('cinematch_user').select(COLUMNS).where('email', '=', email.toLowerCase()).executeTakeFirst();
    return row === undefined ? undefined : (await this.#summaries([row]))[0];
  }

  /** Account id -> e-mail address. */
  async emailsOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const { kysely } = this.#database;
    const rows = await kysely.selectFrom('cinematch_user').select(['id', 'email']).where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, email }) => [id, email]));
  }

  /** Number of accounts and guests. */
  async size(): Promise<number> {
    const counted = this.#database.kysely.selectFrom('cinematch_user').select(({ fn }) => fn.countAll<number | string>().as('count'));
    return Number((await counted.executeTakeFirstOrThrow()).count);
  }

  async guestCount(): Promise<number> {
    const { count } = await this.#database.kysely
      .selectFrom('cinematch_user')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .where('isAnonymous', '=', true)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async #summaries(rows: readonly Row[]): Promise<AccountSummary[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const { kysely } = this.#database;
    const [sessions, keys, methods] = await Promise.all([
      kysely.selectFrom('cinematch_session').select(['userId', 'updatedAt', 'expiresAt']).where('userId', 'in', ids).execute(),
      kysely.selectFrom('cinematch_apikey').select(['referenceId', 'lastRequest']).where('referenceId', 'in', ids).execute(),
      kysely.selectFrom('cinematch_account').select(['userId', 'providerId']).where('userId', 'in', ids).execute(),
    ]);
    const now = Date.now();
    return rows.map(({ id, name, email, emailVerified, role, banned, createdAt }) => {
      const ownSessions = sessions.filter(({ userId }) => userId === id);
      const ownKeys = keys.filter(({ referenceId }) => referenceId === id);
      return {
        id,
        name,
        email,
        emailVerified: Boolean(emailVerified),
        role: roleOf({ role }),
        disabled: Boolean(banned),
        createdAt: new Date(createdAt),
        lastSeenAt: latest([...ownSessions.map(({ updatedAt }) => updatedAt), ...ownKeys.map(({ lastRequest }) => lastRequest)]),
        sessions: ownSessions.filter(({ expiresAt }) => new Date(expiresAt).getTime() > now).length,
        apiKeys: ownKeys.length,
        methods: methods
          .filter(({ userId }) => userId === id)
          .map(({ providerId }) => (providerId === 'credential' ? 'password' : providerId))
          .sort(),
      };
    });
  }
}

const COLUMNS = ['id', 'name', 'email', 'emailVerified', 'role', 'banned', 'createdAt'] as const;
type Row = Pick<AdministrationTables['cinematch_user'], (typeof COLUMNS)[number]>;

function latest(times: readonly (Date | string | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => new Date(time).getTime());
  return known.length === 0 ? null : new Date(Math.max(...known));
}
