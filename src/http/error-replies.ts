import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { serviceErrorIn } from '../service-error.ts';
import { HttpError } from './http-error.ts';
import { type Pages, wantsHtml } from './pages.ts';
import { methodsAt } from './route-table.ts';
import { appendVary } from './vary.ts';

const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADERS_TOO_LARGE',
  503: 'SERVICE_UNAVAILABLE',
};

/** Characters of an address in a message. */
const MAX_ECHO = 100;

/**
 * Errors outside GraphQL have the form of GraphQL errors, so that a client reads errors in one way. A browser that asks for an unknown page
 * gets the web app, which shows its own "not found".
 */
export const errorReplies = fastifyPlugin(async (app: FastifyInstance, { pages }: { pages: Pages | undefined }) => {
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const shown = cut(withoutToken(path));
    const methods = methodsAt(app.routes, path);
    if (methods.length > 0 && !methods.includes(request.method)) {
      reply.header('allow', methods.join(', '));
      if (request.method === 'OPTIONS') return reply.code(204).send();
      return sendError(reply, 405, `${shown} does not take ${request.method}.`);
    }
    appendVary(reply, 'accept');
    if (pages !== undefined && wantsHtml(request) && !/^\/(api|assets)\//.test(path)) return pages.sendFallback(reply.code(404));
    return sendError(reply, 404, `There is nothing at ${request.method} ${shown}.`);
  });
  app.setErrorHandler((error: FastifyError | HttpError, request, reply) => {
    if (error instanceof HttpError)
      return sendError(reply.headers(error.headers), error.statusCode, error.message, error.code, error.details);
    const failure = serviceErrorIn(error);
    if (failure !== undefined) {
      request.log.error({ err: failure.cause }, 'a request failed');
      return sendError(reply.header('retry-after', failure.retryAfterSeconds), failure.statusCode, failure.message, failure.code);
    }
    const status = error.statusCode ?? 500;
    if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY')
      return sendError(reply, 400, 'The body is not valid JSON, or has a key "__proto__".');
    if (status < 500) return sendError(reply, status, error.message);
    request.log.error({ err: error }, 'a request failed');
    return sendError(reply, status === 503 ? 503 : 500, 'Something went wrong on our side. The request id finds it in the log.');
  });
});

export function sendError(reply: FastifyReply, status: number, message: string, code = CODES[status], details: object = {}): FastifyReply {
  // Set again: the route may have promised more before it failed.
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send(errorBody(status, message, code, details));
}

export interface ErrorBody {
  errors: { message: string; extensions: { code: string } }[];
}

/** The form of every error of the API. */
export function errorBody(status: number, message: string, code = CODES[status], details: object = {}): ErrorBody {
  const known = code ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
  return { errors: [{ message, extensions: { code: known, ...details } }] };
}

function cut(path: string): string {
  return path.length > MAX_ECHO ? `${path.slice(0, MAX_ECHO)}…` : path;
}

export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** A path as it may be logged: the token of a hook is a secret. */
export function withoutToken(path: string): string {
  return path.replace(/(^|\/)(hooks|lists)\/.*/is, '$1$2/***').replace(/cmh_[\w-]+/g, 'cmh_***');
}
