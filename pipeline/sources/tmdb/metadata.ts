import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, hasCode } from '../../cli/cli-error.ts';
import { formatCount } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { runStage, writeAtomically } from '../../cli/stage.ts';
import { type MalformedLines, readCsvColumns, toCsvLine } from '../../data/csv-table.ts';
import { createTmdbClient } from './client.ts';
import { fetchMovies } from './fetch-movies.ts';
import { type JournalEntry, openJournal } from './journal.ts';
import { createRateLimit } from './rate-limit.ts';
import { METADATA_COLUMNS } from './record.ts';

export interface MetadataOptions {
  readonly raw: string;
  readonly dataset: string;
  readonly region: string;
  readonly key: string;
  readonly tmdbUrl: string;
  readonly rate: number;
  readonly limit: number | undefined;
  readonly force: boolean;
}

interface Link {
  readonly movieId: string;
  readonly tmdbId: number;
}

/** Raise this when the same movies give other files. */
const METADATA_VERSION = 2;
const PROVIDER_COLUMNS = ['movieId', 'service', 'region', 'sources'] as const;

/**
 * Fetches TMDb's metadata and streaming services for the movies of a data set. Rows of movies of other data sets stay in the files.
 * When some movies fail, the other movies are kept and the next run requests only the failed ones.
 */
export async function fetchMetadata(options: MetadataOptions, context: PipelineContext): Promise<void> {
  const { raw, dataset, region, limit } = options;
  const linksPath = await firstExisting(join(raw, dataset, 'links.csv'));
  if (linksPath === undefined) throw new CliError(`${join(raw, dataset)}: there is no links.csv, so no TMDb ids; download with --force`);
  const output = join(raw, 'tmdb', 'tmdb_metadata.csv');
  const journalPath = join(raw, 'tmdb', 'tmdb_metadata.partial.jsonl');
  const failedPath = join(raw, 'tmdb', 'failed-ids.txt');
  if (options.force) {
    // Without the record an interrupted forced run continues without --force.
    await rm(journalPath, { force: true });
    await rm(`${output}.stage.json`, { force: true });
  }
  await runStage(
    {
      name: `TMDb metadata of ${dataset}`,
      output,
      inputs: [linksPath],
      options: { region, limit: limit ?? null },
      version: METADATA_VERSION,
      context,
    },
    async (temporaryPath) => {
      const links = await readLinks(linksPath, context.signal);
      const ids = [...new Set(links.map(({ tmdbId }) => tmdbId))].sort((a, b) => a - b).slice(0, limit);
      const rateLimit = createRateLimit(options.rate, context);
      const client = createTmdbClient({ baseUrl: options.tmdbUrl, key: options.key, rateLimit, context });
      const journal = await openJournal(journalPath, region);
      const { failed, unusable } = await fetchMovies(ids, client, journal, region, context).finally(() => journal.close());
      const asked = new Set(ids);
      const entries = [...journal.entries.values()].filter(({ id }) => asked.has(id)).sort((a, b) => a.id - b.id);
      const rows = await writeMetadata(output, temporaryPath, entries, context.signal);
      await writeProviders(join(raw, 'providers', 'providers.csv'), entries, links, region, context);
      const gone = entries.filter(({ fields }) => fields === undefined).length;
      if (unusable.length > 0) {
        const [first] = unusable;
        // One record that TMDb cannot give must not stop all others. No usable record at all is another fault.
        if (rows === 0)
          throw new CliError(
            `TMDb has no usable answer for any of ${formatCount(unusable.length)} movies (${first.id}: ${first.reason}); check --tmdb-url`,
          );
        context.log(
          `  ${formatCount(unusable.length)} answers of TMDb cannot be used and are left out, for example of ${first.id} (${first.reason}); ${failedPath} lists them`,
        );
      }
      if (gone > 0) context.log(`  ${formatCount(gone)} movies no longer exist on TMDb`);
      if (failed.length > 0) {
        // Without the record the next run does not treat the output as complete.
        await rm(`${output}.stage.json`, { force: true });
        await rename(temporaryPath, output);
        await writeAtomically(failedPath, [...failed, ...unusable].map(({ id, reason }) => `${id}\t${reason}\n`).join(''));
        const shown = failed.slice(0, 10).map(({ id, reason }) => `${id} (${reason})`);
        throw new CliError(
          `${formatCount(failed.length)} of ${formatCount(ids.length)} movies could not be fetched: ${shown.join(', ')}` +
            `${failed.length > shown.length ? ', ...' : ''}; ${failedPath} lists all of them; run again to fetch them (the other movies are kept)`,
        );
      }
      await rm(journalPath, { force: true });
      if (unusable.length === 0) await rm(failedPath, { force: true });
      else await writeAtomically(failedPath, unusable.map(({ id, reason }) => `${id}\t${reason}\n`).join(''));
      return { rows };
    },
  );
}

