import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, DatabaseKind } from './database.ts';
import { DatabaseError } from './database-error.ts';

export interface MigrationTables {
  cinematch_migrations: { name: string; applied_at: number };
}

/** A change of the schema. Its name never changes after a release. */
export interface Migration {
  name: string;
  /** Runs in the transaction of the whole migration. */
  up(trx: Transaction<MigrationTables>, kind: DatabaseKind): Promise<void>;
  /** True for a package that compares its own tables with what it needs: runs every time and is not recorded. */
  everyTime?: boolean;
}

/** Any number that nothing else in the database uses. */
const LOCK = 7_236_501_948;

/**
 * Applies the missing migrations in order, all or none, and returns their names. Servers that start at the same time wait for each other:
 * on PostgreSQL for an advisory lock, on SQLite for the write lock that begins each transaction.
 */
export async function migrate({ kysely, kind }: Database<MigrationTables>, migrations: readonly Migration[]): Promise<string[]> {
  return kysely.transaction().execute(async (trx) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    await trx.schema
      .createTable('cinematch_migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const { pending, unknown } = await compare(trx, migrations);
    if (unknown.length > 0) {
      throw new DatabaseError(`a newer version of CineMatch wrote the database (it has the migration "${unknown[0]}"); upgrade the server`);
    }
    for (const migration of migrations) {
      if (migration.everyTime === true) await migration.up(trx, kind);
      else if (pending.includes(migration.name)) {
        await migration.up(trx, kind);
        await trx.insertInto('cinematch_migrations').values({ name: migration.name, applied_at: Date.now() }).execute();
      }
    }
    return pending;
  });
}

export interface MigrationState {
  applied: { name: string; at: Date }[];
  pending: string[];
}

/** The migrations that were applied and those that are missing. Changes nothing. */
export async function migrationState({ kysely }: Database<MigrationTables>, migrations: readonly Migration[]): Promise<MigrationState> {
  const tables = await kysely.introspection.getTables();
  if (!tables.some(({ name }) => name === 'cinematch_migrations')) {
    return { applied: [], pending: migrations.filter(({ everyTime }) => everyTime !== true).map(({ name }) => name) };
  }
  const { applied, pending } = await compare(kysely, migrations);
  return { applied, pending };
}

/** Migrations that a newer version applied. Changes nothing. */
export async function unknownMigrations({ kysely }: Database<MigrationTables>, migrations: readonly Migration[]): Promise<string[]> {
  const tables = await kysely.introspection.getTables();
  return tables.some(({ name }) => name === 'cinematch_migrations') ? (await compare(kysely, migrations)).unknown : [];
}

async function compare(db: Kysely<MigrationTables>, migrations: readonly Migration[]): Promise<MigrationState & { unknown: string[] }> {
  const rows = await db.selectFrom('cinematch_migrations').selectAll().orderBy('applied_at').execute();
  // Within one millisecond, 9 before 10.
  rows.sort((a, b) => a.applied_at - b.applied_at || a.name.localeCompare(b.name, 'en', { numeric: true }));
  const names = migrations.filter(({ everyTime }) => everyTime !== true).map(({ name }) => name);
  return {
    applied: rows.map(({ name, applied_at }) => ({ name, at: new Date(applied_at) })),
    pending: names.filter((name) => !rows.some((row) => row.name === name)),
    unknown: rows.map(({ name }) => name).filter((name) => !names.includes(name)),
  };
}
