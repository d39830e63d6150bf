import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../graphql/context.ts';
import type { ErrorCode } from '../graphql/errors.ts';
import type { Admit } from '../graphql/limits/admission.ts';
import { callerGoneError, timeoutError } from '../graphql/limits/request-budget.ts';
import type { GraphQLAnswer } from '../http/graphql-route.ts';
import { HttpError } from '../http/http-error.ts';
import type { HttpSettings } from '../http/http-server.ts';
import { copyHeaders } from '../http/web-request.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Spender } from '../rate-limit/point-budgets.ts';
import { answerVersion } from '../recommendations/snapshot.ts';
import { type Admission, HEAVY_PRICE } from './admission.ts';
import { type DocumentReference, hashIn, type TrustedDocuments } from './trusted-documents.ts';

export interface ExecutionParts {
  contextOf(request: FastifyRequest, admit: Admit): RequestContext;
  admission: Admission;
  /** Headers that can hold credentials. */
  credentialHeaders: readonly string[];
  metrics: Pick<Metrics, 'heavyWaited' | 'span'>;
  trusted: TrustedDocuments;
  http: Pick<HttpSettings, 'requestTimeoutMs' | 'anonymousTimeoutMs' | 'bodyLimitBytes'>;
}

/**
 * Runs HTTP requests through Apollo. @as-integrations/fastify is not used: it builds a URL from the Host header, so a malformed header
 * would be answered with 500.
 */
export function graphqlExecution(
  apollo: ApolloServer<RequestContext>,
  { contextOf, admission, credentialHeaders, metrics, trusted, http }: ExecutionParts,
): (request: FastifyRequest) => Promise<GraphQLAnswer> {
  const { requestTimeoutMs, bodyLimitBytes } = http;
  const anonymousTimeoutMs = Math.min(http.anonymousTimeoutMs, requestTimeoutMs);
  return async (request) => {
    const asked = withTrustedText(toGraphQLRequest(request), trusted, bodyLimitBytes);
    const hasCredentials = credentialHeaders.some((name) => request.headers[name] !== undefined);
    const timeoutMs = hasCredentials ? requestTimeoutMs : anonymousTimeoutMs;
    let isOver = false;
    let leaveQueue: (() => void) | undefined;
    let entered: Promise<void> | undefined;
    let spentInAll = 0;
    const admit: Admit = async (price, kind) => {
      // Invalid credentials allow no more than none. Whoever needs the identity gets the error.
      const identity = hasCredentials ? await context.identityIfAny().catch(() => null) : null;
      if (identity === null) budget.shorten(anonymousTimeoutMs);
      const spender = { address: request.ip, identity: identity ?? undefined };
      const points = kind === 'rows' ? admission.priceOfRows(spender, price) : price;
      const spending = await admission.spend(spender, points).catch(throwForApollo);
      spentInAll += price;
      // One place for the whole request: two requests that each wait for a second one would wait for ever.
      if (spentInAll >= HEAVY_PRICE) entered ??= enter(spender).catch(throwForApollo);
      await entered;
      budget.check();
      return { points, spending };
    };
    const enter = async (spender: Spender): Promise<void> => {
      const place = admission.enter(spender);
      leaveQueue = () => place.leave();
      if (isOver) leaveQueue();
      const started = performance.now();
      await place.ready;
      metrics.heavyWaited((performance.now() - started) / 1_000);
    };
    const context = contextOf(request, admit);
    const { budget } = context;
    budget.shorten(timeoutMs);
    const onGone = (): void => budget.stop(callerGoneError());
    request.raw.socket.once('close', onGone);
    try {
      const answer = metrics.span('graphql', () =>
        apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: asked, context: async () => context }),
      );
      const response = await within(timeoutMs, answer);
      if (response === undefined) {
        const error = timeoutError(timeoutMs);
        budget.stop(error);
        throw new HttpError(503, 'TIMEOUT', error.message);
      }
      const {
        scope: { sharedAs },
        snapshot,
      } = context;
      return toAnswer(response, sharedAs === undefined ? undefined : { operation: sharedAs, version: answerVersion(snapshot) });
    } finally {
      isOver = true;
      leaveQueue?.();
      request.raw.socket.off('close', onGone);
    }
  };
}

function throwForApollo(error: unknown): never {
  if (!(error instanceof HttpError)) throw error;
  const { message, code, statusCode: status, details } = error;
  const headers = new HeaderMap(Object.entries(error.headers));
  throw new GraphQLError(message, { extensions: { code, ...details, http: { status, headers } } });
}

