import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import { type Logger, pino } from 'pino';
import type { Database } from '../database/database.ts';
import { FileCheck } from '../database/file-check.ts';
import type { SharedRelease } from '../engine/artifacts/model-release.ts';
import { type Environment, readEnvironment } from '../environment/environment.ts';
import { ensureFree, listen } from '../http/listen.ts';
import { createMetricsServer, type GuardedMetricsPage, type MetricsPage } from '../http/metrics-routes.ts';
import { serveWhileWaiting } from '../http/waiting-server.ts';
import { PrometheusMetrics } from '../metrics/prometheus-metrics.ts';
import { openSnapshot } from '../recommendations/snapshot.ts';
import { type SnapshotSource, SnapshotStore } from '../recommendations/snapshot-store.ts';
import { MovieIdUpdates } from './movie-id-updates.ts';
import { freeOldVersion } from './old-version-memory.ts';
import { openMetrics } from './open-metrics.ts';
import { openStorage } from './open-storage.ts';
import { ownSecret } from './own-secret.ts';
import { logWholeProcess, openLogOutput } from './process-log.ts';
import { ScheduledBackups } from './scheduled-backups.ts';
import { failToStart, listenWork } from './start-error.ts';
import { StopSignals } from './stop-signals.ts';
import { ServerThreads } from './threads/server-threads.ts';
import { threadCount } from './threads/thread-count.ts';

/** Sources run as they are; the build puts this file and the thread's side by side. */
const THREAD = import.meta.url.endsWith('.ts')
  ? new URL('threads/server-thread.ts', import.meta.url)
  : new URL('server-thread.js', import.meta.url);
/** Servers load a published version at different times within this. */
const SWAP_JITTER_MS = 3_000;

/** When every request is answered or cut off, the database may take this long to close. */
const MAX_CLOSE_MS = 500;

export interface ServedFiles {
  /** The folder of the built web app. */
  clientDirectory: string;
  /** The script of `npm run db`. */
  databaseProgram: string;
}

/** Serves the API, and the built web app, until a signal stops it. Ends the process when it cannot start. */
export async function serve(files: ServedFiles): Promise<void> {
  await start(files).catch(failToStart);
}

async function start(files: ServedFiles): Promise<void> {
  const environment = readEnvironment();
  const { http } = environment;
  const output = openLogOutput();
  const log = pino({ level: environment.logLevel }, output);
  logWholeProcess(log);
  const signals = new StopSignals(log, output);
  if (environment.rateLimits === undefined) log.warn({}, 'RATE_LIMIT is off: requests and attempts to sign in are unlimited');
  const { workers } = environment;
  const { threads, obstacle } = threadCount({ workers, onSocket: http.socket !== undefined });
  if (obstacle !== undefined) log.warn({ WORKERS: workers, why: obstacle }, 'one thread answers requests');
  let movieIds: MovieIdUpdates | undefined;
  const onSwap: Plan['onSwap'] = (before) => {
    movieIds?.swapped(before.catalog);
    freeOldVersion();
  };
  const plan: Plan = { environment, files, log, signals, onSwap };
  const { snapshots, database, stop } = threads === 1 ? await serveHere(plan) : await serveInThreads(plan, threads);
  snapshots.watch();
  movieIds = new MovieIdUpdates(database, () => snapshots.current.catalog, log);
  movieIds.start();
  const fileCheck = new FileCheck(environment.database, log);
  const backups = environment.backups && new ScheduledBackups(environment.backups, files.databaseProgram, log);
  const { version, size, dataset } = snapshots.current.catalog;
  // A request leaves some 100 kB of garbage, and V8 would rather grow than collect. Before the start it would cost 40 ms of processor time.
  v8.setFlagsFromString('--heap-growing-percent=50');
  log.info({ version, movies: size, dataset, threads, ms: Math.round(performance.now()) }, 'ready');
  signals.stopBy(async (signal) => {
    // SIGINT comes from a person at a terminal, not from what runs servers behind a proxy.
    await stop(signal === 'SIGINT' ? 0 : http.drainMs);
    fileCheck.stop();
    backups?.stop();
    movieIds?.stop();
    // A database that does not answer, or a version that is being loaded, must not keep the process.
    await inTime(Promise.all([snapshots.stop(), database.close()]), log);
  });
}

interface Plan {
  environment: Environment;
  files: ServedFiles;
  log: Logger;
  signals: StopSignals;
  onSwap: SnapshotSource['onSwap'];
}

