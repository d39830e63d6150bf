import { type DuckDBConnection, structValue } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import { type CsvFile, checkWhole, fieldsOf, isParquet, readHead } from './csv-file.ts';
import { type CsvBindings, runOnCsv } from './csv-table.ts';
import { dropRejectTables, logMalformedLines, type MalformedLine, takeRejectedLines } from './malformed-lines.ts';

/**
 * A file of single ratings or of statistics per movie, as all stages read it. Known forms: CSV and Parquet with the columns userId,
 * movieId, rating and timestamp under these or other usual names, and the files u.data (tabs) and ratings.dat (::) without a header.
 */
export interface RatingsFile {
  readonly path: string;
  readonly kind: 'ratings' | 'statistics';
  readonly hasTimes: boolean;
  /** Undefined for Parquet. */
  readonly csv: CsvFile | undefined;
  readonly delimiter: string;
  readonly header: boolean;
  /** Names that DuckDB gives to the columns of the file, in their order. */
  readonly columns: readonly string[];
  /** DuckDB's types of these columns. */
  readonly types: Readonly<Record<string, string>>;
}

/** The names of MovieLens, and other usual names in lower case without underscores. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  userId: ['userid', 'user'],
  movieId: ['movieid', 'itemid', 'movie', 'item'],
  rating: ['rating', 'stars', 'score'],
  timestamp: ['timestamp', 'time', 'date'],
};
const RATING_COLUMNS = ['userId', 'movieId', 'rating'];
const STATISTICS_COLUMNS = ['movieId', 'mean', 'count'];
const DELIMITERS = ['::', '\t', ',', ';'];
const WITHOUT_HEADER = [...RATING_COLUMNS, 'timestamp'];
/** Larger timestamps are milliseconds. */
const MAX_SECONDS = 2 ** 32 - 1;

/** The highest rating of MovieLens. */
export const DEFAULT_SCALE = 5;

/** Half stars that stand for an unusable line, and for a rating outside the scale. */
export const [UNUSABLE, OUTSIDE] = [0, 255];

/** Reads the header. Throws a CliError when the file holds neither ratings nor statistics. */
export async function inspectRatingsFile(path: string, connection: DuckDBConnection, signal: AbortSignal): Promise<RatingsFile> {
  if (await isParquet(path)) {
    const result = await connection.runAndReadAll('SELECT * FROM read_parquet($path) LIMIT 0', { path });
    const found = result.columnNames();
    const columns = canonicalNames(found);
    const types = Object.fromEntries(columns.map((name, n) => [name, String(result.columnTypes()[n])]));
    return { ...describeColumns(path, columns, found), csv: undefined, delimiter: ',', header: true, types };
  }
  const head = await readHead(path, 'a ratings file (CSV, CSV.gz or Parquet)');
  const delimiter = DELIMITERS.find((one) => head.lines[0].includes(one)) ?? ',';
  const fields = head.lines.map((line) => (delimiter === ',' ? fieldsOf(line) : line.split(delimiter).map((field) => field.trim())));
  const header = !(fields[0].length >= 3 && fields[0].length <= 4 && fields[0].slice(1, 3).every((field) => isNumber(field)));
  const found = header ? fields[0] : WITHOUT_HEADER.slice(0, fields[0].length);
  const columns = canonicalNames(found);
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) throw new CliError(`${path}: the column "${repeated}" twice; remove one`);
  const first = (header ? fields[1] : fields[0]) ?? [];
  const csv: CsvFile = { path, compression: head.compression, columns, firstRow: first };
  await checkWhole(csv, signal);
  const time = first[columns.indexOf('timestamp')] ?? '';
  const types = {
    movieId: 'DOUBLE',
    rating: 'DOUBLE',
    timestamp: time === '' || isNumber(time) ? 'DOUBLE' : 'TIMESTAMP',
    mean: 'DOUBLE',
    count: 'BIGINT',
  };
  return { ...describeColumns(path, columns, found), csv, delimiter, header, types };
}

/**
 * Runs `use` with a query of the file's ratings: user (text, or a number of 32 bits when `numericUsers`), movie, stars, halfStars
 * (1 to 10, UNUSABLE or OUTSIDE) and time (seconds since 1970). `scale` is the highest rating, which counts as 5 stars.
 * Malformed lines of a CSV file are left out and returned.
 */
export async function withRatings(
  connection: DuckDBConnection,
  file: RatingsFile,
  { scale, numericUsers }: { scale: number; numericUsers: boolean },
  use: (query: string, bindings: Record<string, CsvBindings[string]>) => Promise<void>,
): Promise<MalformedLine[]> {
  const { path, csv, delimiter, header, columns } = file;
  const types: Record<string, string> = { ...file.types, userId: numericUsers ? 'UINTEGER' : 'VARCHAR' };
  if (csv === undefined) {
    const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
    await use(selectRatings(`read_parquet($path) AS file(${names})`, file, types, scale), { path });
    return [];
  }
  const named = structValue(Object.fromEntries(columns.map((name) => [name, types[name] ?? 'VARCHAR'])));
  const table = `read_csv($path, columns = $columns, compression = $compression, strict_mode = $strict, auto_detect = false,
    header = ${header}, delim = '${delimiter}', quote = '"', escape = '"', store_rejects = true, rejects_limit = 10000)`;
  await runOnCsv(csv, path, {}, 'skip', async (bindings) => {
    await dropRejectTables(connection);
    await use(selectRatings(table, file, types, scale), { ...bindings, columns: named });
  });
  return takeRejectedLines(connection, csv, path);
}

