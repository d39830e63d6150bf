import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Accounts } from '../accounts/accounts.ts';
import type { ServerState } from '../accounts/administration/server-state.ts';
import type { PosterAddresses } from '../catalog/poster-url.ts';
import { createApolloServer, type GraphQLOptions } from '../graphql/apollo-server.ts';
import { createContext } from '../graphql/context.ts';
import { createSchema } from '../graphql/schema.ts';
import { accountsRoute } from '../http/accounts-route.ts';
import { addressLimits, type CountedRequests } from '../http/address-limits.ts';
import { auditRoute } from '../http/audit-route.ts';
import { crossOrigin } from '../http/cross-origin.ts';
import { errorReplies } from '../http/error-replies.ts';
import { exportRoutes } from '../http/export-routes.ts';
import { graphqlRoute } from '../http/graphql-route.ts';
import { healthRoutes } from '../http/health-routes.ts';
import { hooksRoute } from '../http/hooks-route.ts';
import { answeredLog, createHttpServer, defaultHeaders, type HttpSettings } from '../http/http-server.ts';
import { landingRoute } from '../http/landing-route.ts';
import { countRequests, type GuardedMetricsPage, metricsRoute } from '../http/metrics-routes.ts';
import { ownedMoviesRoute } from '../http/owned-movies-route.ts';
import { Pages } from '../http/pages.ts';
import { Playground } from '../http/playground.ts';
import { type PosterRoute, posterRoute } from '../http/poster-route.ts';
import type { ReadyAnswers } from '../http/ready-answers.ts';
import { openReadyLane } from '../http/ready-lane.ts';
import { Shutdown } from '../http/shutdown.ts';
import { sitemapRoute } from '../http/sitemap-route.ts';
import { type RequestTracer, traceRequests } from '../http/traced-requests.ts';
import { varyBy } from '../http/vary.ts';
import { webAppFiles } from '../http/web-app-files.ts';
import { toWebHeaders } from '../http/web-request.ts';
import type { Exports } from '../library/export.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { type ImportSiblings, RunningImports } from '../library/running-imports.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { HeavyQueue } from '../rate-limit/heavy-queue.ts';
import { plainAddress } from '../rate-limit/network-of.ts';
import type { PointBudgets } from '../rate-limit/point-budgets.ts';
import type { RateLimits } from '../rate-limit/rate-limits.ts';
import type { RankingCache } from '../recommendations/cache/ranking-cache.ts';
import type { OperatorRules } from '../recommendations/operator-rules/operator-rules.ts';
import type { DataAge } from '../recommendations/refresh-watch.ts';
import type { ReleaseShelf } from '../recommendations/release-shelf.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { Admission } from './admission.ts';
import { auditCsv } from './audit-csv.ts';
import { requestIdentity, routeIdentity } from './authentication.ts';
import { graphqlExecution } from './graphql-execution.ts';
import { EVENT_PRICE, hookReceivers } from './hook-receivers.ts';
import { limitJsonValues } from './json-bodies.ts';
import { movieHead } from './movie-head.ts';
import { ownedMoviesUpload } from './owned-movies-upload.ts';
import { paidWork } from './paid-work.ts';
import { sitemapPages } from './sitemap-pages.ts';
import { TrustedDocuments } from './trusted-documents.ts';

export interface AppSettings {
  http: HttpSettings;
  graphql: GraphQLOptions;
  /** `only`: every document is refused that is not one of the web app. */
  trustedDocuments: 'any' | 'only';
  /** The folder of the built web app. */
  clientDirectory: string;
  /** Scheme and host of the web app, when they are known. */
  publicUrl: string | undefined;
  /** Whether crawlers get a list of all pages. Needs `publicUrl`. */
  sitemap: boolean;
}

