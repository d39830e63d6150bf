import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { createApolloServer, type GraphQLOptions } from '../graphql/apollo-server.ts';
import { createSchema } from '../graphql/schema.ts';
import { type Metrics, registerMetrics } from '../metrics/metrics.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { type AccountsRoute, registerAccountsRoute } from './accounts-route.ts';
import { pathOf, registerErrorReplies, replyToBadUrl } from './error-replies.ts';
import { type ExportRoutes, registerExportRoutes } from './export-routes.ts';
import { type GraphQLRoute, registerGraphQLRoute } from './graphql-route.ts';
import { registerHealthRoutes } from './health-routes.ts';
import { Pages, wantsHtml } from './pages.ts';
import { Playground } from './playground.ts';
import { type RateLimits, type RateRule, registerRateLimits } from './rate-limits.ts';
import { RequestsInFlight } from './requests-in-flight.ts';
import { registerSecurityHeaders } from './security-headers.ts';

const UNMEASURED: Pick<Metrics, 'operation' | 'ranked'> = { operation: () => undefined, ranked: () => undefined };

/** A request whose headers and body have not come by then is cut off. */
const SLOWEST_SENDER_MS = 30_000;

export interface AppOptions {
  /** What is served now; asked once a request. */
  snapshot(): Snapshot;
  accounts: AccountsRoute & Pick<GraphQLRoute, 'whoIs' | 'signInProviders'>;
  library: GraphQLRoute['library'];
  exports: ExportRoutes['exports'];
  rankings: GraphQLRoute['rankings'];
  /** Answered at `/metrics`; undefined: there are none. */
  metrics: Metrics | undefined;
  /** Undefined: everybody may ask as often as they like. */
  rateLimits: RateLimits<RateRule> | undefined;
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: false | number | string[];
  graphql: GraphQLOptions;
  corsOrigins: string[];
  bodyLimitBytes: number;
  /** Of who is signed in, for the files they import. */
  importLimitBytes: number;
  requestTimeoutMs: number;
  /** Where the built pages are. */
  clientDirectory: string;
  log: FastifyBaseLogger;
}

export interface App {
  fastify: FastifyInstance;
  /** Turns new requests away, finishes those under way within `timeoutMs`, then closes. */
  shutDown(timeoutMs: number): Promise<void>;
}

export async function createApp(options: AppOptions): Promise<App> {
  const fastify: FastifyInstance = Fastify({
    loggerInstance: options.log,
    // One line a request, written below when it is answered, instead of two.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: SLOWEST_SENDER_MS,
    frameworkErrors: replyToBadUrl,
    trustProxy: trustOf(options.trustedProxies),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
  });
  // GraphQL is JSON; without this, text/plain would be read too, which browsers send across origins unasked.
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    request.log.info(
      { method: request.method, path: pathOf(request.url), status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 },
      'answered',
    );
  });
  if (options.metrics !== undefined) registerMetrics(fastify, options.metrics);
  await registerSecurityHeaders(fastify, options.corsOrigins);
  // Behind the headers, so that another origin's page can read why it is turned away.
  if (options.rateLimits !== undefined) registerRateLimits(fastify, options.rateLimits);

  const inFlight = new RequestsInFlight();
  inFlight.register(fastify);
  registerHealthRoutes(fastify, {
    unready: () => (inFlight.draining ? 'shutting down' : undefined),
    version: () => options.snapshot().catalog.version,
  });

  const metrics = options.metrics ?? UNMEASURED;
  const apollo = createApolloServer(createSchema(), options.graphql, metrics);
  await apollo.start();
  const pages = await Pages.register(fastify, options.clientDirectory);
  registerErrorReplies(fastify, pages);
  const playground = options.graphql.introspection ? Playground.find(fastify, options.clientDirectory) : undefined;
  const { accounts } = options;
  await registerAccountsRoute(fastify, accounts);
  registerGraphQLRoute(fastify, {
    apollo,
    snapshot: options.snapshot,
    library: options.library,
    rankings: options.rankings,
    metrics,
    whoIs: (headers) => accounts.whoIs(headers),
    signInProviders: () => accounts.signInProviders(),
    playground,
    timeoutMs: options.requestTimeoutMs,
    bodyLimitBytes: options.bodyLimitBytes,
    importLimitBytes: options.importLimitBytes,
  });
  registerExportRoutes(fastify, { whoIs: (headers) => accounts.whoIs(headers), exports: options.exports });
  fastify.get('/', (request, reply) => {
    if (wantsHtml(request) && pages !== undefined) return pages.sendLanding(reply);
    return reply.send({ name: 'CineMatch', graphql: '/graphql', health: '/health', ready: '/ready' });
  });

  return {
    fastify,
    async shutDown(timeoutMs) {
      const left = await inFlight.drain(timeoutMs);
      if (left > 0) options.log.warn({ left }, 'requests were cut off by the shutdown');
      await fastify.close();
      await apollo.stop();
    },
  };
}

/** Of so many proxies each hop counts, the nearest first. */
function trustOf(trusted: AppOptions['trustedProxies']): false | string[] | ((address: string, hop: number) => boolean) {
  return typeof trusted === 'number' ? (_address, hop) => hop < trusted : trusted;
}

/** The caller's own id when it is harmless in a log and a header, else a new one. */
function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