interface Serving {
  snapshots: SnapshotStore;
  /** A connection of the main thread. */
  database: Database;
  /** Answers the open requests and stops. */
  stop(drainMs: number): Promise<void>;
}

async function serveHere(plan: Plan): Promise<Serving> {
  const { environment, log } = plan;
  const { http } = environment;
  const { metrics, traces } = await openMetrics(environment, log);
  // The database and the artifacts wait for the disk at the same time.
  const opening = opened(environment, metrics, log);
  const snapshots = await SnapshotStore.open(sourceOf(plan, (release) => openSnapshot(release, plan.environment.snapshot)));
  const database = await opening;
  const page = guarded(environment, metrics);
  const metricsPage = environment.metrics?.own === undefined ? page : undefined;
  const { clientDirectory } = plan.files;
  const parts = { environment, clientDirectory, log, metrics, tracer: traces?.metrics, database, snapshots, metricsPage };
  // Where threads answer, the main thread does without this code.
  const { createRequestServer } = await import('./request-server.ts');
  const server = await createRequestServer({ ...parts, siblings: undefined });
  plan.signals.requestsBegin();
  await listenWork(listen(server.fastify, http), http);
  const metricsServer = await serveMetrics(environment, page, log);
  return {
    snapshots,
    database,
    async stop(drainMs) {
      await server.shutDown(http.shutdownTimeoutMs, drainMs);
      await metricsServer?.close();
      // Nor must a mail server or a collector that does not answer.
      await inTime(Promise.all([server.stop(), traces?.stop()]), log);
    },
  };
}

async function serveInThreads(plan: Plan, count: number): Promise<Serving> {
  const { environment, log } = plan;
  const { http } = environment;
  if (environment.accounts.secret === undefined) await ownSecret(environment, log);
  const opening = opened(environment, new PrometheusMetrics(), log);
  const threads = new ServerThreads({
    script: THREAD,
    count,
    clientDirectory: plan.files.clientDirectory,
    http,
    cacheBytes: environment.cacheBytes,
    log,
    checkVersion: () => snapshots.check(),
  });
  let release: SharedRelease | undefined;
  const snapshots = await SnapshotStore.open(
    sourceOf(plan, async (loaded) => {
      const snapshot = await openSnapshot(loaded, plan.environment.snapshot);
      release = loaded.share();
      await threads.serve(release);
      return snapshot;
    }),
  );
  const database = await opening;
  await listenWork(ensureFree(http), http);
  plan.signals.requestsBegin();
  if (release !== undefined) await threads.start(release);
  const page = guarded(environment, threads.metricsPage);
  const metricsServer = environment.metrics?.own === undefined ? undefined : await serveMetrics(environment, page, log);
  return {
    snapshots,
    database,
    async stop(drainMs) {
      await threads.stop(drainMs, http.shutdownTimeoutMs);
      await metricsServer?.close();
    },
  };
}

/** What `/metrics` serves; undefined when it is off. */
function guarded({ metrics }: Environment, page: MetricsPage): GuardedMetricsPage | undefined {
  return metrics && { page, token: metrics.token };
}

function opened(environment: Environment, metrics: PrometheusMetrics, log: Logger): Promise<Database> {
  const { database, databaseWaitMs: waitMs, http } = environment;
  const opening = openStorage({
    database,
    metrics,
    waitMs,
    async onWait(reason) {
      log.warn({ reason, waitMs }, 'the database cannot be reached: the start waits for it');
      return serveWhileWaiting(http, log, 'waiting for the database');
    },
  });
  // It is awaited later. If the artifacts fail first, a failure here must not become an unhandled rejection.
  opening.catch(() => undefined);
  return opening;
}

function sourceOf({ environment, log, onSwap }: Plan, open: SnapshotSource['open']): SnapshotSource {
  return { artifactsDirectory: environment.artifactsDirectory, log, open, onSwap, jitterMs: SWAP_JITTER_MS };
}

/** A server for `/metrics` alone, when the settings give it an address of its own. */
async function serveMetrics({ http, metrics }: Environment, page: GuardedMetricsPage | undefined, log: Logger) {
  if (page === undefined || metrics?.own === undefined) return undefined;
  const server = await createMetricsServer({ ...http, ...metrics.own }, log, page);
  await listenWork(listen(server, metrics.own), metrics.own);
  return server;
}

async function inTime(closing: Promise<unknown>, log: Logger): Promise<void> {
  const isClosed = await Promise.race([closing.then(() => true), sleep(MAX_CLOSE_MS, false)]);
  if (!isClosed) log.warn('the database did not close in time');
}
