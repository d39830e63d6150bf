import { sql } from 'kysely';
import type { AccountsDatabase } from './account-tables.ts';

/** Columns of an export: all personal data, but no password, token or key. */
const EXPORTED_COLUMNS = {
  cinematch_user: ['id', 'name', 'email', 'emailVerified', 'image', 'isAnonymous', 'createdAt', 'updatedAt'],
  cinematch_session: ['id', 'ipAddress', 'userAgent', 'createdAt', 'updatedAt', 'expiresAt'],
  cinematch_account: ['providerId', 'accountId', 'scope', 'createdAt', 'updatedAt'],
  cinematch_apikey: ['id', 'name', 'start', 'permissions', 'metadata', 'requestCount', 'lastRequest', 'enabled', 'createdAt', 'expiresAt'],
} as const;

/** SQLite stores booleans as 1 and 0. */
const BOOLEANS: readonly string[] = ['emailVerified', 'isAnonymous', 'enabled'];

type Rows = Record<string, unknown>[];

/** Where somebody is: programs with an API key do not get these. */
const WHEREABOUTS: readonly string[] = ['ipAddress', 'userAgent'];

/** The account of a user with its sessions, sign-in methods and API keys. `withWhereabouts`: with addresses and user agents. */
export async function accountDataOf({ kysely }: AccountsDatabase, userId: string, withWhereabouts: boolean): Promise<object> {
  const rowsOf = async (table: keyof typeof EXPORTED_COLUMNS, owner: string): Promise<Rows> => {
    const exported = EXPORTED_COLUMNS[table].filter((column) => withWhereabouts || !WHEREABOUTS.includes(column));
    const columns = sql.join(exported.map((column) => sql.ref(column)));
    const { rows } = await sql<
      Record<string, unknown>
    >`select ${columns} from ${sql.table(table)} where ${sql.ref(owner)} = ${userId}`.execute(kysely);
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toBoolean(name, value)])));
  };
  const [users, sessions, signIns, apiKeys] = await Promise.all([
    rowsOf('cinematch_user', 'id'),
    rowsOf('cinematch_session', 'userId'),
    rowsOf('cinematch_account', 'userId'),
    rowsOf('cinematch_apikey', 'referenceId'),
  ]);
  return { ...users[0], sessions, signIns, apiKeys };
}

function toBoolean(name: string, value: unknown): unknown {
  return BOOLEANS.includes(name) && value !== null ? Boolean(value) : value;
}
