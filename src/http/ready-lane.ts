import type { IncomingHttpHeaders, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { networkOf } from '../rate-limit/network-of.ts';
import type { RateLimits } from '../rate-limit/rate-limits.ts';
import type { CountedRequests } from './address-limits.ts';
import type { Encoding } from './encoded-body.ts';
import { MAX_KEY_LENGTH, readyHeaders, readyKey, varyOf } from './graphql-route.ts';
import { requestIdOf } from './http-server.ts';
import type { ReadyAnswer, ReadyAnswers } from './ready-answers.ts';
import type { Shutdown } from './shutdown.ts';

export interface ReadyLane {
  /** The address of the API, as it stands in a request. */
  url: string;
  /** Headers of every answer of this server. */
  defaults: Readonly<Record<string, string>>;
  credentialHeaders: readonly string[];
  ready: ReadyAnswers;
  /** Undefined when the limits are off. */
  limits: RateLimits | undefined;
  counted: CountedRequests;
  shutdown: Shutdown;
  onAnswered(answered: { id: string; operation: string; seconds: number }): void;
}

const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8']);
/** What the lane does not know how to answer. */
const OTHER_CASES = ['x-forwarded-for', 'content-encoding', 'transfer-encoding', 'expect', 'if-none-match'];

/**
 * Answers a POST from the ready answers before Fastify sees it: Fastify and its hooks take two thirds of the time of such a request.
 * Whatever is not the plain case goes on to Fastify as it came, and gets the same answer there.
 */
export function openReadyLane(server: Server, lane: ReadyLane): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  const goOn: RequestListener = (request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  };
  const headersOf = sentHeaders(lane);
  server.on('request', (request, response) => {
    const length = lengthOfPlainCase(request, lane);
    if (length === undefined) return goOn(request, response);
    const started = performance.now();
    // The parser gives the body of a small request in the same turn.
    process.nextTick(() => {
      if (!answerFrom(lane, headersOf, { request, response, length, started })) goOn(request, response);
    });
  });
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Bytes of the body. */
  length: number;
  started: number;
}

type HeadersOf = (answer: ReadyAnswer, encoding: Encoding | undefined, bytes: Buffer) => readonly string[];

/** Whether the request was answered. When not, its body can be read again. */
function answerFrom(lane: ReadyLane, headersOf: HeadersOf, { request, response, length, started }: Exchange): boolean {
  if (request.readableLength !== length) return false;
  const body: Buffer = request.read();
  const answer = findAnswer(lane, request.headers, body);
  const encoding = answer?.body.encodingFor(request.headers['accept-encoding'] as string | undefined);
  const bytes = answer?.body.made(encoding);
  if (answer === undefined || bytes === undefined || !isWithinLimit(lane, request)) {
    request.unshift(body);
    return false;
  }
  lane.ready.countHit();
  lane.shutdown.track(response);
  const id = requestIdOf(request.headers['x-request-id']);
  response.writeHead(200, ['x-request-id', id, ...headersOf(answer, encoding, bytes)]);
  response.end(bytes);
  // Nobody reads the end of the body any more.
  request.resume();
  lane.onAnswered({ id, operation: answer.operation, seconds: (performance.now() - started) / 1_000 });
  return true;
}

/** The length of the body when the request is of the kind that the lane answers. */
function lengthOfPlainCase(request: IncomingMessage, { url, shutdown, credentialHeaders }: ReadyLane): number | undefined {
  if (request.url !== url || request.method !== 'POST' || shutdown.hasStarted) return undefined;
  const { headers } = request;
  if (!JSON_TYPES.has(headers['content-type'] ?? '')) return undefined;
  for (const name of OTHER_CASES) if (headers[name] !== undefined) return undefined;
  for (const name of credentialHeaders) if (headers[name] !== undefined) return undefined;
  const length = Number(headers['content-length']);
  return length > 0 && length <= MAX_KEY_LENGTH ? length : undefined;
}

function findAnswer({ ready, credentialHeaders }: ReadyLane, headers: IncomingHttpHeaders, body: Buffer): ReadyAnswer | undefined {
  const key = readyKey('POST', headers, body.toString(), credentialHeaders);
  return key === undefined ? undefined : ready.find(key);
}

/** Counts the request. One that is refused, or must wait for the count, is Fastify's: it is not counted again. */
function isWithinLimit({ limits, counted }: ReadyLane, request: IncomingMessage): boolean {
  if (limits === undefined) return true;
  const verdict = limits.take(networkOf(request.socket.remoteAddress ?? '', 64), limits.address);
  if (!(verdict instanceof Promise) && verdict.allowed) return true;
  counted.set(request, verdict);
  return false;
}

/** The headers of each form of an answer, made once. */
function sentHeaders({ defaults, credentialHeaders }: ReadyLane): HeadersOf {
  const known = new WeakMap<Buffer, readonly string[]>();
  return (answer, encoding, bytes) => {
    let headers = known.get(bytes);
    if (headers === undefined) {
      const { cache, form } = readyHeaders('POST', answer, encoding);
      const vary = varyOf(credentialHeaders);
      headers = Object.entries({ ...defaults, ...cache, vary, ...form, 'content-length': String(bytes.length) }).flat();
      known.set(bytes, headers);
    }
    return headers;
  };
}
