import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CliError, hasCode } from '../../cli/cli-error.ts';
import { formatCount } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { runStage, writeAtomically } from '../../cli/stage.ts';
import { inspectCsv } from '../../data/csv-file.ts';
import { parseRecords, toCsvLine } from '../../data/csv-records.ts';
import { createTmdbClient } from './client.ts';
import { fetchMovies } from './fetch-movies.ts';
import { type JournalEntry, openJournal } from './journal.ts';
import { createRateLimit } from './rate-limit.ts';
import { metadataColumns } from './record.ts';

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

const version = 1;
const providerColumns = ['movieId', 'service', 'region', 'sources'] as const;

/**
 * Fetches what TMDb knows of a data set's movies. What earlier runs fetched for movies of other data sets stays in the files.
 * When some movies fail, the others are kept, the failed ones listed, and the next run asks for those alone.
 */
export async function fetchMetadata(options: MetadataOptions, effects: PipelineContext): Promise<void> {
  const { raw, dataset, region, limit } = options;
  const linksPath = await firstExisting(join(raw, dataset, 'links.csv'));
  if (linksPath === undefined) throw new CliError(`${join(raw, dataset)}: there is no links.csv, so no TMDb ids; download with --force`);
  const output = join(raw, 'tmdb', 'tmdb_metadata.csv');
  const journalPath = join(raw, 'tmdb', 'tmdb_metadata.partial.jsonl');
  const failedPath = join(raw, 'tmdb', 'failed-ids.txt');
  if (options.force) {
    // Without a record a forced run that is stopped goes on without --force.
    await rm(journalPath, { force: true });
    await rm(`${output}.stage.json`, { force: true });
  }
  await runStage(
    {
      name: `TMDb metadata of ${dataset}`,
      output,
      inputs: [linksPath],
      options: { region, limit: limit ?? null },
      version,
      effects,
    },
    async (temporaryPath) => {
      const links = await readLinks(linksPath);
      const ids = [...new Set(links.map(({ tmdbId }) => tmdbId))].sort((a, b) => a - b).slice(0, limit);
      const rateLimit = createRateLimit(options.rate, effects);
      const client = createTmdbClient({ baseUrl: options.tmdbUrl, key: options.key, rateLimit, effects });
      const journal = await openJournal(journalPath, region);
      const failed = await fetchMovies(ids, client, journal, region, effects).finally(() => journal.close());
      const asked = new Set(ids);
      const entries = [...journal.entries.values()].filter(({ id }) => asked.has(id)).sort((a, b) => a.id - b.id);
      const rows = await writeMetadata(output, temporaryPath, entries);
      await writeProviders(join(raw, 'providers', 'providers.csv'), entries, links, region, effects.now());
      const gone = entries.filter(({ fields }) => fields === undefined).length;
      if (gone > 0) effects.log(`  ${formatCount(gone)} movies are gone from TMDb`);
      if (failed.length > 0) {
        // No stage record: the next run must not take this for complete.
        await rm(`${output}.stage.json`, { force: true });
        await rename(temporaryPath, output);
        await writeAtomically(failedPath, failed.map(({ id, reason }) => `${id}\t${reason}\n`).join(''));
        const shown = failed.slice(0, 10).map(({ id, reason }) => `${id} (${reason})`);
        throw new CliError(
          `${formatCount(failed.length)} of ${formatCount(ids.length)} movies could not be fetched: ${shown.join(', ')}` +
            `${failed.length > shown.length ? ', ...' : ''}; all are in ${failedPath}, the others are kept, run again for the rest`,
        );
      }
      await rm(journalPath, { force: true });
      await rm(failedPath, { force: true });
      return { rows };
    },
  );
}

async function writeMetadata(output: string, temporaryPath: string, entries: readonly JournalEntry[]): Promise<number> {
  const known = new Set(entries.map(({ id }) => id));
  const kept = (await readTable(output, ['tmdb_id'])).filter((row) => !known.has(Number(row.get('tmdb_id'))));
  const rows = [
    ...entries.flatMap(({ fields }) => (fields === undefined ? [] : [[...fields]])),
    ...kept.map((row) => metadataColumns.map((name) => row.get(name) ?? '')),
  ].sort((a, b) => Number(a[0]) - Number(b[0]));
  await writeFile(temporaryPath, [metadataColumns, ...rows].map(toCsvLine).join(''));
  return rows.length;
}

async function writeProviders(
  path: string,
  entries: readonly JournalEntry[],
  links: readonly Link[],
  region: string,
  now: Date,
): Promise<void> {
  const servicesOf = new Map(entries.map(({ id, services = [] }) => [id, services]));
  const source = `tmdb ${now.toISOString().slice(0, 10)}`;
  // What is said about other movies or other countries stays; for the movies that failed too.
  const known = links.filter(({ tmdbId }) => servicesOf.has(tmdbId));
  const replaced = new Set(known.map(({ movieId }) => movieId));
  const kept = (await readTable(path, ['movieId', 'service', 'region'])).filter(
    (row) => row.get('region') !== region || !replaced.has(row.get('movieId') ?? ''),
  );
  const rows = [
    ...known.flatMap(({ movieId, tmdbId }) => (servicesOf.get(tmdbId) ?? []).map((service) => [movieId, service, region, source])),
    ...kept.map((row) => providerColumns.map((name) => row.get(name) ?? '')),
  ].sort((a, b) => Number(a[0]) - Number(b[0]));
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, [providerColumns, ...rows].map(toCsvLine).join(''));
}

async function readLinks(path: string): Promise<Link[]> {
  const rows = await readRows(path, ['movieId', 'tmdbId']);
  return rows.flatMap((row) => {
    const tmdbId = Number(row.get('tmdbId'));
    const movieId = row.get('movieId') ?? '';
    return Number.isInteger(tmdbId) && tmdbId > 0 && /^\d+$/.test(movieId) ? [{ movieId, tmdbId }] : [];
  });
}

async function readTable(path: string, required: readonly string[]): Promise<Map<string, string>[]> {
  const found = await firstExisting(path);
  return found === undefined ? [] : readRows(found, required);
}

async function readRows(path: string, required: readonly string[]): Promise<Map<string, string>[]> {
  const { columns, compression } = await inspectCsv(path, required);
  const content = await readFile(path);
  const text = (compression === 'gzip' ? gunzipSync(content) : content).toString('utf8');
  const [, ...records] = parseRecords(text);
  return records.map((fields) => new Map(columns.map((name, index) => [name, fields[index] ?? ''])));
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
