import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createContext, type RequestContext, type RequestParts } from '../graphql/context.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { credentialRefusal } from '../graphql/errors.ts';
import { timeoutError } from '../graphql/limits/deadline.ts';
import { webHeadersOf } from './accounts-route.ts';
import { limitBodies } from './body-limits.ts';
import { sendError } from './error-replies.ts';
import { wantsHtml } from './pages.ts';
import type { Playground } from './playground.ts';

export interface GraphQLRoute {
  apollo: ApolloServer<RequestContext>;
  snapshot(): Snapshot;
  library: RequestParts['library'];
  rankings: RequestParts['rankings'];
  metrics: RequestParts['metrics'];
  whoIs(headers: Headers): ReturnType<RequestParts['authenticate']>;
  signInProviders: RequestParts['signInProviders'];
  playground: Playground | undefined;
  timeoutMs: number;
  bodyLimitBytes: number;
  importLimitBytes: number;
}

/**
 * `/graphql`: operations by POST and GET; a browser that navigates here gets the playground. Written out instead of taken from an
 * integration package because that one builds a URL from the Host header, and a malformed one would be our error 500.
 */
export function registerGraphQLRoute(app: FastifyInstance, route: GraphQLRoute): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: Math.max(route.bodyLimitBytes, route.importLimitBytes),
    preParsing: limitBodies(route.bodyLimitBytes, (request) => isSignedIn(route, request)),
    handler: async (request, reply) => {
      if (wantsHtml(request)) {
        if (route.playground === undefined) return sendError(reply, 404, 'There is no playground here.');
        return route.playground.send(reply);
      }
      return answer(route, request, reply);
    },
  });
}

/** Credentials that do not count let in no more than none. */
async function isSignedIn({ whoIs }: GraphQLRoute, request: FastifyRequest): Promise<boolean> {
  try {
    return (await whoIs(webHeadersOf(request))) !== null;
  } catch (error) {
    if (credentialRefusal(error) === error) throw error;
    return false;
  }
}

async function answer(
  { apollo, snapshot, library, rankings, metrics, whoIs, signInProviders, timeoutMs }: GraphQLRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const answered = apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: graphQLRequestOf(request),
    context: async () =>
      createContext({
        snapshot: snapshot(),
        library,
        rankings,
        metrics,
        log: request.log,
        timeoutMs,
        authenticate: () => whoIs(webHeadersOf(request)),
        signInProviders,
      }),
  });
  const response = await within(timeoutMs, answered);
  if (response === undefined) return sendError(reply, 503, timeoutError(timeoutMs).message, 'TIMEOUT');
  for (const [name, value] of response.headers) reply.header(name, value);
  reply.code(response.status ?? 200);
  if (response.body.kind === 'complete') return reply.send(response.body.string);
  throw new Error('answers in parts are not supported');
}

/** What the promise gives, or undefined when that takes longer. A promise given up on is nobody's unhandled rejection. */
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

function graphQLRequestOf(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const query = request.url.indexOf('?');
  return { method: request.method, headers, search: query < 0 ? '' : request.url.slice(query), body: request.body };
}
