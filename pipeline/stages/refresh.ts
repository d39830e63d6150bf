import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readOwnedMovies } from '../../src/engine/artifacts/owned-movies.ts';
import {
  MAX_REFRESH_LOG_LINES,
  type RefreshChanges,
  type RefreshState,
  type RefreshStep,
  readRefreshState,
  writeRefreshState,
} from '../../src/engine/artifacts/refresh-state.ts';
import { readPointer } from '../../src/engine/artifacts/version-store.ts';
import { duration, parseArguments, wholeNumber } from '../cli/arguments.ts';
import { CliError } from '../cli/cli-error.ts';
import { formatCount, formatDuration } from '../cli/format.ts';
import { withLock } from '../cli/lock.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { systemProblem } from '../cli/system-error.ts';
import { candidatePaths, findRawFiles } from '../merge/raw-files.ts';
import { replaceMine } from '../sources/media-servers/mine-file.ts';
import { ensureDataset } from '../sources/movielens/dataset.ts';
import { fetchMetadata } from '../sources/tmdb/metadata.ts';
import { fetchNewMovies } from '../sources/tmdb/new-movies.ts';
import { type AllOptions, all, BUILD_OPTIONS, buildOptions } from './all.ts';
import { movielensAddress, TMDB_OPTIONS, tmdbOptions } from './download.ts';

export const help = `refresh: fetches what changed, then merges, trains and publishes

Usage: npm run pipeline -- refresh --raw DIR --artifacts DIR [OPTIONS]

  --raw DIR            the raw files of download, with a MovieLens data set
  --artifacts DIR      folder for the merged catalog and the release
  --every TIME         repeat: 30m, 24h, 7d   (once)
  --recheck-days N     fetch every film again within N days, because TMDb does not name changes of offers; 0: never   (30)
  --download NAME      fetches this MovieLens data set first, as download does, when DIR does not have it
  --keep N             delete all releases but the N newest, the current and the previous one   (KEEP_VERSIONS, else 3)
  --tmdb-key KEY, --since DATE, --min-votes N, --min-popularity X, --rate N, --tmdb-url URL, --tmdb-export-url URL,
  --movielens-url URL  as for download
  --region CODE, --regions A,B   as for download and merge
  --dataset NAME, --ratings FILE, --config NAME, --scale N, --min-year YEAR, --require-overview, --require-tmdb, --adult, --min-ratings N,
  --library FILE, --ratings-config FILE, --rerank, --factors FILE, --factors-alpha N, --factors-regularization N, --name NAME, --force   as for all

--library: viewers are folded into models of the ratings alone, which are trained once and stay in DIR/.training-base.
The films that the server was told by PUT /api/library become those of the service "Mine".
Without a TMDb key nothing is fetched, and the files that are there are built. Only one refresh runs at a time in an artifacts folder. A
refresh that was killed goes on where it was. DIR/refresh.json says what the last one did; the server shows it.
`;

const DEFAULT_KEEP = 3;
const DEFAULT_RECHECK_DAYS = 30;
const MAX_LINE_LENGTH = 500;

export interface RefreshOptions {
  build: AllOptions;
  tmdb: ReturnType<typeof tmdbOptions>;
  /** The data set that is fetched when it is not there. */
  download: string | undefined;
  movielensUrl: string;
  /** Undefined: movies whose offers may have changed are not fetched again. */
  recheckDays: number | undefined;
  /** Milliseconds from one start to the next. Undefined: once. */
  every: number | undefined;
}

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('refresh', args, {
    ...BUILD_OPTIONS,
    ...TMDB_OPTIONS,
    every: { type: 'string' },
    'recheck-days': { type: 'string' },
    download: { type: 'string' },
    'movielens-url': { type: 'string' },
  });
  const build = buildOptions('refresh', values);
  const recheckDays = wholeNumber('refresh', 'recheck-days', values['recheck-days'], 0, 3_650) ?? DEFAULT_RECHECK_DAYS;
  const options: RefreshOptions = {
    build: {
      ...build,
      dataset: build.dataset ?? values.download,
      train: { ...build.train, carryModels: true },
      keep: build.keep ?? context.keepVersions ?? DEFAULT_KEEP,
    },
    tmdb: tmdbOptions('refresh', values, context),
    recheckDays: recheckDays === 0 ? undefined : recheckDays,
    download: values.download,
    movielensUrl: movielensAddress('refresh', values['movielens-url']),
    every: duration('refresh', 'every', values.every),
  };
  if (options.every === undefined) await refresh(options, context);
  else await refreshAgainAndAgain(options, options.every, context);
}

/** Until the run is interrupted. A refresh that fails is logged, and the next one begins at its time. */
async function refreshAgainAndAgain(options: RefreshOptions, every: number, context: PipelineContext): Promise<void> {
  for (;;) {
    const started = context.now().getTime();
    try {
      await refresh(options, context);
    } catch (error) {
      context.signal.throwIfAborted();
      context.log(`error: ${reasonOf(error)}`);
    }
    const wait = Math.max(0, started + every - context.now().getTime());
    context.log(`next refresh in ${formatDuration(wait)}`);
    await context.sleep(wait);
  }
}

