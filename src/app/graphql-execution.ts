import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { RequestContext } from '../graphql/context.ts';
import { timeoutError } from '../graphql/limits/deadline.ts';
import type { GraphQLAnswer } from '../http/graphql-route.ts';
import { HttpError } from '../http/http-error.ts';

/**
 * Runs HTTP requests through Apollo. @as-integrations/fastify is not used: it builds a URL from the Host header, so a malformed header
 * would be answered with 500.
 */
export function graphqlExecution(
  apollo: ApolloServer<RequestContext>,
  contextOf: (request: FastifyRequest) => RequestContext,
  timeoutMs: number,
): (request: FastifyRequest) => Promise<GraphQLAnswer> {
  return async (request) => {
    const answer = apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: toGraphQLRequest(request),
      context: async () => contextOf(request),
    });
    const response = await within(timeoutMs, answer);
    if (response === undefined) throw new HttpError(503, 'TIMEOUT', timeoutError(timeoutMs).message);
    if (response.body.kind !== 'complete') throw new Error('answers in parts are not supported');
    return { status: response.status ?? 200, headers: response.headers, body: response.body.string };
  };
}

/** The value of the promise, or undefined when it takes longer. A later rejection is handled too. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toGraphQLRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // A HEAD is a GET whose body is left out.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  // Apollo runs no mutation by GET, and a cookie does not count on pages of other origins. So a GET needs no proof that it is not forged.
  if (method === 'GET') headers.set('apollo-require-preflight', 'true');
  const query = request.url.indexOf('?');
  return { method, headers, search: query < 0 ? '' : request.url.slice(query), body: request.body };
}
