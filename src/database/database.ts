import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, type LogEvent, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Metrics } from '../metrics/metrics.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openPool } from './postgres-pool.ts';
import { DatabaseAwayError } from './service-errors.ts';

/** Only the owner may read and write. */
const PRIVATE = 0o600;
const OTHERS = 0o077;

export type DatabaseKind = 'sqlite' | 'postgres';
export type DatabaseSettings =
  | { kind: 'sqlite'; file: string }
  | {
      kind: 'postgres';
      url: string;
      poolSize: number;
      /** A statement without an answer for this long fails. Undefined: no limit, for migrations and backups. */
      statementTimeoutMs?: number;
    };

/** `Tables` are those of the room that uses the database; each room declares its own. */
// biome-ignore lint/suspicious/noExplicitAny: the database itself knows no table
export interface Database<Tables = any> {
  kysely: Kysely<Tables>;
  kind: DatabaseKind;
  /**
   * Runs `work` in one transaction. On PostgreSQL, transactions of the same `owner` run one after the other; on SQLite, all transactions
   * do. When the connection is lost before the commit, nothing is stored, and `work` runs once more.
   */
  transaction<T>(owner: string, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Call it after a deletion: on SQLite nothing of deleted rows is left in any file then. PostgreSQL's autovacuum does the like in time. */
  eraseDeleted(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database without sending a statement: a server that is away shows itself at the first one. */
export function openDatabase(settings: DatabaseSettings, metrics?: Metrics): Database {
  const log = ({ level, query, queryDurationMillis }: LogEvent): void =>
    metrics?.databaseStatement({ sql: query.sql, ms: queryDurationMillis, failed: level === 'error' });
  const dialect = dialectOf(settings);
  // biome-ignore lint/suspicious/noExplicitAny: see Database
  const kysely = new Kysely<any>({ dialect, log });
  return {
    kysely,
    kind: settings.kind,
    transaction: (owner, work) =>
      repeatIfLost((onWorkDone) =>
        kysely.transaction().execute(async (trx) => {
          if (settings.kind === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 0))`.execute(trx);
          const result = await work(trx);
          onWorkDone();
          return result;
        }),
      ),
    async eraseDeleted() {
      if (dialect instanceof NodeSqliteDialect) await dialect.eraseDeleted();
    },
    close: () => kysely.destroy(),
  };
}

/** Opens the database for one task that may take long, such as a migration: without a time limit for statements. Closes it afterwards. */
export async function withDatabase<T>(settings: DatabaseSettings, task: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(settings.kind === 'postgres' ? { kind: 'postgres', url: settings.url, poolSize: 1 } : settings);
  try {
    return await task(database);
  } finally {
    await database.close();
  }
}

/** A lost commit is not repeated: the database may have stored everything although its answer is missing. */
async function repeatIfLost<T>(attempt: (onWorkDone: () => void) => Promise<T>): Promise<T> {
  let isWorkDone = false;
  try {
    return await attempt(() => {
      isWorkDone = true;
    });
  } catch (error) {
    if (isWorkDone || !(error instanceof DatabaseAwayError && error.worthRepeating)) throw error;
    return attempt(() => undefined);
  }
}

function dialectOf(settings: DatabaseSettings): NodeSqliteDialect | PostgresDialect {
  if (settings.kind === 'sqlite') {
    if (settings.file !== ':memory:') createPrivately(settings.file);
    return new NodeSqliteDialect(settings.file);
  }
  return new PostgresDialect({ pool: openPool({ statementTimeoutMs: 0, ...settings }) });
}

/**
 * The file and its journals hold password hashes, so only their owner may read them. SQLite gives new journals the rights of the file.
 * Files that an older version or a copy left readable are mended; another owner's rights are that owner's matter.
 */
function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', PRIVATE));
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && (found.mode & OTHERS) !== 0 && found.uid === process.geteuid?.()) chmodSync(path, PRIVATE);
  }
}