/** What a reading of single ratings has left out. */
export interface LeftOut {
  readonly malformed: readonly MalformedLine[];
  readonly unusable: number;
  readonly outside: number;
}

/**
 * Logs what was left out. Ratings on another scale are refused: those of its lower half would be read as low ratings. A file without a
 * rating is refused too.
 */
export function reportLeftOut(
  path: string,
  { malformed, unusable, outside }: LeftOut,
  used: number,
  scale: number,
  log: (line: string) => void,
): void {
  const range = `${scale / 10} to ${scale}`;
  const [first] = malformed;
  if (outside > (used + outside) / 2)
    throw new CliError(
      `${path}: ${outside} of ${used + outside} ratings are outside ${range}; give the highest rating of the file with --scale, for example --scale 10`,
    );
  if (used === 0)
    throw new CliError(
      first === undefined
        ? `${path}: holds no rating, only a header or unusable lines; check that it is the right file`
        : `${path}: no line can be read (line ${first.line}: ${first.problem}); check that it is the right file`,
    );
  if (malformed.length > used)
    throw new CliError(
      `${path}: ${formatCount(malformed.length)} lines are malformed and only ${formatCount(used)} are ratings (line ${first.line}: ${first.problem}); check that it is the right file`,
    );
  logMalformedLines(malformed, log);
  if (unusable > 0)
    log(`  ${path}: ${formatCount(unusable)} lines lack a user, a rating or a movieId from 1 to 2147483647 and are left out`);
  if (outside > 0)
    log(`  ${path}: ${formatCount(outside)} of ${formatCount(used + outside)} ratings are outside ${range} and are left out`);
}

function describeColumns(
  path: string,
  columns: readonly string[],
  found: readonly string[],
): Pick<RatingsFile, 'path' | 'kind' | 'hasTimes' | 'columns'> {
  const missing = RATING_COLUMNS.filter((name) => !columns.includes(name));
  const isStatistics = STATISTICS_COLUMNS.every((name) => columns.includes(name));
  if (missing.length > 0 && !isStatistics) {
    const header = found.join(', ').slice(0, 200);
    throw new CliError(
      `${path}: not a ratings file; it needs the columns userId, movieId, rating or movieId, mean, count (CSV, CSV.gz or Parquet), found the header "${header}"`,
    );
  }
  return { path, kind: missing.length > 0 ? 'statistics' : 'ratings', hasTimes: columns.includes('timestamp'), columns };
}

/** Our names of the columns. A column with a name of its own keeps it. "user_id:token" is the spelling of RecBole. */
function canonicalNames(found: readonly string[]): string[] {
  const plain = found.map((name) => name.toLowerCase().replace(/:\w+$/, '').replace(/[_ -]/g, ''));
  const names = [...found];
  for (const [name, aliases] of Object.entries(ALIASES)) {
    if (found.includes(name)) continue;
    const alias = aliases.find((one) => plain.includes(one));
    if (alias !== undefined) names[plain.indexOf(alias)] = name;
  }
  return names;
}

function selectRatings(table: string, { hasTimes }: RatingsFile, types: Readonly<Record<string, string>>, scale: number): string {
  const user = types.userId === 'UINTEGER' ? 'userId' : "nullif(trim(userId::VARCHAR), '')";
  return `SELECT "user", movie, stars, CASE
        WHEN "user" IS NULL OR movie IS NULL OR stars IS NULL THEN ${UNUSABLE}
        WHEN stars BETWEEN 0.5 AND 5 THEN floor(stars * 2) ELSE ${OUTSIDE} END::UTINYINT AS halfStars, time
    FROM (SELECT ${user} AS "user", CASE WHEN id BETWEEN 1 AND 2147483647 AND id = floor(id) THEN id::INTEGER END AS movie,
        TRY_CAST(rating AS DOUBLE) * ${5 / scale} AS stars, ${hasTimes ? secondsOf(types.timestamp) : 'NULL::UINTEGER'} AS time
      FROM (SELECT *, TRY_CAST(movieId AS DOUBLE) AS id FROM ${table}))`;
}

/** A missing or unreadable time counts as 0. */
function secondsOf(type: string): string {
  const number = (value: string) => `CASE WHEN ${value} > ${MAX_SECONDS} THEN ${value} / 1000 ELSE ${value} END`;
  const date = (value: string) => `epoch(${value})`;
  const text = 'TRY_CAST(timestamp AS DOUBLE)';
  const seconds = /^(TIMESTAMP|DATE)/.test(type)
    ? date('timestamp::TIMESTAMP')
    : type === 'VARCHAR'
      ? `coalesce(${number(text)}, ${date('TRY_CAST(timestamp AS TIMESTAMP)')})`
      : number('timestamp');
  return `coalesce(TRY_CAST(${seconds} AS UINTEGER), 0)`;
}

function isNumber(field: string): boolean {
  return field !== '' && Number.isFinite(Number(field));
}
