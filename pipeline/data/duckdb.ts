import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';

export type Bindings = Readonly<Record<string, DuckDBValue>>;

const gibibyte = 1024 ** 3;

/**
 * Runs `work` on an in-memory database, which is closed afterwards. It uses at most half of the machine's memory and at most 4 GiB,
 * then spills to a temporary folder. It downloads no extensions. It stops when the signal aborts.
 */
export async function withDatabase<T>(signal: AbortSignal, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  // DuckDB creates the folder only when it has to spill, so that a killed run usually leaves no folder.
  const spillFolder = join(tmpdir(), `cinematch-duckdb-${randomUUID()}`);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.min(availableParallelism(), 8)),
    memory_limit: `${Math.round(Math.min(Math.max(totalmem() / 2, gibibyte), 4 * gibibyte) / 2 ** 20)}MiB`,
    temp_directory: spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    return await work(connection);
  } finally {
    signal.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
    await rm(spillFolder, { recursive: true, force: true });
  }
}

/** Runs the statements of a .sql file one after the other. Each statement is bound to the values that it names. */
export async function runScript(
  connection: DuckDBConnection,
  script: URL,
  values: Bindings = {},
  types: Readonly<Record<string, DuckDBType>> = {},
): Promise<void> {
  const statements = await connection.extractStatements(await readFile(script, 'utf8'));
  for (let index = 0; index < statements.count; index++) {
    const statement = await statements.prepare(index);
    for (let parameter = 1; parameter <= statement.parameterCount; parameter++) {
      const name = statement.parameterName(parameter);
      const value = values[name];
      if (value === undefined) throw new Error(`${script.pathname} needs a value for $${name}`);
      statement.bindValue(parameter, value, types[name]);
    }
    await statement.run();
    statement.destroySync();
  }
}

export async function queryObjects(connection: DuckDBConnection, sql: string, values: Record<string, DuckDBValue> = {}) {
  return (await connection.runAndReadAll(sql, values)).getRowObjectsJS();
}