export interface AppServices {
  /** The snapshot that is served now, under the rules of the operator. */
  operatorRules: OperatorRules;
  server: ServerState;
  accounts: Pick<
    Accounts,
    'handle' | 'authenticate' | 'signInProviders' | 'signInOptions' | 'administration' | 'credentialHeaders' | 'sessionCookie'
  >;
  library: LibraryStore;
  /** Undefined when the server sends no messages to browsers. */
  pushKey?: string | undefined;
  /** Undefined when no other thread answers requests. */
  importSiblings?: ImportSiblings | undefined;
  releases: ReleaseShelf;
  artifactsDirectory: string;
  refresh: DataAge;
  exports: Exports;
  rankings: RankingCache;
  readyAnswers: ReadyAnswers;
  /** Undefined when the limits are off. */
  rateLimits: RateLimits | undefined;
  /** Undefined when the limits are off. */
  pointBudgets: PointBudgets | undefined;
  heavyQueue: HeavyQueue;
  metrics: Metrics;
  /** Undefined when traces are off. */
  tracer?: RequestTracer | undefined;
  databaseHealth: { readonly isAway: boolean };
  posterAddresses: PosterAddresses;
  /** Undefined when browsers do not get posters from this server. */
  posterRoute: PosterRoute | undefined;
  /** Undefined when `/metrics` is off, or is served elsewhere. */
  metricsPage: GuardedMetricsPage | undefined;
}

export interface App {
  fastify: FastifyInstance;
  /** Serves on for `drainMs` without being ready, then closes the port and finishes the requests in flight: all within `timeoutMs`. */
  shutDown(timeoutMs: number, drainMs?: number): Promise<void>;
}

