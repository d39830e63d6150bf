import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteDialect,
  type TransactionSettings,
} from 'kysely';
import { ServiceError } from '../service-error.ts';
import { Checkpoints, MAX_JOURNAL_BYTES } from './checkpoint.ts';
import { noteFailure } from './noticed-failures.ts';
import { isStorageFull, storageFull } from './service-errors.ts';

/** The longest time that a statement waits for another process that writes, and before that for its turn in this process. */
const MAX_BUSY_MS = 15_000;
const FIRST_PAUSE_MS = 5;
const MAX_PAUSE_MS = 50;
const SQLITE_BUSY = 5;
const IN_MEMORY = ':memory:';
/** After statements of so much time, other work of the server has its turn before the next one that waits. */
const SLICE_MS = 25;

/** Runs Kysely on node:sqlite. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #file: string;
  /** A database in memory has no journal. */
  readonly #checkpoints: Checkpoints | undefined;

  constructor(file: string) {
    super({ database: () => Promise.reject(new Error('not used')) });
    this.#file = file;
    if (file !== IN_MEMORY) this.#checkpoints = new Checkpoints(file);
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#file, this.#checkpoints);
  }

  /** Overwrites deleted rows in the journal: `secure_delete` overwrites them in the file only. */
  async eraseDeleted(): Promise<void> {
    await this.#checkpoints?.truncate();
  }
}

/**
 * Two connections to one file: one for transactions and changes, one for reads. So reads go on while a change waits for another process.
 * A database in memory has one connection for both.
 */
class NodeSqliteDriver implements Driver {
  readonly #file: string;
  readonly #checkpoints: Checkpoints | undefined;
  #writer: Session | undefined;
  #reader: Session | undefined;

  constructor(file: string, checkpoints: Checkpoints | undefined) {
    this.#file = file;
    this.#checkpoints = checkpoints;
  }

  async init(): Promise<void> {
    this.#writer = new Session(this.#file, this.#checkpoints);
    this.#reader = this.#file === IN_MEMORY ? this.#writer : new Session(this.#file);
  }

