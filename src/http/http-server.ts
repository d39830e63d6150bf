import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type AuthHeaderSettings, believeAuthHeader } from './auth-header.ts';
import { type PublicPlace, refuseOwnRoute, withoutBasePath } from './base-path.ts';
import { answerBrokenRequest } from './broken-requests.ts';
import { pathOf, sendError, withoutToken } from './error-replies.ts';
import { checkForwardedFor } from './forwarded-for.ts';
import { HttpError } from './http-error.ts';
import { rememberRoutes } from './route-table.ts';
import { securityHeaders } from './security-headers.ts';

export interface HttpSettings extends PublicPlace {
  port: number;
  host: string;
  /** The path of a Unix socket to listen on instead of host and port. */
  socket?: string | undefined;
  /** Pages of these origins may call the API from a browser. */
  corsOrigins: string[];
  bodyLimitBytes: number;
  /** The body limit of signed-in users, for the files that they import. */
  importLimitBytes: number;
  requestTimeoutMs: number;
  /** For callers that are not signed in; no longer than `requestTimeoutMs`. */
  anonymousTimeoutMs: number;
  /** How long a shutdown may take. */
  shutdownTimeoutMs: number;
  /** How long the server serves on after it was told to stop, so that proxies can turn to other servers. */
  drainMs: number;
  trustedProxies: TrustedProxies;
  /** The headers of a forward-auth proxy; undefined: nobody is believed. */
  authHeader?: AuthHeaderSettings | undefined;
  logRequests: LoggedRequests;
  /** Other servers from which pages may show pictures. */
  pictureOrigins: readonly string[];
}

/** Which requests leave a line in the log: all, those answered with an error, or these and one of a hundred others. */
export type LoggedRequests = 'all' | 'errors' | 'sample';

/** Proxies whose X-Forwarded-For counts: none, this number of proxies in front of the server, or those at these addresses. */
export type TrustedProxies = false | number | string[];

/** A request whose headers and body take longer than this to arrive is cut off. */
const MAX_RECEIVE_MS = 30_000;
/** With `sample`, one of so many requests that succeeded is logged. */
const SAMPLE = 100;

/** Fastify with request ids, the headers of every answer and one log line a request. Everything else is a plugin. */
export async function createHttpServer(
  {
    bodyLimitBytes,
    trustedProxies,
    authHeader,
    logRequests,
    pictureOrigins,
    basePath,
    assetsUrl,
  }: Pick<HttpSettings, 'bodyLimitBytes' | 'trustedProxies' | 'authHeader' | 'logRequests' | 'pictureOrigins' | keyof PublicPlace>,
  log: FastifyBaseLogger,
): Promise<FastifyInstance> {
  const defaults = await defaultHeaders({ pictureOrigins, assetsUrl });
  const server: FastifyInstance = Fastify({
    loggerInstance: log,
    // Fastify writes two lines a request. The hook below writes one, when the request is answered.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: MAX_RECEIVE_MS,
    // A request that arrives on an open connection while the port closes is answered like any other.
    return503OnClosing: false,
    // Fastify cannot parse the address. No hook runs for it.
    frameworkErrors: (error, request, reply) =>
      void sendError(reply.headers({ ...defaults, 'x-request-id': request.id }), error.statusCode ?? 400, 'The address cannot be read.'),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, defaults),
    // "/graphql/" is "/graphql".
    routerOptions: { ignoreTrailingSlash: true },
    // No code here copies keys of a body into other objects. A key "constructor" is an unknown key, and its body is valid JSON.
    onConstructorPoisoning: 'ignore',
    trustProxy: trustOf(trustedProxies),
    rewriteUrl: (request: IncomingMessage) => withoutBasePath(request.url ?? '/', basePath),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
  });
  server.addHook('onRoute', ({ url }) => refuseOwnRoute(url, basePath));
  rememberRoutes(server);
  // A browser sends text/plain to other origins without asking them first (CORS), so a JSON API must not read it.
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(defaults);
    reply.header('x-request-id', request.id);
    done();
  });
  // After CORS: a page of another origin must be able to read the refusal.
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') done();
    else done(new HttpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Compressed bodies are not read.', { 'accept-encoding': 'identity' }));
  });
  checkForwardedFor(server, trustedProxies !== false);
  if (authHeader !== undefined) believeAuthHeader(server, authHeader);
  const logAnswered = answeredLog(logRequests);
  server.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request;
    logAnswered(request.log, { method, url, status: reply.statusCode, ms: reply.elapsedTime });
    done();
  });
  return server;
}

interface Answered {
  method: string;
  url: string;
  status: number;
  ms: number;
}

/** Writes the one line of a request, for those requests that are logged. */
export function answeredLog(
  logRequests: LoggedRequests,
): (log: Pick<FastifyBaseLogger, 'info'>, answered: Answered, about?: object) => void {
  let succeeded = 0;
  return (log, { method, url, status, ms }, about = {}) => {
    if (logRequests === 'all' || status >= 400 || (logRequests === 'sample' && succeeded++ % SAMPLE === 0))
      log.info({ ...about, method, path: withoutToken(pathOf(url)), status, ms: Math.round(ms * 10) / 10 }, 'answered');
  };
}

/** Headers of every answer. No answer may be kept by a cache unless its route says so: most depend on who asks. */
export async function defaultHeaders({
  pictureOrigins,
  assetsUrl,
}: Pick<HttpSettings, 'pictureOrigins' | 'assetsUrl'>): Promise<Record<string, string>> {
  return { ...(await securityHeaders(pictureOrigins, assetsUrl)), 'cache-control': 'no-store' };
}

/** A number counts hops, the nearest proxy first. */
function trustOf(trusted: TrustedProxies): false | string[] | ((address: string, hop: number) => boolean) {
  return typeof trusted === 'number' ? (_address, hop) => hop < trusted : trusted;
}

/** The id that the caller sent when it is harmless in a log and in a header; else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : randomUUID();
}
