import { rm } from 'node:fs/promises';
import { INTEGER } from '@duckdb/node-api';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import { CliError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { runStage, temporaryPathFor } from '../cli/stage.ts';
import { queryObjects, runScript, withDatabase } from '../data/duckdb.ts';
import { kinds, loadFile, loadRatings, type MalformedLine, prepareDatabase } from '../merge/load.ts';
import { candidatePaths, findRawFiles, type RawFiles, ratingsLikeFiles } from '../merge/raw-files.ts';

export const help = `merge: raw files -> one catalogue, a film a line.

Usage: npm run pipeline -- merge --raw DIR --out FILE [OPTIONS]

  --raw DIR            where ml-*/movies.csv, links.csv and ratings.csv are, and tmdb/tmdb_metadata.csv and
                       providers/providers.csv when there (each may be gzipped)
  --out FILE           the CSV to write
  --dataset NAME       the data set, when there are several (ml-32m)
  --ratings FILE       ratings (userId, movieId, rating) or their figures (movieId, mean, count); CSV, CSV.gz or Parquet
  --min-year YEAR      the oldest films to keep; 0 keeps all, also those without a year (default 1950)
  --require-overview   keep only films with an overview
  --min-ratings N      keep only films with at least so many ratings
  --region CODE        the country whose streaming services are taken (default US)
  --force              merge even when nothing has changed
`;

export interface MergeOptions {
  readonly raw: string;
  readonly out: string;
  readonly dataset?: string | undefined;
  readonly ratings?: string | undefined;
  /** 1950 when absent; 0 for no limit. */
  readonly minYear?: number | undefined;
  readonly requireOverview?: boolean | undefined;
  readonly minRatings?: number | undefined;
  readonly region?: string | undefined;
  readonly force?: boolean | undefined;
}

export interface MergeReport {
  readonly rows: number;
  readonly dataset: string;
  /** The files that were read, by what they are. */
  readonly sources: Readonly<Record<string, string>>;
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  /** Films whose TMDb record looks like another work's, in whole or in part. */
  readonly doubtfulRecords: number;
  readonly malformedLines: number;
}

// To be raised when merge makes another catalogue from the same files.
const version = 2;
const malformedLinesShown = 10;

export async function run(args: string[], effects: PipelineContext): Promise<void> {
  const values = parseArguments('merge', args, {
    raw: { type: 'string', required: true },
    out: { type: 'string', required: true },
    dataset: { type: 'string' },
    ratings: { type: 'string' },
    'min-year': { type: 'string' },
    'require-overview': { type: 'boolean' },
    'min-ratings': { type: 'string' },
    region: { type: 'string' },
    force: { type: 'boolean' },
  });
  await mergeCatalogue(
    {
      raw: values.raw,
      out: values.out,
      dataset: values.dataset,
      ratings: values.ratings,
      minYear: wholeNumber('merge', 'min-year', values['min-year'], 0, 9999),
      requireOverview: values['require-overview'],
      minRatings: wholeNumber('merge', 'min-ratings', values['min-ratings'], 0, 1_000_000_000),
      region: values.region,
      force: values.force,
    },
    effects,
  );
}

/**
 * Merges the raw files into one CSV, ordered by movieId; does nothing when it is there and nothing has changed.
 *
 * On MovieLens 32M with films since 1950 the plain rule "TMDb's year or the title's, any genre listed" keeps 75,748 films; this one
 * keeps 75,733: "TV Movie" is not taken for a genre and one film has no other; thirteen lose the genres of another work and have none
 * in MovieLens; and one loses another work's year and is of 1932.
 */
export async function mergeCatalogue(options: MergeOptions, effects: PipelineContext): Promise<MergeReport> {
  const files = await findRawFiles(options);
  const filters = {
    minYear: options.minYear ?? 1950,
    requireOverview: options.requireOverview ?? false,
    minRatings: options.minRatings ?? 0,
    region: options.region ?? 'US',
  };
  if (files.ratings === undefined && filters.minRatings > 0) {
    throw new CliError(`${files.dataset} has no ratings, so --min-ratings cannot be judged; ${await ratingsHint(options.raw)}`);
  }
  const { result } = await runStage(
    {
      name: 'merge',
      output: options.out,
      inputs: candidatePaths(options, files.dataset),
      options: { ...filters, dataset: files.dataset },
      version,
      effects,
      force: options.force,
    },
    (temporaryPath) => merge(files, filters, options.raw, temporaryPath, effects),
  );
  return result;
}

interface Filters {
  readonly minYear: number;
  readonly requireOverview: boolean;
  readonly minRatings: number;
  readonly region: string;
}

async function merge(files: RawFiles, filters: Filters, raw: string, out: string, effects: PipelineContext): Promise<MergeReport> {
  const { log, signal } = effects;
  if (files.links === undefined) log(`  ${files.dataset} has no links.csv: no TMDb data can be joined`);
  if (files.tmdb === undefined) log('  no tmdb/tmdb_metadata.csv: no overviews, runtimes, people; "download" with a TMDb key fetches it');
  if (files.providers === undefined) log('  no providers/providers.csv: no streaming services');
  if (files.ratings === undefined) log(`  ${files.dataset} has no ratings: ${await ratingsHint(raw)}`);
  const copyPath = temporaryPathFor(`${out}.mended`);
  const task = effects.progress.start({ label: 'merge' });
  try {
    return await withDatabase(signal, async (connection) => {
      await prepareDatabase(connection);
      const malformed: MalformedLine[] = [];
      let steps = 0;
      for (const kind of ['movies', 'links', 'tmdb', 'providers'] as const) {
        const path = files[kind];
        task.update(steps++, `reading ${path ?? kind}`);
        if (path !== undefined) malformed.push(...(await loadFile(connection, path, kinds[kind], copyPath, signal)));
      }
      if (files.ratings !== undefined) {
        const path = files.ratings;
        // The one file that can take long: say how far DuckDB is.
        const ticking = setInterval(
          () => task.update(steps, `reading ${path}, ${Math.max(0, Math.round(connection.progress.percentage))} %`),
          500,
        );
        try {
          malformed.push(...(await loadRatings(connection, path, signal)));
        } finally {
          clearInterval(ticking);
        }
      }
      task.update(++steps, 'joining');
      await runScript(
        connection,
        new URL('../merge/merge.sql', import.meta.url),
        { ...filters, out },
        { minYear: INTEGER, minRatings: INTEGER },
      );
      const report = await reportOn(connection, files, malformed.length);
      task.end();
      describe(report, malformed, log);
      if (report.rows === 0)
        throw new CliError(
          `merge: no film of ${files.dataset} is left after the filters; loosen --min-year, --min-ratings or --require-overview`,
        );
      return report;
    });
  } finally {
    task.end();
    await rm(copyPath, { force: true });
  }
}

async function reportOn(connection: Parameters<typeof queryObjects>[0], files: RawFiles, malformedLines: number): Promise<MergeReport> {
  const dropped = await queryObjects(
    connection,
    `SELECT droppedFor AS reason, count(*) AS count FROM judged WHERE droppedFor IS NOT NULL GROUP BY ALL
     UNION ALL SELECT 'movieId given before', n FROM (SELECT count(movieId) - count(DISTINCT movieId) AS n FROM raw_movies) WHERE n > 0
     UNION ALL SELECT 'no movieId', n FROM (SELECT count(*) - count(movieId) AS n FROM raw_movies) WHERE n > 0
     ORDER BY count DESC, reason`,
  );
  const [doubtful] = await queryObjects(connection, "SELECT count(*) AS records FROM origins WHERE origin <> 'whole'");
  const [kept] = await queryObjects(connection, 'SELECT count(*) AS rows FROM merged');
  const { dataset, ...paths } = files;
  const sources: Record<string, string> = {};
  for (const [kind, path] of Object.entries(paths)) if (path !== undefined) sources[kind] = path;
  return {
    rows: Number(kept?.rows),
    dataset,
    sources,
    dropped: dropped.map(({ reason, count }) => ({ reason: String(reason), count: Number(count) })),
    doubtfulRecords: Number(doubtful?.records),
    malformedLines,
  };
}

function describe(report: MergeReport, malformed: readonly MalformedLine[], log: (line: string) => void): void {
  for (const { file, line, problem, text } of malformed.slice(0, malformedLinesShown)) {
    const excerpt = text.length > 80 ? `${text.slice(0, 80)}...` : text;
    log(`  ${file}:${line}: ${problem}, line left out: ${excerpt.replace(/[\p{Cc}]+/gu, ' ')}`);
  }
  if (malformed.length > malformedLinesShown) {
    log(`  ... ${formatCount(malformed.length - malformedLinesShown)} more malformed lines, ${formatCount(malformed.length)} in all`);
  }
  if (report.doubtfulRecords > 0) {
    log(`  ${formatCount(report.doubtfulRecords)} TMDb records look like another work's: MovieLens's title and genres taken`);
  }
  for (const { reason, count } of report.dropped) log(`  dropped ${formatCount(count)}: ${reason}`);
}

async function ratingsHint(raw: string): Promise<string> {
  const found = await ratingsLikeFiles(raw);
  return found.length === 0 ? '--ratings can name a file of them' : `--ratings could name ${found.join(' or ')}`;
}