  async acquireConnection(): Promise<Connection> {
    if (this.#writer === undefined || this.#reader === undefined) throw new Error('the database is closed');
    return new Connection(this.#writer, this.#reader);
  }

  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await own(connection).begin(accessMode === 'read only');
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    own(connection).rollBack();
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#checkpoints?.close();
    for (const session of new Set([this.#writer, this.#reader])) session?.close();
    this.#writer = undefined;
    this.#reader = undefined;
  }
}

function own(connection: DatabaseConnection): Connection {
  if (!(connection instanceof Connection)) throw new Error('this connection is of another driver');
  return connection;
}

/** Takes a session when a statement or a transaction needs it, not before. */
class Connection implements DatabaseConnection {
  readonly #writer: Session;
  readonly #reader: Session;
  /** The session of the transaction. */
  #held: Session | undefined;

  constructor(writer: Session, reader: Session) {
    this.#writer = writer;
    this.#reader = reader;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#held !== undefined) return this.#held.run<R>(sql, parameters);
    const session = /^\s*select\b/i.test(sql) ? this.#reader : this.#writer;
    await session.take();
    try {
      return await session.run<R>(sql, parameters);
    } finally {
      session.giveBack();
    }
  }

  // biome-ignore lint/correctness/useYield: no code of the server reads a table as a stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streams are not supported');
  }

  /**
   * A transaction that may write takes the write lock at once. With a plain BEGIN, a transaction that reads first and writes later fails
   * when another process wrote in between.
   */
  async begin(isReadOnly: boolean): Promise<void> {
    const session = isReadOnly ? this.#reader : this.#writer;
    await session.take();
    try {
      await session.run(isReadOnly ? 'begin' : 'begin immediate');
      this.#held = session;
    } catch (error) {
      session.giveBack();
      throw error;
    }
  }

  /** After a failure the transaction is still open. Kysely then rolls it back. */
  async commit(): Promise<void> {
    await this.#held?.run('commit');
    this.#end();
  }

  rollBack(): void {
    try {
      this.#held?.rollBack();
    } finally {
      this.#end();
    }
  }

  #end(): void {
    const session = this.#held;
    this.#held = undefined;
    session?.giveBack();
  }
}

/** One connection of SQLite, used by one statement or transaction at a time, in order of arrival. */
class Session {
  readonly #sqlite: DatabaseSync;
  readonly #checkpoints: Checkpoints | undefined;
  readonly #waiting: ((isSliceOver: boolean) => void)[] = [];
  #inUse = false;
  /** Time of statements since other work had its turn. */
  #sliceMs = 0;
  #latestWrite: { sql: string; statement: StatementSync } | undefined;

  /** `checkpoints` are told of commits. */
  constructor(file: string, checkpoints?: Checkpoints) {
    this.#sqlite = openSqlite(file);
    this.#checkpoints = checkpoints;
    // From here on this process waits without blocking: `run` tries again. A journal that was emptied is cut at its next commit, so that its
    // length tells how much there is to write.
    this.#sqlite.exec(`PRAGMA busy_timeout = 0; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = ${MAX_JOURNAL_BYTES}`);
  }

  /** Waits for its turn. While another process holds the lock, each statement before it may take up to MAX_BUSY_MS. */
  async take(): Promise<void> {
    if (!this.#inUse) {
      this.#inUse = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const next = (isSliceOver: boolean): void => {
        clearTimeout(timer);
        if (isSliceOver) setImmediate(resolve);
        else resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(next), 1);
        const cause = new Error(`no turn within ${MAX_BUSY_MS} ms`);
        reject(noteFailure(new ServiceError('UNAVAILABLE', 'The database is busy. Try again in a moment.', cause)));
      }, MAX_BUSY_MS);
      this.#waiting.push(next);
    });
  }

  giveBack(): void {
    const isSliceOver = this.#sliceMs >= SLICE_MS;
    if (isSliceOver) this.#sliceMs = 0;
    const next = this.#waiting.shift();
    if (next === undefined) this.#inUse = false;
    else next(isSliceOver);
  }

  /** A statement that finds the database locked has done nothing, so it can be tried again. */
  async run<R>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<R>> {
    const deadline = performance.now() + MAX_BUSY_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
      try {
        return this.#timed<R>(sql, parameters.map(bindable));
      } catch (error) {
        if (isStorageFull(error)) throw noteFailure(storageFull(error));
        if (!isBusy(error)) throw error;
        if (performance.now() + pause > deadline) {
          throw noteFailure(new ServiceError('UNAVAILABLE', 'The database is in use by another program. Try again in a moment.', error));
        }
      }
      await sleep(pause);
    }
  }

  /** SQLite itself ends a transaction after some errors. A ROLLBACK would then fail, and hide the error that caused it. */
  rollBack(): void {
    if (this.#sqlite.isTransaction) this.#sqlite.exec('rollback');
  }

  close(): void {
    this.#latestWrite = undefined;
    this.#sqlite.close();
  }

  #timed<R>(sql: string, parameters: SQLInputValue[]): QueryResult<R> {
    const started = performance.now();
    try {
      return this.#runNow<R>(sql, parameters);
    } finally {
      this.#sliceMs += performance.now() - started;
    }
  }

  #runNow<R>(sql: string, parameters: SQLInputValue[]): QueryResult<R> {
    // An import repeats one statement with thousands of values, which is slow to prepare.
    const statement = this.#latestWrite?.sql === sql ? this.#latestWrite.statement : this.#sqlite.prepare(sql);
    if (statement.columns().length > 0) {
      const found = statement.all(...parameters);
      // A change may return rows.
      this.#noteCommit();
      // Rows of node:sqlite have no prototype, so they lack the methods of objects.
      return { rows: found.map((row) => ({ ...row }) as R) };
    }
    this.#latestWrite = { sql, statement };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    this.#noteCommit();
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #noteCommit(): void {
    if (!this.#sqlite.isTransaction) this.#checkpoints?.committed();
  }
}

/** Opens or creates the file with the settings of the server: a commit is on disk, and readers do not wait for the writer. */
export function openSqlite(file: string): DatabaseSync {
  const sqlite = new DatabaseSync(file, { timeout: MAX_BUSY_MS });
  // secure_delete: what a user deletes must not stay in unused parts of the file.
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;');
  return sqlite;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY;
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored in SQLite`);
}
