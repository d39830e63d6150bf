import { rm } from 'node:fs/promises';
import { type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import { CliError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { type Regions, regionsName } from '../cli/region.ts';
import { runStage, temporaryPathFor } from '../cli/stage.ts';
import { queryObjects, runScript, withDatabase } from '../data/duckdb.ts';
import { logMalformedLines, type MalformedLine } from '../data/malformed-lines.ts';
import { DEFAULT_SCALE } from '../data/ratings-file.ts';
import { FILE_KINDS, loadFile, loadRatings, prepareDatabase } from './load.ts';
import { candidatePaths, findRawFiles, type RawFiles, ratingsLikeFiles } from './raw-files.ts';

export interface MergeOptions {
  readonly raw: string;
  readonly out: string;
  readonly dataset?: string | undefined;
  readonly ratings?: string | undefined;
  /** 0 keeps all years. Default: 1930, and movies of any year that the ratings have likes for. */
  readonly minYear?: number | undefined;
  readonly requireOverview?: boolean | undefined;
  /** Keep only movies with a TMDb record of their own. */
  readonly requireTmdb?: boolean | undefined;
  /** Keep movies that TMDb marks as for adults only. */
  readonly adult?: boolean | undefined;
  readonly minRatings?: number | undefined;
  /** The highest rating of the ratings file. Default: 5. */
  readonly scale?: number | undefined;
  /** Country whose subscriptions are the services of a movie. */
  readonly region?: string | undefined;
  /** Countries whose offers the catalog has, beside `region`. Undefined: all that the files have. */
  readonly regions?: Regions | undefined;
  readonly force?: boolean | undefined;
}

export interface MergeReport {
  readonly rows: number;
  readonly dataset: string;
  /** Paths of the files that were read, by kind. */
  readonly sources: Readonly<Record<string, string>>;
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  /** Number of movies whose TMDb record seems to belong to another work, in whole or in part. */
  readonly doubtfulRecords: number;
  readonly malformedLines: number;
}

/** Raise this when merge produces another catalog from the same files. */
const MERGE_VERSION = 8;
/** TMDb has some hundred titles of a well-known movie. The first ones are of MovieLens and the original. */
const MAX_OTHER_TITLES = 40;
const MAX_REGIONS_LOGGED = 20;

/**
 * Merges the raw files into one CSV file, ordered by movieId. Does nothing when the file exists and no input has changed.
 *
 * Figures for MovieLens 32M with movies since 1950 (--min-year 1950): the simple rule "TMDb's year or the title's, any genre" keeps 75,748 movies, this
 * merge keeps 75,733. The difference: one movie has only the genre "TV Movie", which is ignored. Thirteen movies lose the genres of
 * another work and have none in MovieLens. One movie loses the year of another work and dates from 1932.
 */
export async function mergeCatalog(options: MergeOptions, context: PipelineContext): Promise<MergeReport> {
  const files = await findRawFiles(options);
  const filters = {
    minYear: options.minYear ?? 1930,
    keepLiked: options.minYear === undefined,
    requireOverview: options.requireOverview ?? false,
    requireTmdb: options.requireTmdb ?? false,
    adult: options.adult ?? false,
    minRatings: options.minRatings ?? 0,
    region: options.region ?? 'US',
    regions: regionsName(options.regions ?? 'all'),
  };
  const scale = options.scale ?? DEFAULT_SCALE;
  if (files.ratings === undefined && filters.minRatings > 0) {
    throw new CliError(`${files.dataset} has no ratings, so --min-ratings cannot be applied; ${await ratingsHint(options.raw)}`);
  }
  const { result } = await runStage(
    {
      name: 'merge',
      output: options.out,
      inputs: candidatePaths(options, files.dataset),
      options: { ...filters, dataset: files.dataset, scale },
      version: MERGE_VERSION,
      context,
      force: options.force,
    },
    (temporaryPath) => merge(files, filters, scale, options.raw, temporaryPath, context),
  );
  return result;
}

interface Filters {
  readonly minYear: number;
  /** Keep every movie that the ratings have likes for, whatever its year and genres. */
  readonly keepLiked: boolean;
  readonly requireOverview: boolean;
  readonly requireTmdb: boolean;
  readonly adult: boolean;
  readonly minRatings: number;
  readonly region: string;
  readonly regions: string;
}

async function merge(
  files: RawFiles,
  filters: Filters,
  scale: number,
  raw: string,
  out: string,
  context: PipelineContext,
): Promise<MergeReport> {
  const { log, signal } = context;
  if (files.links === undefined) log(`  ${files.dataset} has no links.csv: no TMDb data can be joined`);
  if (files.tmdb === undefined) log('  no tmdb/tmdb_metadata.csv: no overviews, runtimes, people; "download" with a TMDb key fetches it');
  if (files.providers === undefined && files.availability === undefined) log('  no files in providers/: no streaming services');
  if (files.ratings === undefined) log(`  ${files.dataset} has no ratings: ${await ratingsHint(raw)}`);
  const copyPath = temporaryPathFor(`${out}.repaired`);
  const task = context.progress.start({ label: 'merge' });
  try {
    return await withDatabase(signal, async (connection) => {
      await prepareDatabase(connection);
      const malformed: MalformedLine[] = [];
      let steps = 0;
      for (const kind of ['movies', 'links', 'tmdb', 'changed', 'news', 'providers', 'availability', 'mine'] as const) {
        const path = files[kind];
        task.update(steps++, `reading ${path ?? kind}`);
        if (path !== undefined) malformed.push(...(await loadFile(connection, path, FILE_KINDS[kind], copyPath, signal)));
      }
      logMalformedLines(malformed, log);
      await reportRegions(connection, filters.region, log);
      let malformedLines = malformed.length;
      if (files.ratings !== undefined) {
        const path = files.ratings;
        // Only this file takes long, so its progress is shown.
        const timer = setInterval(
          () => task.update(steps, `reading ${path}, ${Math.max(0, Math.round(connection.progress.percentage))} %`),
          500,
        );
        try {
          malformedLines += await loadRatings(connection, path, scale, context);
        } finally {
          clearInterval(timer);
        }
      }
      task.update(++steps, 'joining');
      await runScript(
        connection,
        new URL('./merge.sql', import.meta.url),
        { ...filters, out, maxTitles: MAX_OTHER_TITLES },
        { minYear: INTEGER, minRatings: INTEGER, maxTitles: INTEGER },
      );
      const report = await reportOn(connection, files, malformedLines);
      task.end();
      describe(report, log);
      if (report.rows === 0)
        throw new CliError(
          `merge: no movie of ${files.dataset} is left after the filters; loosen --min-year, --min-ratings, --require-overview or --require-tmdb`,
        );
      return report;
    });
  } finally {
    task.end();
    await rm(copyPath, { force: true });
  }
}

async function reportOn(connection: DuckDBConnection, files: RawFiles, malformedLines: number): Promise<MergeReport> {
  const dropped = await queryObjects(
    connection,
    `SELECT droppedFor AS reason, count(*) AS count FROM judged WHERE droppedFor IS NOT NULL GROUP BY ALL
     UNION ALL SELECT 'movieId given before', n FROM (SELECT count(movieId) - count(DISTINCT movieId) AS n FROM raw_movies) WHERE n > 0
     UNION ALL SELECT 'no movieId from 1 to 2147483647', n FROM (SELECT count(*) - count(movieId) AS n FROM raw_movies) WHERE n > 0
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

function describe(report: MergeReport, log: (line: string) => void): void {
  if (report.doubtfulRecords > 0) {
    log(`  ${formatCount(report.doubtfulRecords)} TMDb records seem to belong to another work: title and genres come from MovieLens`);
  }
  for (const { reason, count } of report.dropped) log(`  dropped ${formatCount(count)}: ${reason}`);
}

/** Says so when the providers file has no service of the region. */
async function reportRegions(connection: DuckDBConnection, region: string, log: (line: string) => void): Promise<void> {
  const found = await queryObjects(
    connection,
    `SELECT DISTINCT region FROM raw_providers WHERE service IS NOT NULL AND region IS NOT NULL
     UNION SELECT region FROM raw_availability WHERE service IS NOT NULL AND region IS NOT NULL ORDER BY 1`,
  );
  const regions = found.map((row) => String(row.region));
  if (regions.length === 0 || regions.includes(region)) return;
  const shown = regions.length > MAX_REGIONS_LOGGED ? `${regions.slice(0, MAX_REGIONS_LOGGED).join(', ')}, ...` : regions.join(', ');
  log(`  no streaming service of ${region} in the providers file, which has ${shown}; choose one with --region`);
}

async function ratingsHint(raw: string): Promise<string> {
  const found = await ratingsLikeFiles(raw);
  return found.length === 0 ? 'name a ratings file with --ratings' : `name a file with --ratings, for example ${found.join(' or ')}`;
}
