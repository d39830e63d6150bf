import { type DuckDBConnection, listValue } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import { type CsvFile, checkWhole, inspectCsv, inspectCsvOfEither, isParquet, linesAt } from '../data/csv-file.ts';
import { runOnCsv } from '../data/csv-table.ts';
import { queryObjects, runScript } from '../data/duckdb.ts';
import { setTornLinesAside } from './torn-quotes.ts';
import { listGenreSpellings, listLanguageNames } from './vocabularies.ts';

export interface MalformedLine {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
  readonly text: string;
}

interface Kind {
  readonly script: string;
  readonly required: readonly string[];
  readonly types: Readonly<Record<string, string>>;
  /** Each record is one line, so a quote that is open at the end of a line is an error. */
  readonly oneLineRecords: boolean;
}

export const kinds = {
  movies: { script: './load-movies.sql', required: ['movieId', 'title', 'genres'], types: { movieId: 'INTEGER' }, oneLineRecords: true },
  links: { script: './load-links.sql', required: ['movieId', 'tmdbId'], types: { movieId: 'INTEGER' }, oneLineRecords: true },
  providers: {
    script: './load-providers.sql',
    required: ['movieId', 'service', 'region'],
    types: { movieId: 'INTEGER' },
    oneLineRecords: true,
  },
  tmdb: { script: './load-tmdb.sql', required: ['tmdb_id'], types: { tmdb_id: 'INTEGER' }, oneLineRecords: false },
} as const satisfies Record<string, Kind>;

const ratingKinds = {
  ratings: { script: './load-ratings.sql', types: { movieId: 'INTEGER', rating: 'DOUBLE' } },
  stats: { script: './load-stats.sql', types: { movieId: 'INTEGER', mean: 'DOUBLE', count: 'BIGINT' } },
} as const;

/** Creates the tables and macros that the loaders and merge.sql need. */
export async function prepareDatabase(connection: DuckDBConnection): Promise<void> {
  await runScript(connection, new URL('./tables.sql', import.meta.url));
  await runScript(connection, new URL('./text.sql', import.meta.url));
  await runScript(connection, new URL('./titles.sql', import.meta.url));
  const spellings = listGenreSpellings();
  const languages = listLanguageNames();
  await runScript(connection, new URL('./vocabularies.sql', import.meta.url), {
    spellings: listValue(spellings.map(({ spelling }) => spelling)),
    genres: listValue(spellings.map(({ genre }) => genre)),
    languageNames: listValue(languages.map(({ name }) => name)),
    languageCodes: listValue(languages.map(({ code }) => code)),
  });
}

/** Reads one file into its raw table and returns the malformed lines. `copyPath` is an unused path for a repaired copy. */
export async function loadFile(
  connection: DuckDBConnection,
  path: string,
  kind: Kind,
  copyPath: string,
  signal: AbortSignal,
): Promise<MalformedLine[]> {
  const original = await inspectCsv(path, kind.required);
  await checkWhole(original, signal);
  const { file, torn } = kind.oneLineRecords ? await setTornLinesAside(original, copyPath) : { file: original, torn: [] };
  const rejected = await readCsv(connection, file, path, kind.types, './load-csv.sql');
  await runScript(connection, new URL(kind.script, import.meta.url));
  const malformed = [...torn.map(({ line, text }) => ({ file: path, line, problem: 'unclosed quote', text })), ...rejected];
  const [row] = await queryObjects(connection, 'SELECT count(*) AS lines FROM loaded');
  if (malformed.length > 0 && Number(row?.lines) === 0) throw unreadable(path, malformed);
  return malformed.sort((a, b) => a.line - b.line);
}

/** Reads single ratings (userId, movieId, rating) or statistics (movieId, mean, count) from CSV or Parquet. The header tells which. */
export async function loadRatings(connection: DuckDBConnection, path: string, signal: AbortSignal): Promise<MalformedLine[]> {
  if (await isParquet(path)) {
    const rows = await queryObjects(connection, 'SELECT name FROM parquet_schema($path)', { path });
    const names = rows.map(({ name }) => String(name));
    const has = (...columns: string[]) => columns.every((column) => names.includes(column));
    if (!has('movieId', 'rating') && !has('movieId', 'mean', 'count')) {
      throw new CliError(`${path}: expected the columns movieId, rating or movieId, mean, count, found ${names.slice(1).join(', ')}`);
    }
    const script = has('movieId', 'rating') ? './load-ratings-parquet.sql' : './load-stats-parquet.sql';
    await runScript(connection, new URL(script, import.meta.url), { path });
    return [];
  }
  const file = await inspectCsvOfEither(path, [
    ['movieId', 'rating'],
    ['movieId', 'mean', 'count'],
  ]);
  await checkWhole(file, signal);
  const { script, types } = file.columns.includes('rating') ? ratingKinds.ratings : ratingKinds.stats;
  const malformed = await readCsv(connection, file, path, types, script);
  const [row] = await queryObjects(connection, 'SELECT count(*) AS movies FROM rating_stats');
  if (malformed.length > 0 && Number(row?.movies) === 0) throw unreadable(path, malformed);
  return malformed;
}

async function readCsv(
  connection: DuckDBConnection,
  file: CsvFile,
  shownPath: string,
  types: Readonly<Record<string, string>>,
  script: string,
): Promise<MalformedLine[]> {
  const url = new URL(script, import.meta.url);
  await runOnCsv(file, shownPath, types, 'skip', (bindings) => runScript(connection, url, bindings));
  return rejectedLines(connection, file, shownPath);
}

async function rejectedLines(connection: DuckDBConnection, file: CsvFile, shownPath: string): Promise<MalformedLine[]> {
  const errors = await queryObjects(
    connection,
    `SELECT line_byte_position AS position, arg_min(error_type::VARCHAR, error_type = 'CAST') AS type,
       arg_min(column_name, error_type = 'CAST') AS "column", any_value(csv_line) AS line
     FROM reject_errors GROUP BY line_byte_position ORDER BY position`,
  );
  await connection.run('DROP TABLE IF EXISTS reject_errors');
  await connection.run('DROP TABLE IF EXISTS reject_scans');
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

function problemOf(type: string, column: string | undefined): string {
  switch (type) {
    case 'CAST':
      return `${column ?? 'a column'} is not a number`;
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

function unreadable(path: string, malformed: readonly MalformedLine[]): CliError {
  const [first] = malformed;
  return new CliError(`${path}: no line can be read (line ${first?.line}: ${first?.problem}); check that it is the right file`);
}
