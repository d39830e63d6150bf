import { type DuckDBConnection, INTEGER, listValue } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { type CsvFile, checkWhole, inspectCsv } from '../data/csv-file.ts';
import { runOnCsv } from '../data/csv-table.ts';
import { queryObjects, runScript } from '../data/duckdb.ts';
import { LIKED_FROM } from '../data/likes.ts';
import { logMalformedLines, type MalformedLine, takeRejectedLines } from '../data/malformed-lines.ts';
import { inspectRatingsFile, OUTSIDE, type RatingsFile, reportLeftOut, UNUSABLE, withRatings } from '../data/ratings-file.ts';
import { setTornLinesAside } from './torn-quotes.ts';
import { listGenreSpellings, listLanguageNames } from './vocabularies.ts';

interface Kind {
  readonly script: string;
  readonly required: readonly string[];
  readonly types: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, number>>;
  /** Each record is one line, so a quote that is open at the end of a line is an error. */
  readonly oneLineRecords: boolean;
}

export const FILE_KINDS = {
  movies: { script: './load-movies.sql', required: ['movieId', 'title', 'genres'], types: { movieId: 'DOUBLE' }, oneLineRecords: true },
  links: { script: './load-links.sql', required: ['movieId', 'tmdbId'], types: { movieId: 'DOUBLE' }, oneLineRecords: true },
  providers: {
    script: './load-providers.sql',
    required: ['movieId', 'service', 'region'],
    types: { movieId: 'DOUBLE' },
    oneLineRecords: true,
  },
  availability: {
    script: './load-availability.sql',
    required: ['tmdb_id', 'region', 'kind', 'provider_id', 'service'],
    types: { tmdb_id: 'DOUBLE', provider_id: 'DOUBLE' },
    oneLineRecords: true,
  },
  mine: { script: './load-mine.sql', required: ['tmdb_id', 'imdb_id'], types: { tmdb_id: 'DOUBLE' }, oneLineRecords: true },
  tmdb: tmdbRecords(0),
  changed: tmdbRecords(1),
  news: tmdbRecords(2),
} as const satisfies Record<string, Kind>;

/** TMDb records: `source` is the column of raw_tmdb. */
function tmdbRecords(source: number) {
  return {
    script: './load-tmdb.sql',
    required: ['tmdb_id'],
    types: { tmdb_id: 'DOUBLE' },
    values: { source },
    oneLineRecords: false,
  };
}

const STATISTICS_TYPES = { movieId: 'DOUBLE', mean: 'DOUBLE', count: 'BIGINT' };

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
  await runScript(connection, new URL(kind.script, import.meta.url), kind.values, { source: INTEGER });
  const malformed = [...torn.map(({ line, text }) => ({ file: path, line, problem: 'unclosed quote', text })), ...rejected];
  const [row] = await queryObjects(connection, 'SELECT count(*) AS lines FROM loaded');
  if (malformed.length > 0 && Number(row?.lines) === 0) throw unreadable(path, malformed);
  return malformed.sort((a, b) => a.line - b.line);
}

/** Reads single ratings or statistics (movieId, mean, count) into rating_stats. The header tells which. Returns the number of malformed lines. */
export async function loadRatings(
  connection: DuckDBConnection,
  path: string,
  scale: number,
  { signal, log }: PipelineContext,
): Promise<number> {
  const file = await inspectRatingsFile(path, connection, signal);
  if (file.kind === 'statistics') return loadStatistics(connection, file, log);
  const malformed = await withRatings(connection, file, { scale, numericUsers: false }, async (query, bindings) => {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE rated AS
       SELECT movie, avg(stars) FILTER (halfStars BETWEEN 1 AND 10) AS mean, count(*) FILTER (halfStars BETWEEN 1 AND 10) AS used,
         count(*) FILTER (halfStars BETWEEN ${LIKED_FROM} AND 10) AS likes,
         count(*) FILTER (halfStars = ${OUTSIDE}) AS outside, count(*) FILTER (halfStars = ${UNUSABLE}) AS unusable
       FROM (${query}) GROUP BY movie`,
      bindings,
    );
  });
  const [sums] = await queryObjects(connection, 'SELECT sum(used) AS used, sum(outside) AS outside, sum(unusable) AS unusable FROM rated');
  const { used, outside, unusable } = sums;
  reportLeftOut(path, { malformed, unusable: Number(unusable), outside: Number(outside) }, Number(used), scale, log);
  await connection.run('INSERT INTO rating_stats SELECT movie, mean, used, likes FROM rated WHERE used > 0');
  return malformed.length;
}

async function loadStatistics(connection: DuckDBConnection, { path, csv }: RatingsFile, log: (line: string) => void): Promise<number> {
  if (csv === undefined) {
    await runScript(connection, new URL('./load-stats-parquet.sql', import.meta.url), { path });
    return 0;
  }
  const malformed = await readCsv(connection, csv, path, STATISTICS_TYPES, './load-stats.sql');
  const [row] = await queryObjects(connection, 'SELECT count(*) AS movies FROM rating_stats');
  if (malformed.length > 0 && Number(row?.movies) === 0) throw unreadable(path, malformed);
  logMalformedLines(malformed, log);
  return malformed.length;
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
  return takeRejectedLines(connection, file, shownPath);
}

function unreadable(path: string, malformed: readonly MalformedLine[]): CliError {
  const [first] = malformed;
  return new CliError(`${path}: no line can be read (line ${first?.line}: ${first?.problem}); check that it is the right file`);
}
