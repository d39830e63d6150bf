import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RateLimits } from '../rate-limit/rate-limits.ts';
import { formFields } from './form-fields.ts';
import { HttpError } from './http-error.ts';

/** A poster may come along. */
export const MAX_HOOK_BYTES = 2_097_152;
export const MAX_EVENT_BYTES = 262_144;
/** Fields of a form that hold the event: of Plex, and of Emby. */
const EVENT_FIELDS = ['payload', 'data'];

/** Takes the events of one token. */
export interface HookReceiver {
  /** Names the token in the counts of requests. */
  id: string;
  /** Throws an HttpError for an event that cannot be read. */
  receive(event: unknown): Promise<{ outcome: string }>;
  /** Lists a delivery that holds no event. */
  refuse(problem: string): Promise<void>;
}

export interface HooksRoute {
  /** Undefined when there is no such token. */
  find(token: string): Promise<HookReceiver | undefined>;
  limits: RateLimits | undefined;
  /** Spends the points of an event, before it is read. Throws an HttpError when they are used up. */
  spend(request: FastifyRequest, hookId: string): Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    hook: HookReceiver | undefined;
  }
}

/** `POST /hooks/TOKEN`: events of media servers. The token is checked and counted before the body is read. */
export async function hooksRoute(app: FastifyInstance, { find, limits, spend }: HooksRoute): Promise<void> {
  app.decorateRequest('hook', undefined);
  // Media servers send JSON under many types: Jellyfin's plugin says text/plain.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post<{ Params: { token: string } }>('/hooks/:token', {
    bodyLimit: MAX_HOOK_BYTES,
    config: { payment: 'points' },
    async onRequest(request) {
      const hook = await find(request.params.token);
      if (hook === undefined) throw new HttpError(404, 'NOT_FOUND', 'There is no such hook. It may have been revoked.');
      const verdict = await limits?.take(`hook ${hook.id}`, limits.key);
      if (verdict?.allowed === false) {
        const seconds = verdict.retryAfterSeconds;
        const headers = { 'retry-after': String(seconds) };
        throw new HttpError(429, 'RATE_LIMITED', `Too many events of this hook. Try again in ${seconds} s.`, headers);
      }
      await spend(request, hook.id);
      request.hook = hook;
    },
    async onError(request, _reply, error) {
      // Fastify refused the body before it was read, for instance because it is too large.
      if (!(error instanceof HttpError) && (error.statusCode ?? 500) < 500) await request.hook?.refuse(error.message);
    },
    async handler(request) {
      const event = await eventOf(request).catch(async (error: unknown) => {
        if (error instanceof HttpError) await request.hook?.refuse(error.message);
        throw error;
      });
      return request.hook?.receive(event);
    },
  });
}

async function eventOf({ headers, body }: FastifyRequest): Promise<unknown> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const fields = await formFields(headers['content-type'] ?? '', bytes, MAX_EVENT_BYTES);
  if (fields === undefined && bytes.length > MAX_EVENT_BYTES)
    throw new HttpError(413, 'PAYLOAD_TOO_LARGE', `Request body is too large: an event has at most ${MAX_EVENT_BYTES} bytes.`);
  const text = fields === undefined ? bytes.toString() : EVENT_FIELDS.map((name) => fields.get(name)).find((value) => value !== undefined);
  if (text === undefined)
    throw new HttpError(400, 'BAD_REQUEST', `The form has no field ${EVENT_FIELDS.map((name) => `"${name}"`).join(' or ')}.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'BAD_REQUEST', 'The event is not valid JSON.');
  }
}
