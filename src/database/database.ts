import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, type LogEvent, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Metrics } from '../metrics/metrics.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';

/** A request waits this long for a connection of the pool before it fails. */
const MAX_CONNECT_MS = 5_000;
const INT8_OID = 20;

export type DatabaseKind = 'sqlite' | 'postgres';
export type DatabaseSettings = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string; poolSize: number };

/** A problem that the operator of the server can solve. The message is one line. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** `Tables` are those of the room that uses the database; each room declares its own. */
// biome-ignore lint/suspicious/noExplicitAny: the database itself knows no table
export interface Database<Tables = any> {
  kysely: Kysely<Tables>;
  kind: DatabaseKind;
  /**
   * Runs `work` in one transaction. On PostgreSQL, transactions of the same `owner` run one after the other; on SQLite, all transactions
   * do.
   */
  transaction<T>(owner: string, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the database without sending a statement: a server that is away shows itself at the first one. */
export function openDatabase(settings: DatabaseSettings, metrics?: Metrics): Database {
  const log = ({ level, query, queryDurationMillis }: LogEvent): void =>
    metrics?.databaseStatement({ sql: query.sql, ms: queryDurationMillis, failed: level === 'error' });
  // biome-ignore lint/suspicious/noExplicitAny: see Database
  const kysely = new Kysely<any>({ dialect: dialectOf(settings), log });
  return {
    kysely,
    kind: settings.kind,
    transaction: (owner, work) =>
      kysely.transaction().execute(async (trx) => {
        if (settings.kind === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 0))`.execute(trx);
        return work(trx);
      }),
    close: () => kysely.destroy(),
  };
}

function dialectOf(settings: DatabaseSettings): NodeSqliteDialect | PostgresDialect {
  if (settings.kind === 'sqlite') {
    if (settings.file !== ':memory:') createPrivately(settings.file);
    return new NodeSqliteDialect(settings.file);
  }
  const pool = new pg.Pool({
    connectionString: settings.url,
    max: settings.poolSize,
    connectionTimeoutMillis: MAX_CONNECT_MS,
    application_name: 'cinematch',
    // Counts and times are below 2^53, so they can be numbers instead of text.
    types: { getTypeParser: (oid, format) => (oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // The pool replaces an idle connection that breaks. Without a listener the error would end the process.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

/** The file holds password hashes, so only its owner may read it. SQLite gives its journals the same rights. */
function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
}
