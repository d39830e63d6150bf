import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { accountDataOf } from '../accounts/account-data.ts';
import { type Accounts, createAccounts } from '../accounts/accounts.ts';
import { loadOrCreateSecret } from '../accounts/auth-secret.ts';
import type { Outbox } from '../accounts/post/outbox.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Database } from '../database/database.ts';
import { DatabaseHealth } from '../database/database-health.ts';
import { FileCheck } from '../database/file-check.ts';
import { type Environment, readEnvironment } from '../environment/environment.ts';
import { listen } from '../http/listen.ts';
import { createMetricsServer } from '../http/metrics-routes.ts';
import { ReadyAnswers } from '../http/ready-answers.ts';
import { serveWhileWaiting } from '../http/waiting-server.ts';
import { createExports, type NamedMovie } from '../library/export.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { PrometheusMetrics } from '../metrics/prometheus-metrics.ts';
import { AttemptCounts } from '../rate-limit/attempt-counts.ts';
import { HEAVY_QUEUE, HeavyQueue } from '../rate-limit/heavy-queue.ts';
import { PointBudgets } from '../rate-limit/point-budgets.ts';
import { RateLimits } from '../rate-limit/rate-limits.ts';
import { redisCounts } from '../rate-limit/redis-counts.ts';
import { RankingCache } from '../recommendations/cache/ranking-cache.ts';
import { redisRankings } from '../recommendations/cache/redis-rankings.ts';
import { ReleaseShelf } from '../recommendations/release-shelf.ts';
import { openSnapshot } from '../recommendations/snapshot.ts';
import { type SnapshotSource, SnapshotStore } from '../recommendations/snapshot-store.ts';
import { connectRedis } from '../redis/connect.ts';
import { GuardedRedis } from '../redis/guarded-redis.ts';
import { createApp } from './app.ts';
import { limitedAuthenticate } from './limited-authenticate.ts';
import { MovieIdUpdates } from './movie-id-updates.ts';
import { openMail } from './open-mail.ts';
import { openPosters } from './open-posters.ts';
import { openStorage } from './open-storage.ts';
import { exitWhenWritten, type LogOutput, logWholeProcess, openLogOutput } from './process-log.ts';
import { ScheduledBackups } from './scheduled-backups.ts';
import { EXIT, failToStart, listenWork, storageWork } from './start-error.ts';
import { WaitingHookEvents } from './waiting-hook-events.ts';
import { WatchedImports } from './watched-imports.ts';

/** Servers load a published version at different times within this. */
const SWAP_JITTER_MS = 3_000;

/** When every request is answered or cut off, the database may take this long to close. */
const MAX_CLOSE_MS = 500;
/** Signals that are this close together come from one request to stop. */
const SAME_SIGNAL_MS = 1_000;

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

