import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RefreshChanges } from '../../../src/engine/artifacts/refresh-state.ts';
import { CliError, hasCode } from '../../cli/cli-error.ts';
import { formatCount, formatDuration } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { type Regions, regionsName } from '../../cli/region.ts';
import { TransientError } from '../../cli/retry.ts';
import { removeLeftovers, temporaryPathFor, writeAtomically } from '../../cli/stage.ts';
import { dayOf, updateAvailability } from './availability-file.ts';
import { changedMovies } from './changes.ts';
import { createTmdbClient, type TmdbClient } from './client.ts';
import { discoverMovies } from './discover.ts';
import { fetchMovies } from './fetch-movies.ts';
import { fetchIdExport } from './id-export.ts';
import { type JournalEntry, openJournal } from './journal.ts';
import { linkedTmdbIds, linksFile } from './links.ts';
import { writeMetadata } from './metadata.ts';
import { createRateLimit } from './rate-limit.ts';
import { firstExisting, readTable } from './raw-table.ts';
import { METADATA_COLUMNS } from './record.ts';

export interface NewMoviesOptions {
  readonly raw: string;
  readonly dataset: string;
  readonly region: string;
  readonly regions: Regions;
  readonly key: string;
  readonly tmdbUrl: string;
  readonly exportUrl: string;
  readonly rate: number;
  /** Only movies that were released on this day or later. Undefined: all. */
  readonly since: Date | undefined;
  readonly minVotes: number;
  readonly minPopularity: number;
  readonly force: boolean;
  /** Each movie is fetched again within this many days, because /movie/changes does not name changes of offers. Undefined: never. */
  readonly recheckDays?: number | undefined;
}

/** The first film was shown in this century. */
const FIRST_DAY = new Date('1870-01-01');
const DAY = 86_400_000;
const stateSchema = z.object({ checkedUntil: z.iso.date() });

/**
 * Fetches the movies of TMDb that the data set does not have into tmdb/new_movies.csv, and the movies that changed since the last run: those
 * of the data set into tmdb/changed_movies.csv. A movie is taken when TMDb's daily export and /discover both have it. What an earlier run
 * fetched is asked for again only when /movie/changes names it, or when it is due by `recheckDays`. An interrupted run continues with the
 * journal.
 */
