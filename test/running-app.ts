import { type Logger, pino } from 'pino';
import type { ServerState } from '../src/accounts/administration/server-state.ts';
import { type App, type AppServices, createApp } from '../src/app/app.ts';
import { MIGRATIONS } from '../src/app/migrations.ts';
import { openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import type { GraphQLOptions } from '../src/graphql/apollo-server.ts';
import type { HttpSettings } from '../src/http/http-server.ts';
import { ReadyAnswers } from '../src/http/ready-answers.ts';
import type { LibraryStore } from '../src/library/library-store.ts';
import { library } from '../src/library/migrations/1-library.ts';
import { history } from '../src/library/migrations/4-history.ts';
import { familiar } from '../src/library/migrations/5-familiar.ts';
import { movieIds } from '../src/library/migrations/6-movie-ids.ts';
import { hooks } from '../src/library/migrations/8-hooks.ts';
import { region } from '../src/library/migrations/10-region.ts';
import { groups } from '../src/library/migrations/11-groups.ts';
import { learning } from '../src/library/migrations/12-learning.ts';
import { watchlistLinks } from '../src/library/migrations/13-watchlist-links.ts';
import { push } from '../src/library/migrations/14-push.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import type { RowPayment } from '../src/library/stored-rows.ts';
import { Workload } from '../src/metrics/workload/workload.ts';
import { HEAVY_QUEUE, HeavyQueue } from '../src/rate-limit/heavy-queue.ts';
import { RankingCache } from '../src/recommendations/cache/ranking-cache.ts';
import type { OperatorRule } from '../src/recommendations/operator-rules/operator-rule.ts';
import { OperatorRules } from '../src/recommendations/operator-rules/operator-rules.ts';
import type { DataAge } from '../src/recommendations/refresh-watch.ts';
import { ReleaseShelf } from '../src/recommendations/release-shelf.ts';
import { answerVersion, type Snapshot } from '../src/recommendations/snapshot.ts';
import { administrationOf, OPEN_SIGN_IN } from './administration-rooms.ts';
import { TMDB_POSTERS } from './poster-addresses.ts';
import { NO_METRICS } from './recording-metrics.ts';

/** For tests in which nobody signs in. */
const NO_ACCOUNTS: Omit<AppServices['accounts'], 'administration'> = {
  ...OPEN_SIGN_IN,
  handle: async () => new Response(null, { status: 404 }),
  authenticate: async () => null,
  signInProviders: () => [],
  credentialHeaders: ['cookie', 'authorization', 'x-api-key'],
  sessionCookie: 'session',
};

const NO_EXPORTS: AppServices['exports'] = { json: async () => [Buffer.from('{}')], csv: async () => [], rowCount: async () => 0 };

/** A library in memory, for tests that keep nothing. */
export async function emptyLibrary(): Promise<LibraryStore> {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' });
  await migrate(database, [library, history, familiar, movieIds, hooks, region, groups, learning, watchlistLinks, push]);
  return new SqlLibraryStore(database);
}

/** For tests in which work by stored rows costs nothing. */
export function freeRows(library: LibraryStore): RowPayment {
  return { storedRowsOf: (userId, list) => library.storedRowsOf(userId, list), charge: async () => undefined };
}

/** Administration of a server without accounts. */
export async function emptyAdministration(): Promise<AppServices['accounts']['administration']> {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' });
  await migrate(database, MIGRATIONS);
  return administrationOf(database);
}

/** A cache of rankings for one test. */
export function smallRankings(): RankingCache {
  return new RankingCache({ memoryBytes: 1_048_576, metrics: { cachePage: () => undefined } });
}

/** A server that keeps no other versions. */
export const NO_RELEASES = new ReleaseShelf({
  artifactsDirectory: '/nowhere',
  verify: () => undefined,
  onPublished: async () => undefined,
});

/** A catalog that was never refreshed. */
export const NO_REFRESH: DataAge = { current: null, dataTime: ({ builtAt }) => builtAt };

/** Rules of the operator, none by default. They are read when a test asks for it. */
export function rulesOf(base: () => Snapshot, load: () => Promise<readonly OperatorRule[]> = async () => []): OperatorRules {
  return new OperatorRules({ base, load, log: { info: () => undefined, warn: () => undefined } }, []);
}

/** A server that stores nothing and had no visitors. */
export function emptyState(): ServerState {
  const report = { database: 'sqlite', databaseBytes: 0, freeBytes: null, backups: null, backupVerifiedAt: null } as const;
  return {
    workload: new Workload({ readyHits: () => 0 }),
    storage: { report: async () => report },
    release: { version: '0.0.0', changes: '' },
  };
}

/** The limits the server has when nothing is configured, so that tests meet what callers meet. */
export const DEFAULT_LIMITS = { maxDepth: 12, maxComplexity: 10_000, maxAliases: 30, maxRootFields: 20, maxDirectives: 50 };

export interface TestApp extends App {
  /** Lines of the log, parsed. */
  logged: Record<string, unknown>[];
}

/** What a test can replace; everything has a default. */
export type TestAppOptions = Partial<HttpSettings> &
  Partial<Omit<AppServices, 'accounts'>> & {
    accounts?: Partial<AppServices['accounts']>;
    graphql?: GraphQLOptions;
    clientDirectory?: string;
    publicUrl?: string;
    sitemap?: boolean;
    trustedDocuments?: 'any' | 'only';
    log?: Logger;
  };

export const HTTP: HttpSettings = {
  port: 0,
  host: '127.0.0.1',
  basePath: '',
  assetsUrl: undefined,
  corsOrigins: [],
  bodyLimitBytes: 102_400,
  importLimitBytes: 10_485_760,
  requestTimeoutMs: 10_000,
  anonymousTimeoutMs: 5_000,
  shutdownTimeoutMs: 0,
  drainMs: 0,
  trustedProxies: false,
  logRequests: 'all',
  pictureOrigins: ['https://image.tmdb.org'],
};

/** The app as the server makes it, with a log that can be read. */
export async function testApp(snapshot: () => Snapshot, options: TestAppOptions = {}): Promise<TestApp> {
  const logged: Record<string, unknown>[] = [];
  const {
    graphql,
    clientDirectory = '/nowhere',
    publicUrl,
    sitemap = false,
    trustedDocuments = 'any',
    log,
    accounts,
    library,
    exports,
    rankings,
    readyAnswers,
    rateLimits,
    pointBudgets,
    heavyQueue = new HeavyQueue(HEAVY_QUEUE),
    metrics,
    metricsPage,
    releases = NO_RELEASES,
    artifactsDirectory = '/nowhere',
    refresh = NO_REFRESH,
    operatorRules = rulesOf(snapshot),
    server = emptyState(),
    posterAddresses = TMDB_POSTERS,
    posterRoute,
    pushKey,
    ...http
  } = options;
  const app = await createApp(
    {
      http: { ...HTTP, ...http },
      graphql: graphql ?? { introspection: true, defaultRegion: 'US', maxTokens: 2_000, limits: DEFAULT_LIMITS },
      clientDirectory,
      publicUrl,
      sitemap,
      trustedDocuments,
    },
    {
      operatorRules,
      server,
      accounts: { ...NO_ACCOUNTS, ...accounts, administration: accounts?.administration ?? (await emptyAdministration()) },
      library: library ?? (await emptyLibrary()),
      exports: exports ?? NO_EXPORTS,
      rankings: rankings ?? smallRankings(),
      readyAnswers: readyAnswers ?? new ReadyAnswers({ maxBytes: 1_048_576, version: () => answerVersion(operatorRules.current) }),
      rateLimits,
      pointBudgets,
      heavyQueue,
      databaseHealth: { isAway: false },
      releases,
      artifactsDirectory,
      refresh,
      metrics: metrics ?? NO_METRICS,
      metricsPage,
      posterAddresses,
      posterRoute,
      pushKey,
    },
    log ?? pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
  );
  return { ...app, logged };
}

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  status: number;
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; [key: string]: unknown } }[];
}

/** Sends an operation through HTTP, the whole schema and back. */
export async function send<Data = Record<string, unknown>>(
  app: App,
  query: string,
  variables?: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<GraphQLAnswer<Data>> {
  const response = await app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
  return { status: response.statusCode, ...response.json() };
}

/** The data of an operation that must succeed. */
export async function ask<Data = Record<string, never>>(
  app: App,
  query: string,
  variables?: Record<string, unknown>,
  headers?: Record<string, string>,
): Promise<Data> {
  const { data, errors } = await send<Data>(app, query, variables, headers);
  if (errors !== undefined || data === undefined || data === null) throw new Error(`expected data, got ${JSON.stringify(errors)}`);
  return data;
}

/** The code of the only error of an operation that must fail. */
export async function refusal(
  app: App,
  query: string,
  variables?: Record<string, unknown>,
  headers?: Record<string, string>,
): Promise<NonNullable<GraphQLAnswer['errors']>[number] & { status: number }> {
  const { status, errors } = await send(app, query, variables, headers);
  if (errors?.length !== 1) throw new Error(`expected one error, got ${JSON.stringify(errors)}`);
  return { ...errors[0], status };
}