/** Joins the routes, which know only plain interfaces, with the services that answer them. */
export async function createApp(settings: AppSettings, services: AppServices, log: FastifyBaseLogger): Promise<App> {
  const { http, clientDirectory } = settings;
  const { basePath } = http;
  const { operatorRules, accounts, library, rankings, readyAnswers, exports, rateLimits, metrics, metricsPage } = services;
  const snapshot = (): Snapshot => operatorRules.current;
  const fastify = await createHttpServer(http, log);
  const counted: CountedRequests = new WeakMap();
  if (services.tracer !== undefined) await fastify.register(traceRequests, { tracer: services.tracer });
  await fastify.register(countRequests, { metrics });
  if (metricsPage !== undefined) await fastify.register(metricsRoute, metricsPage);
  await fastify.register(crossOrigin, { corsOrigins: http.corsOrigins });
  // After the headers: a page of another origin must be able to read why its request is refused.
  if (rateLimits !== undefined) await fastify.register(addressLimits, { limits: rateLimits, counted });
  const shutdown = new Shutdown();
  await fastify.register(shutdown.plugin);
  const parseJson = limitJsonValues(fastify);
  const publicUrl = settings.publicUrl === undefined ? undefined : settings.publicUrl + basePath;
  const heads = { snapshot, posters: services.posterAddresses, publicUrl };
  const pages = await Pages.register(fastify, { clientDirectory, place: http, publicUrl, movieHead: (id) => movieHead(heads, id) });
  const sitemap = settings.sitemap && publicUrl !== undefined ? `${publicUrl}/sitemap.xml` : undefined;
  await fastify.register(webAppFiles, { clientDirectory, basePath, sitemap });
  await fastify.register(errorReplies, { pages });
  await fastify.register(landingRoute, { pages, basePath, hasSession: ({ headers }) => hasCookie(headers.cookie, accounts.sessionCookie) });
  await fastify.register(healthRoutes, {
    unready: () => (shutdown.hasStarted ? 'shutting down' : undefined),
    served() {
      const { catalog } = snapshot();
      return {
        database: services.databaseHealth.isAway ? 'away' : 'up',
        version: catalog.version,
        dataAt: services.refresh.dataTime(catalog),
        lastRefresh: services.refresh.current,
      };
    },
  });
  if (services.posterRoute !== undefined) await fastify.register(posterRoute, services.posterRoute);
  const identityOf = requestIdentity((headers) => accounts.authenticate(headers));
  const authenticate = routeIdentity(identityOf);
  const admission = new Admission({ budgets: services.pointBudgets, queue: services.heavyQueue, metrics });
  const pay = paidWork({ admission, authenticate, metrics, timeoutMs: http.requestTimeoutMs });
  if (sitemap !== undefined && publicUrl !== undefined)
    await fastify.register(sitemapRoute, { publicUrl, pages: () => sitemapPages(snapshot()), pay });
  await fastify.register(async (personal) => {
    varyBy(personal, accounts.credentialHeaders);
    await personal.register(accountsRoute, { basePath, handle: (request, address) => accounts.handle(request, address) });
    await personal.register(exportRoutes, { authenticate, ...exports, pay });
    await personal.register(auditRoute, { ...auditCsv(authenticate, accounts.administration.audit), pay });
    await personal.register(ownedMoviesRoute, { ...ownedMoviesUpload(authenticate, services.artifactsDirectory), pay });
  });
  await fastify.register(hooksRoute, {
    find: hookReceivers({ snapshot, library, accounts: accounts.administration.accounts }),
    limits: rateLimits,
    async spend({ ip: address }, hookId) {
      await admission.admit({ address, identity: { userId: hookId, keyId: hookId } }, EVENT_PRICE);
    },
  });
  const apollo = createApolloServer(createSchema(), settings.graphql, metrics);
  await apollo.start();
  const runningImports = new RunningImports(services.importSiblings);
  const execute = graphqlExecution(apollo, {
    contextOf: (request, admit) =>
      createContext({
        snapshot: snapshot(),
        posters: services.posterAddresses,
        library,
        pushKey: services.pushKey,
        runningImports,
        rankings,
        metrics,
        log: request.log,
        timeoutMs: http.requestTimeoutMs,
        authenticate: () => identityOf(request),
        signInProviders: () => accounts.signInProviders(),
        signInOptions: () => accounts.signInOptions(toWebHeaders(request)),
        administration: accounts.administration,
        releases: services.releases,
        refresh: services.refresh,
        operatorRules,
        server: services.server,
        learnsFromViewers: settings.graphql.learnsFromViewers ?? true,
        servedVersion: () => snapshot().catalog.version,
        address: plainAddress(request.ip),
        acceptLanguage: request.headers['accept-language'],
        admit,
      }),
    admission,
    credentialHeaders: accounts.credentialHeaders,
    metrics,
    http,
    trusted: TrustedDocuments.read(clientDirectory, settings.trustedDocuments === 'only'),
  });
  const playground = settings.graphql.introspection ? Playground.find(fastify, clientDirectory, basePath) : undefined;
  const { bodyLimitBytes, importLimitBytes } = http;
  await fastify.register(graphqlRoute, {
    execute,
    authenticate,
    credentialHeaders: accounts.credentialHeaders,
    parseJson,
    ready: readyAnswers,
    onReadyAnswer: (operation, seconds) => metrics.operation(operation, 'OK', seconds),
    playground,
    bodyLimitBytes,
    importLimitBytes,
  });
  // Traces, other origins and forward-auth add to an answer what only Fastify's plugins know.
  if (services.tracer === undefined && http.corsOrigins.length === 0 && http.authHeader === undefined) {
    const logAnswered = answeredLog(http.logRequests);
    openReadyLane(fastify.server, {
      url: `${basePath}/graphql`,
      defaults: await defaultHeaders(http),
      credentialHeaders: accounts.credentialHeaders,
      ready: readyAnswers,
      limits: rateLimits,
      counted,
      shutdown,
      onAnswered({ id, operation, seconds }) {
        metrics.operation(operation, 'OK', seconds);
        metrics.request('/graphql', 'POST', 200, seconds);
        logAnswered(log, { method: 'POST', url: '/graphql', status: 200, ms: seconds * 1_000 }, { reqId: id });
      },
    });
  }

  return {
    fastify,
    async shutDown(timeoutMs, drainMs = 0) {
      const left = await shutdown.run(fastify, timeoutMs, drainMs);
      if (left > 0) log.warn({ left }, 'the shutdown cut off requests');
      await apollo.stop();
    },
  };
}

function hasCookie(header: string | undefined, name: string): boolean {
  return header?.split('; ').some((cookie) => cookie.startsWith(`${name}=`)) === true;
}