async function start({ clientDirectory, databaseProgram }: ServedFiles): Promise<void> {
  const environment = readEnvironment();
  const { http, graphql } = environment;
  const output = openLogOutput();
  const log = pino({ level: environment.logLevel }, output);
  logWholeProcess(log);
  // Loaded only when it is used: the packages are not small.
  const traces = environment.traces && (await import('../metrics/traces/open-traces.ts')).openTraces(environment.traces, log);
  const metrics = traces?.metrics ?? new PrometheusMetrics();
  const served = environment.metrics;
  const guarded = served && { page: metrics, token: served.token };
  // The database and the artifacts wait for the disk at the same time.
  const opening = openStorage({
    database: environment.database,
    metrics,
    waitMs: environment.databaseWaitMs,
    async onWait(reason) {
      log.warn({ reason, waitMs: environment.databaseWaitMs }, 'the database cannot be reached: the start waits for it');
      return serveWhileWaiting(http, log, 'waiting for the database');
    },
  });
  // Awaited below. If the artifacts fail first, a failure here must not become an unhandled rejection.
  opening.catch(() => undefined);
  let onSwap: SnapshotSource['onSwap'];
  const snapshots = await openSnapshots(environment.artifactsDirectory, log, (before, now) => onSwap?.(before, now));
  const database = await opening;
  const movieIds = new MovieIdUpdates(database, () => snapshots.current.catalog, log);
  onSwap = (before) => movieIds.swapped(before.catalog);
  const health = new DatabaseHealth(database, log);
  const fileCheck = new FileCheck(environment.database, log);
  const library = new SqlLibraryStore(database);
  const redis = environment.redis === undefined ? undefined : new GuardedRedis(connectRedis(environment.redis), log, metrics);
  const shared = redis === undefined ? undefined : redisCounts(redis);
  const attempts = environment.attempts === undefined ? undefined : new AttemptCounts(environment.attempts, { metrics, shared });
  const mail = openMail(environment.mail, { database, log, metrics });
  const accounts = await openAccounts(environment, { database, library, log, metrics, attempts, outbox: mail?.outbox });
  const rankingCache = new RankingCache({
    memoryBytes: environment.cacheBytes,
    remote: redis === undefined ? undefined : redisRankings(redis),
    metrics,
  });
  const rateLimits = environment.rateLimits === undefined ? undefined : new RateLimits(environment.rateLimits, { metrics, shared });
  const pointBudgets = environment.points === undefined ? undefined : new PointBudgets(environment.points, { metrics, shared });
  const heavyQueue = new HeavyQueue(HEAVY_QUEUE);
  if (rateLimits === undefined) log.warn({}, 'RATE_LIMIT is off: requests and attempts to sign in are unlimited');
  const readyAnswers = new ReadyAnswers({ maxBytes: environment.readyAnswersBytes, version: () => snapshots.current.catalog.version });
  metrics.addGauges({
    catalog: () => snapshots.current.catalog,
    rankingCache,
    readyAnswers,
    heavyQueue,
    redis,
    freeBytes: () => freeBytesOf(environment.dataDirectory),
  });
  const authenticate = (headers: Headers) => accounts.authenticate(headers);
  const app = await createApp(
    { http, graphql, clientDirectory, publicUrl: environment.accounts.publicUrl, trustedDocuments: environment.trustedDocuments },
    {
      snapshot: () => snapshots.current,
      accounts: {
        handle: (request, address) => accounts.handle(request, address),
        signInProviders: () => accounts.signInProviders(),
        signInOptions: () => accounts.signInOptions(),
        administration: accounts.administration,
        credentialHeaders: accounts.credentialHeaders,
        sessionCookie: accounts.sessionCookie,
        authenticate: rateLimits === undefined ? authenticate : limitedAuthenticate(authenticate, rateLimits),
      },
      library,
      releases: new ReleaseShelf({
        artifactsDirectory: environment.artifactsDirectory,
        verify: openSnapshot,
        onPublished: () => snapshots.check(),
      }),
      exports: createExports({
        library,
        account: (userId, withWhereabouts) => accountDataOf(database, userId, withWhereabouts),
        nameMovie: (movieId) => movieNamed(snapshots.current.catalog, movieId),
      }),
      rankings: rankingCache,
      readyAnswers,
      rateLimits,
      pointBudgets,
      heavyQueue,
      unready: () => (health.isAway ? 'the database is away' : undefined),
      metrics,
      tracer: traces?.metrics,
      ...(await openPosters(environment, () => snapshots.current.catalog, log)),
      metricsPage: served?.own === undefined ? guarded : undefined,
    },
    log,
  );
  await listenWork(listen(app.fastify, http), http);
  const metricsServer = guarded && served?.own && (await createMetricsServer({ ...http, ...served.own }, log, guarded));
  if (metricsServer && served?.own) await listenWork(listen(metricsServer, served.own), served.own);
  snapshots.watch();
  movieIds.start();
  const delivery = await mail?.deliver(accounts.administration.post);
  const backups = environment.backups && new ScheduledBackups(environment.backups, databaseProgram, log);
  const waitingEvents = new WaitingHookEvents(() => snapshots.current, library, log);
  const imports = new WatchedImports({
    root: join(environment.dataDirectory, 'import'),
    library,
    metrics,
    snapshot: () => snapshots.current,
    accountNamed: (name) => activeAccount(accounts, name),
    log,
  });
  const { version, size, dataset } = snapshots.current.catalog;
  log.info({ version, movies: size, dataset, ms: Math.round(performance.now()) }, 'ready');
  stopOnSignals(log, output, async (signal) => {
    // SIGINT comes from a person at a terminal, not from what runs servers behind a proxy.
    await app.shutDown(http.shutdownTimeoutMs, signal === 'SIGINT' ? 0 : http.drainMs);
    await metricsServer?.close();
    redis?.close();
    accounts.stop();
    health.stop();
    fileCheck.stop();
    backups?.stop();
    movieIds.stop();
    waitingEvents.stop();
    imports.stop();
    // A database, a collector or a mail server that does not answer, or a version that is being loaded, must not keep the process.
    const stored = (delivery?.stop() ?? Promise.resolve()).then(() => database.close());
    const closed = Promise.all([snapshots.stop(), stored, traces?.stop()]);
    const inTime = await Promise.race([closed.then(() => true), sleep(MAX_CLOSE_MS, false)]);
    if (!inTime) log.warn('the database did not close in time');
  });
}

