import { sql } from 'kysely';
import type { AccountsDatabase } from './account-tables.ts';

/** What an export shows of the account: all that is held of a person, no secret that lets somebody in. */
const SHOWN = {
  user: ['id', 'name', 'email', 'emailVerified', 'image', 'isAnonymous', 'createdAt', 'updatedAt'],
  session: ['id', 'ipAddress', 'userAgent', 'createdAt', 'updatedAt', 'expiresAt'],
  account: ['providerId', 'accountId', 'scope', 'createdAt', 'updatedAt'],
  apikey: ['id', 'name', 'start', 'permissions', 'metadata', 'requestCount', 'lastRequest', 'enabled', 'createdAt', 'expiresAt'],
} as const;

/** SQLite has no truth values, only 1 and 0. */
const TRUTHS: readonly string[] = ['emailVerified', 'isAnonymous', 'enabled'];

type Rows = Record<string, unknown>[];

/** The account of a user, their sessions, the ways they sign in and their API keys. */
export async function accountDataOf({ kysely }: AccountsDatabase, userId: string): Promise<object> {
  const rowsOf = async (table: keyof typeof SHOWN, owner: string): Promise<Rows> => {
    const columns = sql.join(SHOWN[table].map((column) => sql.ref(column)));
    const { rows } = await sql<
      Record<string, unknown>
    >`select ${columns} from ${sql.table(table)} where ${sql.ref(owner)} = ${userId}`.execute(kysely);
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asTruth(name, value)])));
  };
  const [users, sessions, signIns, apiKeys] = await Promise.all([
    rowsOf('user', 'id'),
    rowsOf('session', 'userId'),
    rowsOf('account', 'userId'),
    rowsOf('apikey', 'referenceId'),
  ]);
  return { ...users[0], sessions, signIns, apiKeys };
}

function asTruth(name: string, value: unknown): unknown {
  return TRUTHS.includes(name) && value !== null ? Boolean(value) : value;
}
