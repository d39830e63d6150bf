import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { answerBrokenRequest } from './broken-requests.ts';
import { pathOf, replyToBadUrl } from './error-replies.ts';
import { HttpError } from './http-error.ts';
import { rememberRoutes } from './route-table.ts';

export interface HttpSettings {
  port: number;
  host: string;
  /** Pages of these origins may call the API from a browser. */
  corsOrigins: string[];
  bodyLimitBytes: number;
  /** The body limit of signed-in users, for the files that they import. */
  importLimitBytes: number;
  requestTimeoutMs: number;
  /** How long a shutdown may take. */
  shutdownTimeoutMs: number;
  /** How long the server serves on after it was told to stop, so that proxies can turn to other servers. */
  drainMs: number;
  trustedProxies: TrustedProxies;
}

/** Proxies whose X-Forwarded-For counts: none, this number of proxies in front of the server, or those at these addresses. */
export type TrustedProxies = false | number | string[];

/** A request whose headers and body take longer than this to arrive is cut off. */
const MAX_RECEIVE_MS = 30_000;

/** Fastify with request ids and one log line a request. Everything else is a plugin. */
export function createHttpServer(
  { bodyLimitBytes, trustedProxies }: Pick<HttpSettings, 'bodyLimitBytes' | 'trustedProxies'>,
  log: FastifyBaseLogger,
): FastifyInstance {
  const server: FastifyInstance = Fastify({
    loggerInstance: log,
    // Fastify writes two lines a request. The hook below writes one, when the request is answered.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: MAX_RECEIVE_MS,
    // A request that arrives on an open connection while the port closes is answered like any other.
    return503OnClosing: false,
    frameworkErrors: replyToBadUrl,
    clientErrorHandler: answerBrokenRequest,
    // "/graphql/" is "/graphql".
    routerOptions: { ignoreTrailingSlash: true },
    // No code here copies keys of a body into other objects. A key "constructor" is an unknown key, and its body is valid JSON.
    onConstructorPoisoning: 'ignore',
    trustProxy: trustOf(trustedProxies),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
  });
  rememberRoutes(server);
  // A browser sends text/plain to other origins without asking them first (CORS), so a JSON API must not read it.
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return;
    throw new HttpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Compressed bodies are not read.', { 'accept-encoding': 'identity' });
  });
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      { method: request.method, path: pathOf(request.url), status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 },
      'answered',
    );
  });
  return server;
}

/** A number counts hops, the nearest proxy first. */
function trustOf(trusted: TrustedProxies): false | string[] | ((address: string, hop: number) => boolean) {
  return typeof trusted === 'number' ? (_address, hop) => hop < trusted : trusted;
}

/** The id that the caller sent when it is harmless in a log and in a header; else a new one. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : randomUUID();
}