/** One refresh, whose state is written when it begins and when it ends. */
export async function refresh(options: RefreshOptions, outer: PipelineContext): Promise<void> {
  const { artifacts } = options.build;
  const lines: string[] = [];
  const context: PipelineContext = {
    ...outer,
    log(line) {
      lines.push(line.slice(0, MAX_LINE_LENGTH));
      if (lines.length > MAX_REFRESH_LOG_LINES) lines.shift();
      outer.log(line);
    },
  };
  await mkdir(artifacts, { recursive: true });
  await withLock(join(artifacts, 'refresh.lock'), 'refresh', async () => {
    const started = context.now();
    const begun: RefreshState = { ...(await stateBefore(artifacts, context)), ...UNFINISHED, startedAt: started.toISOString() };
    await writeRefreshState(artifacts, begun);
    let step: RefreshStep = 'fetch';
    const end = async (outcome: Partial<RefreshState>): Promise<void> => {
      const finished = context.now();
      await writeRefreshState(artifacts, {
        ...begun,
        finishedAt: finished.toISOString(),
        seconds: (finished.getTime() - started.getTime()) / 1_000,
        nextAt: options.every === undefined ? null : new Date(started.getTime() + options.every).toISOString(),
        log: lines,
        ...outcome,
      });
    };
    const skipped: string[] = [];
    let changes: RefreshChanges | null = null;
    try {
      const before = (await readPointer(artifacts).catch(() => null))?.version;
      const fetched = await fetchChanges(options, context);
      if (fetched === undefined) skipped.push('fetch: no TMDb key (--tmdb-key or TMDB_API_KEY)');
      else changes = fetched;
      const dataAt = fetched === undefined ? await newestFile(options.build) : started;
      await takeInOwnedMovies(options.build, context);
      const version = await all(options.build, context, (now) => {
        step = now;
      });
      const result = version === before ? 'unchanged' : 'published';
      const seconds = context.now().getTime() - started.getTime();
      context.log(`refresh: ${result}, ${version}${changes === null ? '' : `, ${textOf(changes)}`}, ${formatDuration(seconds)}`);
      const succeededAt = context.now().toISOString();
      await end({ result, version, dataAt: dataAt.toISOString(), succeededAt, changes, skipped });
    } catch (error) {
      await end({ result: 'failed', failedStep: step, error: reasonOf(error), changes, skipped });
      throw error;
    }
  });
}

const UNFINISHED = {
  finishedAt: null,
  seconds: null,
  result: null,
  failedStep: null,
  error: null,
  changes: null,
  skipped: [],
  nextAt: null,
  log: [],
} satisfies Partial<RefreshState>;

/** What stays of the state when another refresh begins. */
async function stateBefore(artifacts: string, { log }: PipelineContext): Promise<Pick<RefreshState, 'succeededAt' | 'version' | 'dataAt'>> {
  const state = await readRefreshState(artifacts).catch((error: unknown) => {
    log(`  ${reasonOf(error)}: written anew`);
    return null;
  });
  return { succeededAt: state?.succeededAt ?? null, version: state?.version ?? null, dataAt: state?.dataAt ?? null };
}

/** Undefined, with a line in the log, when there is no key. */
async function fetchChanges(
  { build, tmdb, recheckDays, download, movielensUrl }: RefreshOptions,
  context: PipelineContext,
): Promise<RefreshChanges | undefined> {
  const { raw } = build;
  if (download !== undefined) {
    await mkdir(raw, { recursive: true });
    await ensureDataset({ raw, dataset: download, movielensUrl, force: false }, context);
  }
  const { key, ...options } = tmdb;
  const { dataset, tmdb: metadata, links } = await findRawFiles(build);
  if (key === undefined) {
    context.log('no TMDb key (--tmdb-key or TMDB_API_KEY): nothing is fetched, the files that are there are built');
    return undefined;
  }
  if (links === undefined)
    throw new CliError(`${join(raw, dataset)}: no links.csv, so TMDb's movies cannot be joined; download the data set again`);
  // Files that somebody else put there are not fetched again.
  if (metadata === undefined || existsSync(join(raw, 'tmdb', 'tmdb_metadata.partial.jsonl')))
    await fetchMetadata({ ...options, raw, dataset, key, limit: undefined, force: false }, context);
  return fetchNewMovies({ ...options, raw, dataset, key, force: false, recheckDays }, context);
}

/** What the server took in since becomes part of the raw files. */
async function takeInOwnedMovies({ raw, artifacts }: AllOptions, { signal, log }: PipelineContext): Promise<void> {
  const movies = await readOwnedMovies(artifacts);
  if (movies === undefined) return;
  await replaceMine(raw, 'api', movies, signal);
  log(`library: ${formatCount(movies.length)} films that the server was told`);
}

/** The data is as old as its newest file. */
async function newestFile({ raw, dataset, ratings }: AllOptions): Promise<Date> {
  const files = await findRawFiles({ raw, dataset, ratings });
  let newest = 0;
  for (const path of candidatePaths({ raw, ratings }, files.dataset))
    if (existsSync(path)) newest = Math.max(newest, (await stat(path)).mtimeMs);
  return new Date(newest);
}

function textOf({ newMovies, changedMovies, removedMovies, offersBegun, offersEnded }: RefreshChanges): string {
  const offers = `${formatCount(offersBegun)} offers began and ${formatCount(offersEnded)} ended`;
  return `${formatCount(newMovies)} movies are new, ${formatCount(changedMovies)} changed, ${formatCount(removedMovies)} left, ${offers}`;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const problem = error instanceof CliError ? message : (systemProblem(error) ?? message);
  return problem.split('\n')[0].slice(0, MAX_LINE_LENGTH);
}
