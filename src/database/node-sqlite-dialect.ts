import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';

/** The longest time that a statement waits for another process that writes. */
const MAX_BUSY_MS = 15_000;

/** Runs Kysely on node:sqlite. */
export class NodeSqliteDialect implements Dialect {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#file);
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }
}

/** One connection with one user at a time, so that no statement runs inside the transaction of another user. */
class NodeSqliteDriver implements Driver {
  readonly #file: string;
  #connection: NodeSqliteConnection | undefined;
  readonly #waiting: ((connection: NodeSqliteConnection) => void)[] = [];
  #lent = false;

  constructor(file: string) {
    this.#file = file;
  }

  async init(): Promise<void> {
    this.#connection = new NodeSqliteConnection(openSqlite(this.#file));
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = this.#opened();
    if (this.#lent) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#lent = true;
    return connection;
  }

  /**
   * IMMEDIATE takes the write lock at once. A transaction that reads first and writes later would fail when another process wrote in
   * between.
   */
  async beginTransaction(_connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    this.#opened().run(accessMode === 'read only' ? 'BEGIN' : 'BEGIN IMMEDIATE');
  }

  async commitTransaction(): Promise<void> {
    this.#opened().run('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    this.#opened().run('ROLLBACK');
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next === undefined) this.#lent = false;
    else next(this.#opened());
  }

  async destroy(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #opened(): NodeSqliteConnection {
    if (this.#connection === undefined) throw new Error('the database is closed');
    return this.#connection;
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #sqlite: DatabaseSync;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#sqlite.prepare(sql);
    const values = parameters.map(bindable);
    if (statement.columns().length > 0) {
      // Rows of node:sqlite have no prototype, so they lack the methods of objects.
      return { rows: statement.all(...values).map((row) => ({ ...row })) as R[] };
    }
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  run(sql: string): void {
    this.#sqlite.exec(sql);
  }

  close(): void {
    this.#sqlite.close();
  }
}

/** Opens or creates the file with the settings of the server: a commit is on disk, and readers do not wait for the writer. */
export function openSqlite(file: string): DatabaseSync {
  const sqlite = new DatabaseSync(file, { timeout: MAX_BUSY_MS });
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  return sqlite;
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored in SQLite`);
}
