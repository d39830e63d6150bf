import type { DuckDBConnection } from '@duckdb/node-api';
import { formatCount } from '../cli/format.ts';
import { type CsvFile, linesAt } from './csv-file.ts';
import { queryObjects } from './duckdb.ts';

/** A line of a CSV file that was left out. */
export interface MalformedLine {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
  readonly text: string;
}

/** DuckDB stores at most this many. The same figure stands in the .sql files. */
export const MAX_REJECTED_LINES = 10_000;
const MAX_LINES_LOGGED = 10;
const MAX_EXCERPT = 80;

/** The lines in DuckDB's reject tables, which are emptied. `shownPath` is the name shown to the user: `file` may be a copy. */
export async function takeRejectedLines(connection: DuckDBConnection, file: CsvFile, shownPath: string): Promise<MalformedLine[]> {
  const errors = await queryObjects(
    connection,
    `SELECT line_byte_position AS position, arg_min(error_type::VARCHAR, error_type = 'CAST') AS type,
       arg_min(column_name, error_type = 'CAST') AS "column", any_value(csv_line) AS line
     FROM reject_errors GROUP BY line_byte_position ORDER BY position`,
  );
  await dropRejectTables(connection);
  if (errors.length === 0) return [];
  const lines = await linesAt(
    file,
    errors.map(({ position }) => Number(position)),
  );
  return errors.map(({ type, column, line }, index) => ({
    file: shownPath,
    line: lines[index] ?? 0,
    problem: problemOf(String(type), column === null ? undefined : String(column)),
    text: String(line).trim(),
  }));
}

export async function dropRejectTables(connection: DuckDBConnection): Promise<void> {
  await connection.run('DROP TABLE IF EXISTS reject_errors');
  await connection.run('DROP TABLE IF EXISTS reject_scans');
}

/** Names the first lines and counts the others. */
export function logMalformedLines(malformed: readonly MalformedLine[], log: (line: string) => void): void {
  for (const { file, line, problem, text } of malformed.slice(0, MAX_LINES_LOGGED)) {
    const excerpt = text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}...` : text;
    log(`  ${file}:${line}: ${problem}, line left out: ${excerpt.replace(/[\p{Cc}]+/gu, ' ')}`);
  }
  if (malformed.length > MAX_LINES_LOGGED)
    log(`  ... ${formatCount(malformed.length - MAX_LINES_LOGGED)} more malformed lines, ${formatCount(malformed.length)} in all`);
}

function problemOf(type: string, column: string | undefined): string {
  switch (type) {
    case 'CAST':
      return `${column ?? 'a column'} is not a ${column === 'timestamp' ? 'time' : 'number'}`;
    case 'MISSING COLUMNS':
      return 'too few columns';
    case 'TOO MANY COLUMNS':
      return 'too many columns';
    case 'UNQUOTED VALUE':
      return 'unclosed quote';
    case 'INVALID ENCODING':
      return 'not UTF-8';
    default:
      return type.toLowerCase();
  }
}
