import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, type LogEvent, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from '../library/tables.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';

/** A request waits this long for one of the pool's connections before it fails. */
const CONNECT_TIMEOUT_MS = 5_000;
const INT8_OID = 20;

export type DatabaseKind = 'sqlite' | 'postgres';
export type DatabaseSettings = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string; poolSize: number };

/** Thrown for what whoever runs the server can put right: the message is one line. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

export interface Statement {
  sql: string;
  ms: number;
  failed: boolean;
}

export interface Database {
  kysely: Kysely<Tables>;
  kind: DatabaseKind;
  /** Calls `listener` for every statement that was sent, until the returned function is called. */
  onStatement(listener: (statement: Statement) => void): () => void;
  /** Runs `work` in one transaction. On PostgreSQL, transactions of the same `owner` run one after the other, as all do on SQLite. */
  transaction<T>(owner: string, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the database; it is not asked anything yet, so one that cannot be reached shows itself at the first statement. */
export function openDatabase(settings: DatabaseSettings): Database {
  const listeners = new Set<(statement: Statement) => void>();
  const log = ({ level, query, queryDurationMillis }: LogEvent): void => {
    for (const listener of listeners) listener({ sql: query.sql, ms: queryDurationMillis, failed: level === 'error' });
  };
  const kysely = new Kysely<Tables>({ dialect: dialectOf(settings), log });
  return {
    kysely,
    kind: settings.kind,
    onStatement(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
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
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'cinematch',
    // Counts and times come as numbers, not as text: none of ours comes near 2^53.
    types: { getTypeParser: (oid, format) => (oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

/** Password hashes are in it: nobody else on the machine is to read the file. SQLite gives its journals the same rights. */
function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
}
