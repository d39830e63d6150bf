import { type Kysely, sql } from 'kysely';
import type { Database, DatabaseKind } from './database.ts';
import { DatabaseError } from './database-error.ts';
import type { Migration } from './migrate.ts';

/** Each database of CineMatch has this table. */
export const REQUIRED_TABLE = 'cinematch_migrations';
/** Names without the prefix, which releases before the prefix used. They may be tables of another application. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['library_watchlist', 'cinematch_watchlist'],
  ['library_feedback', 'cinematch_feedback'],
  ['library_preferences', 'cinematch_preferences'],
  ['user', 'cinematch_user'],
  ['session', 'cinematch_session'],
  ['account', 'cinematch_account'],
  ['verification', 'cinematch_verification'],
  ['jwks', 'cinematch_jwks'],
  ['apikey', 'cinematch_apikey'],
]);
/** Tables that no release without the prefix had. */
const HISTORY = ['cinematch_ratings', 'cinematch_plays', 'cinematch_imports', 'cinematch_import_changes'];
const HOOKS = ['cinematch_hooks', 'cinematch_hook_users', 'cinematch_hook_events'];
const ADDED = [
  'cinematch_setting',
  'cinematch_invitation',
  'cinematch_audit',
  'cinematch_mail',
  'cinematch_rule',
  ...HISTORY,
  'cinematch_movie_ids',
  ...HOOKS,
  'cinematch_groups',
  'cinematch_watchlist_links',
  'cinematch_push_subscriptions',
  'cinematch_push_looks',
];
/** All tables of this release. A test compares the list with the migrations. */
export const OWN_TABLES: readonly string[] = [REQUIRED_TABLE, ...RENAMED.values(), ...ADDED];
/** All tables of a release before the prefix. */
export const UNPREFIXED_TABLES: readonly string[] = [REQUIRED_TABLE, ...RENAMED.keys()];
/** Tables with data of users. The other tables have rows even when no user has stored anything. */
const USER_TABLES = new Set(['user', 'library_watchlist', 'library_feedback', 'library_preferences']);

/** The first migration of the releases before the prefix. It proves that the tables without the prefix are ours. */
const FIRST_UNPREFIXED = '1-library';

/**
 * Renames the tables of a release before the prefix, and keeps their rows. Comes before all other migrations: they make tables with the
 * prefix. In a database without migrations, tables of these names belong to another application.
 */
export const ownTableNames: Migration = {
  name: '2-own-table-names',
  async up(trx, kind) {
    const present = await tableNames(trx, kind);
    const inTheWay = [...RENAMED.values()].find((name) => present.has(name));
    if (!(await isApplied(trx, FIRST_UNPREFIXED))) {
      if (inTheWay === undefined) return;
      throw new DatabaseError(
        `the database has a table "${inTheWay}" that CineMatch did not make; give CineMatch a database of its own, or a schema in the search_path of its user`,
      );
    }
    if (inTheWay !== undefined)
      throw new DatabaseError(
        `the database has old tables and "${inTheWay}" at once, as after an interrupted restore; restore the backup again with --force`,
      );
    for (const [from, to] of RENAMED) if (present.has(from)) await rename(trx, kind, from, to);
  },
};

// biome-ignore lint/suspicious/noExplicitAny: see Database
type AnyKysely = Kysely<any>;

export interface FoundTables {
  /** The tables of CineMatch in the database. */
  own: string[];
  /** Those with data of users. */
  ofUsers: string[];
  /** Tables of other applications with names that a release before the prefix used. A backup of such a release would replace them. */
  foreign: string[];
}

/** Which tables of the database are ours. Those of a release before the prefix are, until its tables are renamed. */
export async function findTables({ kysely, kind }: Database): Promise<FoundTables> {
  const present = await tableNames(kysely, kind);
  const isOld =
    present.has(REQUIRED_TABLE) && (await isApplied(kysely, FIRST_UNPREFIXED)) && !(await isApplied(kysely, ownTableNames.name));
  const nameOf = ([old, current]: [string, string]): string => (isOld ? old : current);
  const existing = (names: string[]): string[] => names.filter((name) => present.has(name));
  return {
    own: existing([REQUIRED_TABLE, ...[...RENAMED].map(nameOf), ...ADDED]),
    ofUsers: existing([...[...RENAMED].filter(([old]) => USER_TABLES.has(old)).map(nameOf), ...HISTORY, ...HOOKS]),
    foreign: isOld ? [] : existing([...RENAMED.keys()]),
  };
}

/** Names in the schema that an unqualified name means. */
async function tableNames(kysely: AnyKysely, kind: DatabaseKind): Promise<Set<string>> {
  const names =
    kind === 'postgres'
      ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`
      : sql<{ name: string }>`select name from sqlite_schema where type = 'table'`;
  return new Set((await names.execute(kysely)).rows.map(({ name }) => name));
}

async function isApplied(kysely: AnyKysely, migration: string): Promise<boolean> {
  return (await sql`select 1 from ${sql.table(REQUIRED_TABLE)} where name = ${migration}`.execute(kysely)).rows.length > 0;
}

/** Renames the indexes too: on PostgreSQL another application may need their names. */
async function rename(trx: AnyKysely, kind: DatabaseKind, from: string, to: string): Promise<void> {
  await sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(trx);
  const nameAfter = (index: string): string => (index.startsWith(from) ? to + index.slice(from.length) : `cinematch_${index}`);
  if (kind === 'postgres') {
    const indexes = sql<{
      name: string;
    }>`select indexname as name from pg_indexes where schemaname = current_schema() and tablename = ${to}`;
    for (const { name } of (await indexes.execute(trx)).rows)
      await sql`alter index ${sql.table(name)} rename to ${sql.table(nameAfter(name))}`.execute(trx);
    return;
  }
  // SQLite cannot rename an index. It has no statement for those of constraints.
  const indexes = sql<{ name: string; sql: string }>`
    select name, sql from sqlite_schema where type = 'index' and tbl_name = ${to} and sql is not null`;
  for (const { name, sql: statement } of (await indexes.execute(trx)).rows) {
    await sql`drop index ${sql.table(name)}`.execute(trx);
    await sql.raw(statement.replace(`"${name}"`, `"${nameAfter(name)}"`)).execute(trx);
  }
}
