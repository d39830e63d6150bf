import { type DuckDBValue, structValue } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import { type CsvFile, inspectCsv } from './csv-file.ts';
import { withDatabase } from './duckdb.ts';

/** Values for the parameters of `read_csv` in a statement. */
export interface CsvBindings extends Record<string, DuckDBValue> {
  path: string;
  compression: string;
  columns: DuckDBValue;
  strict: boolean;
}

/** Malformed lines fail the read, or are left out. */
export type MalformedLines = 'refuse' | 'skip';

const SELECT = `FROM read_csv(
  $path, columns = $columns, compression = $compression, strict_mode = $strict, ignore_errors = $skip,
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"'
)`;

/**
 * Runs a statement on a CSV file. Columns without an entry in `types` are text. `path` is the name shown in errors: `file` may be a copy.
 *
 * DuckDB's strict mode refuses a file with mixed line ends. When malformed lines may be skipped, a second run is lenient.
 */
export async function runOnCsv<T>(
  file: CsvFile,
  path: string,
  types: Readonly<Record<string, string>>,
  malformed: MalformedLines,
  run: (bindings: CsvBindings) => Promise<T>,
): Promise<T> {
  const columns = structValue(Object.fromEntries(file.columns.map((name) => [name, types[name] ?? 'VARCHAR'])));
  const bindings = { path: file.path, compression: file.compression, columns };
  try {
    return await run({ ...bindings, strict: true }).catch((cause) => {
      if (malformed === 'refuse') throw cause;
      return run({ ...bindings, strict: false });
    });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new CliError(`${path}: cannot be read as CSV (${reason.slice(0, 200)}); repair the file or write it again`, { cause });
  }
}

/**
 * Reads a CSV file as text, column by column: DuckDB returns columns several times faster than row objects. A missing value is ''.
 */
export async function readCsvColumns(
  path: string,
  required: readonly string[],
  malformed: MalformedLines,
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const file = await inspectCsv(path, required);
  return withDatabase(signal, (connection) =>
    runOnCsv(file, path, {}, malformed, async (bindings) => {
      const reader = await connection.runAndReadAll(SELECT, { ...bindings, skip: malformed === 'skip' });
      const columns = reader.getColumnsJS();
      return new Map(
        reader.columnNames().map((name, j) => [name, (columns[j] ?? []).map((value) => (typeof value === 'string' ? value : ''))]),
      );
    }),
  );
}

/** One line of a CSV file (RFC 4180) with a line feed at its end. */
export function toCsvLine(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}