function toAnswer({ status = 200, headers, body }: HTTPGraphQLResponse, shared: GraphQLAnswer['shared']): GraphQLAnswer {
  if (body.kind !== 'complete') throw new Error('answers in parts are not supported');
  const contentType = headers.get('content-type') ?? 'application/json; charset=utf-8';
  // Written by the route, for the form in which the answer is sent.
  for (const name of ['content-type', 'content-length', 'cache-control']) headers.delete(name);
  return { status, headers, contentType, body: body.string, shared: status === 200 ? shared : undefined };
}

/** The request with the text of the document that it names by its hash, checked. Text that the build wrote may be longer than a caller's. */
function withTrustedText(asked: HTTPGraphQLRequest, trusted: TrustedDocuments, bodyLimitBytes: number): HTTPGraphQLRequest {
  if (asked.method === 'GET') return withTrustedSearch(asked, trusted);
  const reference = isObject(asked.body) ? (asked.body as DocumentReference) : {};
  const text = trusted.textFor(reference);
  if (text !== undefined) {
    const { documentId: _id, extensions, ...rest } = reference;
    const body = { ...rest, extensions: withoutHash(extensions), query: text };
    checkBody(body, bodyLimitBytes, true);
    return { ...asked, body };
  }
  checkBody(asked.body, bodyLimitBytes, false);
  return typeof reference.documentId === 'string' ? { ...asked, body: asPersistedQuery(reference) } : asked;
}

function withTrustedSearch(asked: HTTPGraphQLRequest, trusted: TrustedDocuments): HTTPGraphQLRequest {
  const search = new URLSearchParams(asked.search);
  const query = search.get('query') ?? undefined;
  const documentId = search.get('documentId') ?? undefined;
  const extensions = parsed(search.get('extensions'));
  const text = trusted.textFor({ query, documentId, extensions });
  if (text === undefined && documentId === undefined) return asked;
  if (text !== undefined) {
    search.set('query', text);
    search.set('extensions', JSON.stringify(withoutHash(extensions)));
  } else search.set('extensions', JSON.stringify(asPersistedQuery({ documentId }).extensions));
  search.delete('documentId');
  return { ...asked, search: `?${search}` };
}

/** Apollo answers a hash that it does not know with PERSISTED_QUERY_NOT_FOUND. It has one form for all of them. */
function asPersistedQuery({ documentId, ...body }: DocumentReference) {
  return { ...body, extensions: { persistedQuery: { version: 1, sha256Hash: hashIn(documentId, undefined) } } };
}

/** Apollo would look the hash up again. */
function withoutHash(extensions: unknown): object {
  if (!isObject(extensions)) return {};
  const { persistedQuery: _hash, ...others } = extensions as Record<string, unknown>;
  return others;
}

function parsed(json: string | null): unknown {
  try {
    return json === null ? undefined : JSON.parse(json);
  } catch {
    // Apollo says what is wrong with it.
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters of a query. */
const MAX_QUERY_LENGTH = 20_480;

/** Refuses long texts before they are hashed, parsed and stored. Only an import may send more than `bodyLimitBytes`. */
function checkBody(body: unknown, bodyLimitBytes: number, isTrusted: boolean): void {
  const { query, variables } = (body ?? {}) as { query?: unknown; variables?: unknown };
  if (typeof query !== 'string') return;
  if (!isTrusted && query.length > MAX_QUERY_LENGTH) {
    const problem = `The query has ${query.length} characters; at most ${MAX_QUERY_LENGTH} are allowed.`;
    throw new HttpError(400, 'QUERY_TOO_LONG' satisfies ErrorCode, problem);
  }
  if (/import(?:History|Files)/.test(query) || !isLongerThan(variables, bodyLimitBytes)) return;
  throw new HttpError(
    413,
    'PAYLOAD_TOO_LARGE',
    `Request body is too large: at most ${bodyLimitBytes} bytes are taken, except by importHistory and importFiles.`,
  );
}

/** Whether the strings of a JSON value have more characters than `max`. */
function isLongerThan(value: unknown, max: number): boolean {
  let left = max;
  const waiting = [value];
  for (let next = waiting.pop(); left >= 0 && next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') left -= next.length;
    else if (typeof next === 'object' && next !== null)
      for (const inner of Object.values(next)) if (inner !== undefined) waiting.push(inner);
  }
  return left < 0;
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
  copyHeaders(request, headers);
  // A HEAD is a GET whose body is left out.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  // Apollo runs no mutation by GET, and a cookie does not count on pages of other origins. So a GET needs no proof that it is not forged.
  if (method === 'GET') headers.set('apollo-require-preflight', 'true');
  const query = request.url.indexOf('?');
  return { method, headers, search: query < 0 ? '' : request.url.slice(query), body: request.body };
}
