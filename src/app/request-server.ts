import { existsSync, statfsSync } from 'node:fs';
import type { Logger } from 'pino';
import { accountDataOf } from '../accounts/account-data.ts';
import { type Accounts, createAccounts } from '../accounts/accounts.ts';
import { Storage } from '../accounts/administration/storage.ts';
import type { Outbox } from '../accounts/post/outbox.ts';
import type { CredentialSiblings } from '../accounts/recent-credentials.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Database } from '../database/database.ts';
import { DatabaseHealth } from '../database/database-health.ts';
import type { Environment } from '../environment/environment.ts';
import type { GuardedMetricsPage } from '../http/metrics-routes.ts';
import { ReadyAnswers } from '../http/ready-answers.ts';
import type { RequestTracer } from '../http/traced-requests.ts';
import { createExports, type NamedMovie } from '../library/export.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { ImportSiblings } from '../library/running-imports.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { PrometheusMetrics } from '../metrics/prometheus-metrics.ts';
import { Workload } from '../metrics/workload/workload.ts';
import { AttemptCounts } from '../rate-limit/attempt-counts.ts';
import { HEAVY_QUEUE, HeavyQueue } from '../rate-limit/heavy-queue.ts';
import { PointBudgets } from '../rate-limit/point-budgets.ts';
import type { SharedCounts } from '../rate-limit/rate-limiter.ts';
import { RateLimits } from '../rate-limit/rate-limits.ts';
import { redisCounts } from '../rate-limit/redis-counts.ts';
import { RankingCache, type RemoteRankings } from '../recommendations/cache/ranking-cache.ts';
import { redisRankings } from '../recommendations/cache/redis-rankings.ts';
import { OperatorRules } from '../recommendations/operator-rules/operator-rules.ts';
import { RefreshWatch } from '../recommendations/refresh-watch.ts';
import { ReleaseShelf } from '../recommendations/release-shelf.ts';
import { answerVersion, openSnapshot, type Snapshot } from '../recommendations/snapshot.ts';
import { connectRedis } from '../redis/connect.ts';
import { GuardedRedis } from '../redis/guarded-redis.ts';
import { type App, createApp } from './app.ts';
import { startChores } from './chores.ts';
import { guestMerge } from './guest-merge.ts';
import { limitedAuthenticate } from './limited-authenticate.ts';
import { openMail } from './open-mail.ts';
import { openPosters } from './open-posters.ts';
import { ownRelease } from './own-release.ts';
import { ownSecret } from './own-secret.ts';
import { redisWorkload } from './redis-workload.ts';
import { storageWork } from './start-error.ts';
import { threadsWorkload } from './threads/threads-workload.ts';

/** The threads of this process that answer requests, as one of them sees the others. */
export interface Siblings {
  /** Threads that answer requests, this one included. */
  count: number;
  /** The number of this thread, from 0. */
  number: number;
  counts: SharedCounts;
  rankings: RemoteRankings;
  credentials: CredentialSiblings;
  imports: ImportSiblings;
}

export interface RequestServerParts {
  environment: Environment;
  /** The folder of the built web app. */
  clientDirectory: string;
  log: Logger;
  metrics: PrometheusMetrics;
  /** Undefined when traces are off. */
  tracer: RequestTracer | undefined;
  database: Database;
  /** `check` looks for another version at once. */
  snapshots: { readonly current: Snapshot; check(): Promise<void> };
  /** Undefined when `/metrics` is off, or is served elsewhere. */
  metricsPage: GuardedMetricsPage | undefined;
  /** Undefined when no other thread answers requests. */
  siblings: Siblings | undefined;
}

export interface RequestServer extends App {
  /** Ends what the server does beside requests. The database stays open. */
  stop(): Promise<void>;
}

