import { type Kysely, sql } from 'kysely';
import { DatabaseError } from '../database/database.ts';
import type { AccountsDatabase } from './account-tables.ts';

/** The auth library's tables, and columns by which another application's table of the same name is told apart. */
const TABLES: Record<string, readonly string[]> = {
  user: ['id', 'email', 'emailVerified', 'isAnonymous'],
  session: ['id', 'userId', 'expiresAt'],
  account: ['id', 'userId', 'providerId'],
  verification: ['id', 'identifier', 'value'],
  jwks: ['id', 'publicKey', 'privateKey'],
  apikey: ['id', 'referenceId'],
};

/**
 * Refuses a database in which another application uses the name of a table that the first migration would make. The auth library would
 * add its columns to that table.
 */
export async function refuseForeignTables({ kysely, kind }: AccountsDatabase): Promise<void> {
  const tables = await tablesOf(kysely, kind);
  if (tables.has('cinematch_migrations') && (await hasMigrated(kysely))) return;
  for (const [name, expected] of Object.entries(TABLES)) {
    const columns = tables.get(name);
    if (columns === undefined) continue;
    throw new DatabaseError(
      `the database has a table "${name}" that CineMatch did not make${difference(columns, expected)}; give CineMatch a database of its own`,
    );
  }
}

function difference(columns: ReadonlyMap<string, string>, expected: readonly string[]): string {
  const idType = columns.get('id');
  if (idType !== undefined && !/text|char/i.test(idType)) return ` (its column "id" is ${idType}, expected text)`;
  const missing = expected.find((column) => !columns.has(column));
  return missing === undefined ? '' : ` (it lacks the column "${missing}")`;
}

/** Table -> column -> type, of the schema that unqualified names mean. */
async function tablesOf(kysely: Kysely<unknown>, kind: AccountsDatabase['kind']): Promise<Map<string, Map<string, string>>> {
  const tables = await kysely.introspection.getTables();
  const schema =
    kind === 'postgres' ? (await sql<{ name: string }>`select current_schema() as name`.execute(kysely)).rows[0].name : undefined;
  return new Map(
    tables
      .filter((table) => table.schema === schema)
      .map(({ name, columns }) => [name, new Map(columns.map((column) => [column.name, column.dataType]))]),
  );
}

async function hasMigrated(kysely: Kysely<unknown>): Promise<boolean> {
  return (await sql`select 1 from cinematch_migrations limit 1`.execute(kysely)).rows.length > 0;
}