export async function fetchNewMovies(options: NewMoviesOptions, context: PipelineContext): Promise<RefreshChanges> {
  const { raw, dataset, regions, since, minVotes, minPopularity, force } = options;
  const started = context.now();
  const folder = join(raw, 'tmdb');
  const output = join(folder, 'new_movies.csv');
  const changedOutput = join(folder, 'changed_movies.csv');
  const journalPath = join(folder, 'new_movies.partial.jsonl');
  const statePath = join(folder, 'refresh.json');
  const failedPath = join(folder, 'failed-new-ids.txt');
  for (const path of [output, changedOutput, statePath]) await removeLeftovers(path);
  if (force) for (const path of [output, journalPath, statePath]) await rm(path, { force: true });
  const linked = new Set(await linkedTmdbIds(await linksFile(raw, dataset), context.signal));
  const kept = new Set((await readTable(output, ['tmdb_id'], context.signal)).map((row) => Number(row.get('tmdb_id'))));
  context.log(`[${kept.size === 0 ? 'new' : 'stale'}] TMDb movies that ${dataset} does not have`);

  const client = createTmdbClient({
    baseUrl: options.tmdbUrl,
    key: options.key,
    rateLimit: createRateLimit(options.rate, context),
    context,
  });
  const { day, popularity } = await fetchIdExport(options.exportUrl, context);
  const today = new Date(dayOf(started));
  const discovered = await untilTmdbFails(() => discoverMovies({ from: since ?? FIRST_DAY, to: today, minVotes }, client, context));
  const wanted = [...discovered].filter((id) => !linked.has(id) && (popularity.get(id) ?? -1) >= minPopularity);
  const metadataPath = await firstExisting(join(folder, 'tmdb_metadata.csv'));
  const last = await lastCheck(statePath, metadataPath);
  const changed = await changesSince(last, today, client, context);
  const isDue = recheck(last, today, options.recheckDays);
  const news = wanted.filter((id) => !kept.has(id));
  const changedKept = [...kept].filter((id) => changed.has(id) || isDue(id));
  const changedLinked = metadataPath === undefined ? [] : [...linked].filter((id) => changed.has(id) || isDue(id));
  context.log(
    `  export of ${day.replaceAll('_', '/')}: ${formatCount(popularity.size)} movies; ${formatCount(wanted.length)} are wanted, ${formatCount(news.length)} of them new; ${formatCount(changedKept.length + changedLinked.length)} others ${options.recheckDays === undefined ? 'changed' : 'changed or are due'}`,
  );

  const ids = [...new Set([...news, ...changedKept, ...changedLinked])].sort((a, b) => a - b);
  const journal = await openJournal(journalPath, `${options.region} ${regionsName(regions)}`);
  const { failed, unusable } = await fetchMovies(ids, client, journal, options, context).finally(() => journal.close());
  const asked = new Set(ids);
  const entries = [...journal.entries.values()].filter(({ id }) => asked.has(id)).sort((a, b) => a.id - b.id);
  const ofNew = entries.filter(({ id }) => !linked.has(id)).map((entry) => (isShowable(entry, today) ? entry : { id: entry.id }));
  const rows = await rewrite(output, ofNew, context.signal);
  if (changedLinked.length > 0)
    await rewrite(
      changedOutput,
      entries.filter(({ id, fields }) => linked.has(id) && fields !== undefined),
      context.signal,
    );
  const offers = await updateAvailability(join(raw, 'providers', 'availability.csv'), entries, regions, started, context.signal);
  const left = ofNew.filter(({ fields }) => fields === undefined).length;
  if (left > 0) context.log(`  ${formatCount(left)} are left out: not released, for adults, or no longer on TMDb`);
  const missed = [...failed, ...unusable].sort((a, b) => a.id - b.id);
  if (missed.length > 0) await writeAtomically(failedPath, missed.map(({ id, reason }) => `${id}\t${reason}\n`).join(''));
  else await rm(failedPath, { force: true });
  if (failed.length > 0) {
    throw new CliError(
      `${formatCount(failed.length)} of ${formatCount(ids.length)} movies could not be fetched; ${failedPath} lists them; run again to fetch them (the other movies are kept)`,
    );
  }
  if (unusable.length > 0)
    context.log(`  ${formatCount(unusable.length)} answers of TMDb cannot be used and are left out; ${failedPath} lists them`);
  await writeAtomically(statePath, `${JSON.stringify({ checkedUntil: dayOf(started) } satisfies z.infer<typeof stateSchema>)}\n`);
  await rm(journalPath, { force: true });
  context.log(
    `  ${output}: ${formatCount(rows)} rows, ${formatCount(entries.length)} fetched, ${formatDuration(context.now().getTime() - started.getTime())}`,
  );
  const isNew = new Set(news);
  const shown = ofNew.filter(({ fields }) => fields !== undefined);
  return {
    newMovies: shown.filter(({ id }) => isNew.has(id)).length,
    changedMovies: entries.filter(({ id, fields }) => changed.has(id) && !isNew.has(id) && fields !== undefined).length,
    removedMovies: ofNew.filter(({ id, fields }) => kept.has(id) && fields === undefined).length,
    offersBegun: offers.begun,
    offersEnded: offers.ended,
  };
}

/** Which movies are due for another fetch: a share of all on each day, by their ids, so that nothing has to be remembered. */
function recheck(last: Date | undefined, today: Date, days: number | undefined): (id: number) => boolean {
  if (last === undefined || days === undefined) return () => false;
  const [from, to] = [last, today].map((date) => Math.floor(date.getTime() / DAY));
  const due = new Set(Array.from({ length: Math.min(Math.max(to - from, 0), days) }, (_, n) => (to - n) % days));
  return (id) => due.has(id % days);
}

async function rewrite(output: string, entries: readonly JournalEntry[], signal: AbortSignal): Promise<number> {
  const temporaryPath = temporaryPathFor(output);
  const rows = await writeMetadata(output, temporaryPath, entries, signal);
  await rename(temporaryPath, output);
  return rows;
}

/** Released, and not for adults. */
function isShowable({ fields }: JournalEntry, today: Date): boolean {
  const value = (name: (typeof METADATA_COLUMNS)[number]): string => fields?.[METADATA_COLUMNS.indexOf(name)] ?? '';
  const released = value('release_date');
  return value('adult') === '0' && value('status') === 'Released' && released !== '' && released <= dayOf(today);
}

/** The last day whose changes are known: that of the last run, else that of the first download. */
async function lastCheck(statePath: string, metadataPath: string | undefined): Promise<Date | undefined> {
  try {
    return new Date(stateSchema.parse(JSON.parse(await readFile(statePath, 'utf8'))).checkedUntil);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    return metadataPath === undefined ? undefined : new Date(dayOf((await stat(metadataPath)).mtime));
  }
}

/** From the day before, because a day's changes may still grow after it was asked for. */
async function changesSince(
  last: Date | undefined,
  today: Date,
  client: TmdbClient,
  context: PipelineContext,
): Promise<ReadonlySet<number>> {
  if (last === undefined) return new Set();
  return untilTmdbFails(() => changedMovies(new Date(last.getTime() - DAY), today, client, context));
}

async function untilTmdbFails<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TransientError) throw new CliError(`TMDb does not respond (${error.message}); run again later to continue`);
    throw error;
  }
}