/** Everything that answers requests, ready to listen. */
export async function createRequestServer(parts: RequestServerParts): Promise<RequestServer> {
  const { environment, clientDirectory, log, metrics, tracer, database, snapshots, metricsPage, siblings } = parts;
  const { http, graphql } = environment;
  const threads = siblings?.count ?? 1;
  const health = new DatabaseHealth(database, log);
  const library = new SqlLibraryStore(database);
  const redis = environment.redis === undefined ? undefined : new GuardedRedis(connectRedis(environment.redis), log, metrics);
  const shared = redis === undefined ? siblings?.counts : redisCounts(redis);
  const attempts = environment.attempts === undefined ? undefined : new AttemptCounts(environment.attempts, { metrics, shared });
  const mail = openMail(environment.mail, { database, log, metrics });
  const pointBudgets = environment.points === undefined ? undefined : new PointBudgets(environment.points, { metrics, shared });
  const accounts = await openAccounts(environment, {
    database,
    library,
    log,
    metrics,
    attempts,
    siblings,
    outbox: mail?.outbox,
    pointBudgets,
  });
  const operatorRules = await storageWork(() =>
    OperatorRules.open({ load: () => accounts.administration.rules.list(), base: () => snapshots.current, log }),
  );
  // Threads without Redis share the other half.
  const rankingCache = new RankingCache({
    memoryBytes: Math.floor(environment.cacheBytes / threads / (redis === undefined && siblings !== undefined ? 2 : 1)),
    remote: redis === undefined ? siblings?.rankings : redisRankings(redis),
    metrics,
  });
  const rateLimits = environment.rateLimits === undefined ? undefined : new RateLimits(environment.rateLimits, { metrics, shared });
  const heavyQueue = new HeavyQueue(HEAVY_QUEUE);
  const readyAnswers = new ReadyAnswers({
    maxBytes: Math.floor(environment.readyAnswersBytes / threads),
    version: () => answerVersion(operatorRules.current),
  });
  const threadCounts = redis !== undefined || siblings === undefined ? undefined : threadsWorkload();
  const workload = new Workload({
    readyHits: () => readyAnswers.hits,
    shared: redis === undefined ? threadCounts : redisWorkload(redis),
  });
  metrics.watchedBy(workload);
  const refresh = await RefreshWatch.open({ artifactsDirectory: environment.artifactsDirectory, log });
  metrics.addGauges({
    catalog: () => snapshots.current.catalog,
    refresh,
    rankingCache,
    readyAnswers,
    heavyQueue,
    database: health,
    redis,
    freeBytes: () => freeBytesOf(environment.dataDirectory),
  });
  const authenticate = (headers: Headers) => accounts.authenticate(headers);
  const app = await createApp(
    {
      http,
      graphql: { ...graphql, learnsFromViewers: environment.learnsFromViewers },
      clientDirectory,
      publicUrl: environment.accounts.publicUrl,
      sitemap: environment.sitemap,
      trustedDocuments: environment.trustedDocuments,
    },
    {
      operatorRules,
      server: {
        workload,
        storage: new Storage(database, { dataDirectory: environment.dataDirectory, backups: environment.backups?.folder }),
        mail: mail?.record,
        release: ownRelease(),
      },
      accounts: {
        handle: (request, address) => accounts.handle(request, address),
        signInProviders: () => accounts.signInProviders(),
        signInOptions: (headers) => accounts.signInOptions(headers),
        administration: accounts.administration,
        credentialHeaders: accounts.credentialHeaders,
        sessionCookie: accounts.sessionCookie,
        authenticate: rateLimits === undefined ? authenticate : limitedAuthenticate(authenticate, rateLimits),
      },
      library,
      pushKey: environment.webPush?.publicKey,
      importSiblings: siblings?.imports,
      artifactsDirectory: environment.artifactsDirectory,
      releases: new ReleaseShelf({
        artifactsDirectory: environment.artifactsDirectory,
        verify: openSnapshot,
        onPublished: () => snapshots.check(),
      }),
      refresh,
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
      databaseHealth: health,
      metrics,
      tracer,
      ...(await openPosters(environment, () => snapshots.current.catalog, log, siblings)),
      metricsPage,
    },
    log,
  );
  operatorRules.watch();
  refresh.watch();
  workload.start();
  const chores = isFirst(siblings)
    ? await startChores({ environment, accounts, library, snapshots, operatorRules, mail, metrics, log })
    : undefined;
  return {
    ...app,
    async stop() {
      workload.stop();
      threadCounts?.close();
      redis?.close();
      accounts.stop();
      health.stop();
      refresh.stop();
      await operatorRules.stop();
      await chores?.stop();
    },
  };
}

/** One thread does for all what needs to be done once. */
function isFirst(siblings: Siblings | undefined): boolean {
  return siblings === undefined || siblings.number === 0;
}

/** Undefined before the folder is made. */
function freeBytesOf(folder: string): number | undefined {
  if (!existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

interface AccountServices {
  database: Database;
  library: LibraryStore;
  log: Logger;
  metrics: Metrics;
  attempts: AttemptCounts | undefined;
  pointBudgets: PointBudgets | undefined;
  outbox: Outbox | undefined;
  siblings: Siblings | undefined;
}

async function openAccounts(environment: Environment, services: AccountServices): Promise<Accounts> {
  const { database, library, log, metrics, attempts, pointBudgets, outbox, siblings } = services;
  const { secret, publicUrl, ...providers } = environment.accounts;
  return createAccounts({
    database,
    settings: {
      ...providers,
      secret: secret ?? (await ownSecret(environment, log)),
      basePath: environment.http.basePath,
      publicUrl: publicUrl ?? `http://localhost:${environment.http.port}`,
      trustedOrigins: environment.http.corsOrigins,
      trustOwnHost: publicUrl === undefined,
    },
    log,
    attempts,
    outbox,
    siblings: siblings?.credentials,
    housekeeping: isFirst(siblings),
    onSignInFailed: (reason) => metrics.signInFailed(reason),
    onUserDeleted: (userId) => library.deleteUser(userId),
    onGuestLinked: guestMerge(library, pointBudgets),
  });
}

function movieNamed(catalog: Catalog, movieId: number): NamedMovie | undefined {
  const index = catalog.indexOf(movieId);
  if (index === undefined) return undefined;
  return { title: catalog.title(index), year: catalog.year(index), imdbId: catalog.imdbId(index), tmdbId: catalog.tmdbId(index) };
}
