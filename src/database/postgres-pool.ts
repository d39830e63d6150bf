import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { errorCode, errorText } from '../error-text.ts';
import { DatabaseError } from './database-error.ts';
import { noteFailure } from './noticed-failures.ts';
import { DatabaseAwayError, isAway, isStorageFull, isTooLong, storageFull } from './service-errors.ts';

/** A request waits this long for a connection of the pool before it fails. */
const MAX_CONNECT_MS = 5_000;
/** A database that was there and refuses connections is waited for this long: a restart takes less. */
const MAX_RESTART_MS = 3_000;
const RETRY_MS = 100;
/** Without an answer to these probes the system reports the connection as lost, although no statement is under way. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const INT8_OID = 20;

export interface PoolSettings {
  url: string;
  poolSize: number;
  /** A statement without an answer for this long fails, and its connection is closed. 0: no limit. */
  statementTimeoutMs: number;
}

/** A pool whose lost connections fail single statements and nothing else. */
export function openPool({ url, poolSize, statementTimeoutMs }: PoolSettings): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: MAX_CONNECT_MS,
    application_name: 'cinematch',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    // Counts and times are below 2^53, so they can be numbers instead of text.
    types: { getTypeParser: (oid, format) => (oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)) },
    // The option of the driver, not of the server: PgBouncer refuses the server's option when a connection begins.
    ...(statementTimeoutMs === 0 ? {} : { query_timeout: statementTimeoutMs }),
  });
  // The pool replaces an idle connection that breaks. Without a listener the error would end the process.
  pool.on('error', () => {});
  // The pool listens to idle clients only. A client that is lent but runs no statement may break too.
  pool.on('connect', (client) => client.on('error', () => {}));
  const lend = lender(pool);
  return {
    connect: async () => new LentClient(lend, await lend()),
    end: () => pool.end(),
  };
}

type Lend = () => Promise<pg.PoolClient>;

/** Lends connections. Requests wait for a database that restarts. When it is away for longer, they fail at once. */
function lender(pool: pg.Pool): Lend {
  let wasThere = false;
  let awaySince: number | undefined;
  return async () => {
    const begun = performance.now();
    for (;;) {
      try {
        const client = await connect(pool);
        wasThere = true;
        awaySince = undefined;
        return client;
      } catch (error) {
        if (!(error instanceof DatabaseAwayError)) throw error;
        awaySince ??= begun;
        if (!wasThere || performance.now() - Math.min(begun, awaySince) > MAX_RESTART_MS) throw noteFailure(error);
        await sleep(RETRY_MS);
      }
    }
  };
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (isAway(error)) throw new DatabaseAwayError(error, false);
    // The driver's own refusals have no code: no TLS at the server, a password that is missing.
    throw errorCode(error) === undefined ? new DatabaseError(errorText(error), { cause: error }) : error;
  }
}

/**
 * A connection that is lent for one statement or one transaction. When it is lost, a statement that can be repeated is sent once more, on
 * another connection. Any other statement fails with a DatabaseAwayError.
 */
class LentClient implements PostgresPoolClient {
  readonly #lend: Lend;
  #client: pg.PoolClient | undefined;
  #lost: Error | undefined;
  #inTransaction = false;

  constructor(lend: Lend, client: pg.PoolClient) {
    this.#lend = lend;
    this.#client = client;
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely declares a second form, for cursors, which this server does not use
  query(sql: unknown, parameters: readonly unknown[] = []): any {
    if (typeof sql !== 'string') throw new Error('cursors are not supported');
    return this.#run(sql, parameters);
  }

  release(): void {
    // An error makes the pool close the connection.
    this.#client?.release(this.#lost);
    this.#client = undefined;
  }

  async #run(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const isRollback = sql === 'rollback';
    try {
      const result = await this.#send(sql, parameters);
      if (BEGINS.test(sql)) this.#inTransaction = true;
      else if (sql === 'commit' || isRollback) this.#inTransaction = false;
      return result;
    } catch (error) {
      if (isRollback) return this.#rollbackFailed(error);
      if (isStorageFull(error)) throw noteFailure(storageFull(error));
      throw error instanceof DatabaseAwayError ? noteFailure(error) : error;
    }
  }

  async #send(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    try {
      return await this.#attempt(sql, parameters);
    } catch (error) {
      if (!(error instanceof DatabaseAwayError && error.worthRepeating) || this.#inTransaction || !canRepeat(sql)) throw error;
      this.release();
      this.#client = await this.#lend();
      this.#lost = undefined;
      return this.#attempt(sql, parameters);
    }
  }

  async #attempt(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#client === undefined || this.#lost !== undefined) throw new DatabaseAwayError(this.#lost, true);
    try {
      return await this.#client.query(sql, [...parameters]);
    } catch (error) {
      if (!isAway(error)) throw error;
      this.#lost = error instanceof Error ? error : new Error(String(error));
      throw new DatabaseAwayError(error, !isTooLong(error));
    }
  }

  /** Closing the connection rolls back too. An error here would hide the one that made the rollback necessary. */
  #rollbackFailed(error: unknown): pg.QueryResult {
    this.#inTransaction = false;
    this.#lost ??= error instanceof Error ? error : new Error(String(error));
    return { command: 'ROLLBACK', rowCount: 0, oid: 0, rows: [], fields: [] };
  }
}

const BEGINS = /^(begin|start transaction)\b/;

/** Reads, and the begin of a transaction. Other statements may have been done although the answer was lost. */
function canRepeat(sql: string): boolean {
  return BEGINS.test(sql) || (/^select\b/i.test(sql) && !/\b(for (update|share)|pg_advisory)/i.test(sql));
}
