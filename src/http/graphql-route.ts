import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limitBodies } from './body-limits.ts';
import { EncodedBody, type Encoding } from './encoded-body.ts';
import { sendError } from './error-replies.ts';
import { HttpError } from './http-error.ts';
import { wantsHtml } from './pages.ts';
import type { Playground } from './playground.ts';
import { ReadyAnswer, type ReadyAnswers } from './ready-answers.ts';
import { varyBy } from './vary.ts';

export interface GraphQLAnswer {
  status: number;
  headers: Iterable<[name: string, value: string]>;
  contentType: string;
  body: string;
  /** Set when everybody without credentials gets this answer, until the catalog version changes. */
  shared: { operation: string; version: string } | undefined;
}

type JsonParser = (request: FastifyRequest, text: string, done: (error: Error | null, body?: unknown) => void) => void;

export interface GraphQLRoute {
  execute(request: FastifyRequest): Promise<GraphQLAnswer>;
  /** Null when nobody is signed in. Throws an HttpError for credentials that are not valid. */
  authenticate(request: FastifyRequest): Promise<{ isGuest: boolean } | null>;
  /** Headers that can hold credentials. */
  credentialHeaders: readonly string[];
  parseJson: JsonParser;
  ready: ReadyAnswers;
  /** Reports an operation that was answered from `ready`. */
  onReadyAnswer(operation: string, seconds: number): void;
  /** The page for browsers; undefined when there is none. */
  playground: Playground | undefined;
  bodyLimitBytes: number;
  /** The body limit of signed-in users. Guests may send no more than MAX_GUEST_IMPORT_BYTES. */
  importLimitBytes: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Key of the request among the ready answers; undefined when its answer cannot be one. */
    readyKey: string | undefined;
  }
}

/** Longer requests are answered and not kept. */
export const MAX_KEY_LENGTH = 16_384;
/** A file of some thousand rows. Anybody can be a guest. */
export const MAX_GUEST_IMPORT_BYTES = 1_048_576;
/** How long a cache in front of the server may serve an answer. A version that is published is seen this much later. */
const PUBLIC = 'public, max-age=60';
const PRIVATE = 'private, no-store';

/** `/graphql`: operations by POST and GET. A browser that navigates here gets the playground. */
export async function graphqlRoute(app: FastifyInstance, route: GraphQLRoute): Promise<void> {
  const { execute, authenticate, credentialHeaders, parseJson, ready, playground, bodyLimitBytes, importLimitBytes } = route;
  varyBy(app, [varyOf(credentialHeaders)]);
  const keyOf = ({ method, headers }: FastifyRequest, text: string): string | undefined =>
    readyKey(method, headers, text, credentialHeaders);
  const sendReady = (request: FastifyRequest, reply: FastifyReply, answer: ReadyAnswer, key: string | undefined): void => {
    const { body } = answer;
    const encoding = body.encodingFor(request.headers['accept-encoding']);
    const { cache, form: formHeaders } = readyHeaders(request.method, answer, encoding);
    reply.headers(cache);
    if (matches(request.headers['if-none-match'], cache.etag)) return void reply.code(304).send();
    reply.headers(formHeaders);
    if (encoding === undefined) return void reply.send(body.plain);
    const form = key === undefined ? body.in(encoding) : ready.encoded(key, answer, encoding);
    if (!(form instanceof Promise)) return void reply.send(form);
    form.then(
      (bytes) => reply.send(bytes),
      (error: unknown) => reply.send(error),
    );
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { status, headers, contentType, body, shared } = await execute(request);
    const { readyKey } = request;
    for (const [name, value] of headers) reply.header(name, value);
    if (shared !== undefined && readyKey !== undefined) {
      const made = new ReadyAnswer(contentType, body, shared.operation);
      ready.offer(readyKey, shared.version, made);
      sendReady(request, reply, made, readyKey);
      return reply;
    }
    const encoded = EncodedBody.once(body);
    const encoding = encoded.encodingFor(request.headers['accept-encoding']);
    reply.code(status).header('content-type', contentType).header('cache-control', PRIVATE);
    if (encoding !== undefined) reply.header('content-encoding', encoding);
    return reply.send(await encoded.in(encoding));
  };

  app.decorateRequest('readyKey', undefined);
  app.removeContentTypeParser('application/json');
  // A body that has a ready answer is not even parsed.
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request: FastifyRequest, text, done) => {
    request.readyKey = keyOf(request, text);
    const found = request.readyKey === undefined ? undefined : ready.get(request.readyKey);
    if (found === undefined) parseJson(request, text, done);
    else done(null, found);
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    config: { payment: 'points' },
    bodyLimit: Math.max(bodyLimitBytes, importLimitBytes),
    preParsing: limitBodies(bodyLimitBytes, (request) => importLimitOf(authenticate, request, importLimitBytes)),
    handler(request, reply) {
      if (wantsHtml(request)) {
        if (playground === undefined) sendError(reply, 404, 'There is no playground here.');
        else playground.send(reply);
        return;
      }
      let found = request.body instanceof ReadyAnswer ? request.body : undefined;
      if (isRead(request.method)) {
        request.readyKey = keyOf(request, request.url);
        found = request.readyKey === undefined ? undefined : ready.get(request.readyKey);
      }
      if (found === undefined) return answer(request, reply);
      route.onReadyAnswer(found.operation, reply.elapsedTime / 1_000);
      return sendReady(request, reply, found, request.readyKey);
    },
  });
}

/** The key of a request among the ready answers; undefined when its answer cannot be one. */
export function readyKey(
  method: string,
  headers: IncomingHttpHeaders,
  text: string,
  credentialHeaders: readonly string[],
): string | undefined {
  if (text.length > MAX_KEY_LENGTH) return undefined;
  for (const name of credentialHeaders) if (headers[name] !== undefined) return undefined;
  return `${isRead(method) ? 'GET' : method} ${headers.accept ?? ''}\n${text}`;
}

/** The headers of a ready answer beside `vary`: those that a 304 has too, and those of its form. */
export function readyHeaders(method: string, { body, contentType }: ReadyAnswer, encoding: Encoding | undefined) {
  return {
    cache: { etag: body.etag(encoding), 'cache-control': isRead(method) ? PUBLIC : PRIVATE },
    form: { 'content-type': contentType, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
  };
}

/** What the answers of the API differ by. */
export function varyOf(credentialHeaders: readonly string[]): string {
  return ['accept', 'accept-encoding', ...credentialHeaders].join(', ');
}

/** A HEAD is a GET whose body is left out. */
function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether a caller that sends this if-none-match has the answer. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

/** The largest body that the caller may send. Credentials that are not valid allow no more than none. */
async function importLimitOf(authenticate: GraphQLRoute['authenticate'], request: FastifyRequest, importLimit: number): Promise<number> {
  try {
    const identity = await authenticate(request);
    if (identity === null) return 0;
    return identity.isGuest ? Math.min(MAX_GUEST_IMPORT_BYTES, importLimit) : importLimit;
  } catch (error) {
    if (error instanceof HttpError) return 0;
    throw error;
  }
}