/** Undefined before the folder is made. */
function freeBytesOf(folder: string): number | undefined {
  if (!existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function openSnapshots(artifactsDirectory: string, log: Logger, onSwap: SnapshotSource['onSwap']): Promise<SnapshotStore> {
  return SnapshotStore.open({ artifactsDirectory, log, open: openSnapshot, onSwap, jitterMs: SWAP_JITTER_MS });
}

interface AccountServices {
  database: Database;
  library: LibraryStore;
  log: Logger;
  metrics: Metrics;
  attempts: AttemptCounts | undefined;
  outbox: Outbox | undefined;
}

async function openAccounts(environment: Environment, services: AccountServices): Promise<Accounts> {
  const { database, library, log, metrics, attempts, outbox } = services;
  const { secret, publicUrl, ...providers } = environment.accounts;
  return createAccounts({
    database,
    settings: {
      ...providers,
      secret: secret ?? (await storageWork(() => loadOrCreateSecret(environment.dataDirectory, log))),
      basePath: environment.http.basePath,
      publicUrl: publicUrl ?? `http://localhost:${environment.http.port}`,
      trustedOrigins: environment.http.corsOrigins,
      trustOwnHost: publicUrl === undefined,
    },
    log,
    attempts,
    outbox,
    onSignInFailed: (reason) => metrics.signInFailed(reason),
    onUserDeleted: (userId) => library.deleteUser(userId),
    onGuestLinked: (guestId, userId) => library.moveUser(guestId, userId),
  });
}

/** The id of the account with this e-mail address or id, unless it is disabled. */
async function activeAccount({ administration }: Accounts, name: string): Promise<string | undefined> {
  const { accounts } = administration;
  const found = (await accounts.findByEmail(name)) ?? (await accounts.find(name));
  return found?.disabled === false ? found.id : undefined;
}

function movieNamed(catalog: Catalog, movieId: number): NamedMovie | undefined {
  const index = catalog.indexOf(movieId);
  if (index === undefined) return undefined;
  return { title: catalog.title(index), year: catalog.year(index), imdbId: catalog.imdbId(index), tmdbId: catalog.tmdbId(index) };
}

/**
 * The first signal stops the server, a later one ends it at once. A process manager that signals a whole group reaches the server
 * directly and through npm: signals that come together are one.
 */
function stopOnSignals(log: Logger, output: LogOutput, stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let stoppedAt: number | undefined;
  const onSignal = async (signal: NodeJS.Signals): Promise<void> => {
    if (stoppedAt !== undefined) {
      if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(EXIT.unexpected);
      return;
    }
    stoppedAt = performance.now();
    log.info({ signal }, 'shutting down');
    await stop(signal);
    log.info('stopped');
    // A connection that does not close would keep the process alive.
    exitWhenWritten(output);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void onSignal(signal));
}