async function writeMetadata(
  output: string,
  temporaryPath: string,
  entries: readonly JournalEntry[],
  signal: AbortSignal,
): Promise<number> {
  const known = new Set(entries.map(({ id }) => id));
  const kept = (await readTable(output, ['tmdb_id'], signal)).filter((row) => !known.has(Number(row.get('tmdb_id'))));
  const rows = [
    ...entries.flatMap(({ fields }) => (fields === undefined ? [] : [[...fields]])),
    ...kept.map((row) => METADATA_COLUMNS.map((name) => row.get(name) ?? '')),
  ].sort((a, b) => Number(a[0]) - Number(b[0]));
  await writeFile(temporaryPath, [METADATA_COLUMNS, ...rows].map(toCsvLine).join(''));
  return rows.length;
}

async function writeProviders(
  path: string,
  entries: readonly JournalEntry[],
  links: readonly Link[],
  region: string,
  { now, signal }: PipelineContext,
): Promise<void> {
  const servicesOf = new Map(entries.map(({ id, services = [] }) => [id, services]));
  const source = `tmdb ${now().toISOString().slice(0, 10)}`;
  // Rows of other movies, of other countries and of movies that failed stay.
  const known = links.filter(({ tmdbId }) => servicesOf.has(tmdbId));
  const replaced = new Set(known.map(({ movieId }) => movieId));
  const kept = (await readTable(path, ['movieId', 'service', 'region'], signal)).filter(
    (row) => row.get('region') !== region || !replaced.has(row.get('movieId') ?? ''),
  );
  const rows = [
    ...known.flatMap(({ movieId, tmdbId }) => (servicesOf.get(tmdbId) ?? []).map((service) => [movieId, service, region, source])),
    ...kept.map((row) => PROVIDER_COLUMNS.map((name) => row.get(name) ?? '')),
  ].sort((a, b) => Number(a[0]) - Number(b[0]));
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, [PROVIDER_COLUMNS, ...rows].map(toCsvLine).join(''));
}

async function readLinks(path: string, signal: AbortSignal): Promise<Link[]> {
  const rows = await readRows(path, ['movieId', 'tmdbId'], 'skip', signal);
  return rows.flatMap((row) => {
    const tmdbId = Number(row.get('tmdbId'));
    const movieId = row.get('movieId') ?? '';
    return Number.isInteger(tmdbId) && tmdbId > 0 && /^\d+$/.test(movieId) ? [{ movieId, tmdbId }] : [];
  });
}

async function readTable(path: string, required: readonly string[], signal: AbortSignal): Promise<Map<string, string>[]> {
  const found = await firstExisting(path);
  // These rows are written again, so a malformed line is an error: skipping it would delete it.
  return found === undefined ? [] : readRows(found, required, 'refuse', signal);
}

async function readRows(
  path: string,
  required: readonly string[],
  malformed: MalformedLines,
  signal: AbortSignal,
): Promise<Map<string, string>[]> {
  const columns = [...(await readCsvColumns(path, required, malformed, signal))];
  return Array.from({ length: columns[0][1].length }, (_, row) => new Map(columns.map(([name, values]) => [name, values[row]])));
}

async function firstExisting(path: string): Promise<string | undefined> {
  for (const candidate of [path, `${path}.gz`]) {
    try {
      await stat(candidate);
      return candidate;
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
  return undefined;
}
