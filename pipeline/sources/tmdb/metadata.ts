import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../../cli/cli-error.ts';
import { formatCount } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { type Regions, regionsName } from '../../cli/region.ts';
import { runStage, writeAtomically } from '../../cli/stage.ts';
import { toCsvLine } from '../../data/csv-table.ts';
import { updateAvailability } from './availability-file.ts';
import { createTmdbClient } from './client.ts';
import { fetchMovies } from './fetch-movies.ts';
import { type JournalEntry, openJournal } from './journal.ts';
import { linkedTmdbIds, linksFile } from './links.ts';
import { createRateLimit } from './rate-limit.ts';
import { readTable } from './raw-table.ts';
import { METADATA_COLUMNS } from './record.ts';

export interface MetadataOptions {
  readonly raw: string;
  readonly dataset: string;
  /** Country of the certifications. */
  readonly region: string;
  /** Countries of the offers. */
  readonly regions: Regions;
  readonly key: string;
  readonly tmdbUrl: string;
  readonly rate: number;
  readonly limit: number | undefined;
  readonly force: boolean;
}

/** Raise this when the same movies give other files. */
const METADATA_VERSION = 3;

/**
 * Fetches TMDb's metadata and streaming services for the movies of a data set. Rows of movies of other data sets stay in the files.
 * When some movies fail, the other movies are kept and the next run requests only the failed ones.
 */
export async function fetchMetadata(options: MetadataOptions, context: PipelineContext): Promise<void> {
  const { raw, dataset, region, regions, limit } = options;
  const linksPath = await linksFile(raw, dataset);
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
      options: { region, regions: regionsName(regions), limit: limit ?? null },
      version: METADATA_VERSION,
      context,
    },
    async (temporaryPath) => {
      const ids = (await linkedTmdbIds(linksPath, context.signal)).slice(0, limit);
      const rateLimit = createRateLimit(options.rate, context);
      const client = createTmdbClient({ baseUrl: options.tmdbUrl, key: options.key, rateLimit, context });
      const journal = await openJournal(journalPath, `${region} ${regionsName(regions)}`);
      const { failed, unusable } = await fetchMovies(ids, client, journal, options, context).finally(() => journal.close());
      const asked = new Set(ids);
      const entries = [...journal.entries.values()].filter(({ id }) => asked.has(id)).sort((a, b) => a.id - b.id);
      const rows = await writeMetadata(output, temporaryPath, entries, context.signal);
      await updateAvailability(join(raw, 'providers', 'availability.csv'), entries, regions, context.now(), context.signal);
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

/** Writes the fetched records, and those of `output` that were not fetched. Returns how many there are. */
export async function writeMetadata(
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
