import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { networkOf } from '../rate-limit/network-of.ts';
import type { RateRule, Verdict } from '../rate-limit/rate-limiter.ts';
import type { RateLimits } from '../rate-limit/rate-limits.ts';
import { pathOf, sendError } from './error-replies.ts';
import { wantsHtml } from './pages.ts';

/** Verdicts on requests that were counted before Fastify got them. */
export type CountedRequests = WeakMap<IncomingMessage, Verdict | Promise<Verdict>>;

export interface AddressLimits {
  limits: RateLimits;
  counted: CountedRequests;
}

const ACCOUNTS = '/api/auth/*';
/** Every other POST to the account routes counts as an attempt to sign in, however its path is written. */
const NO_ATTEMPT = /^\/api\/auth\/(sign-out|revoke-(session|sessions|other-sessions)|update-user|api-key\/[a-z]+)$/;

/** Counts requests by the address of the caller. Refuses those over a limit before it reads their bodies. */
export const addressLimits = fastifyPlugin(async (app: FastifyInstance, { limits, counted }: AddressLimits) => {
  const refuse = (reply: FastifyReply, { retryAfterSeconds }: Verdict): FastifyReply => {
    const message = `Too many requests from your address. Try again in ${retryAfterSeconds} s.`;
    return sendError(reply.header('retry-after', retryAfterSeconds), 429, message, 'RATE_LIMITED');
  };
  app.addHook('onRequest', (request, reply, done) => {
    const { url: route, config } = request.routeOptions;
    if (config.payment === 'free' || request.method === 'OPTIONS' || isOtherPage(route, request)) return done();
    const isAttempt = route === ACCOUNTS && request.method === 'POST' && !NO_ATTEMPT.test(pathOf(request.url));
    const settle = (verdict: Verdict, rule: RateRule): void => {
      if (!verdict.allowed) refuse(reply, verdict);
      else if (isAttempt && rule === limits.address) take(limits.signIn);
      else done();
    };
    const take = (rule: RateRule): void => {
      // Guesses are counted over the larger network: a program can use all of it.
      const known = rule === limits.address ? counted.get(request.raw) : undefined;
      const verdict = known ?? limits.take(networkOf(request.ip, rule === limits.signIn ? 48 : 64), rule);
      // Most verdicts are known at once, and a promise would cost each request more than the count.
      if (verdict instanceof Promise) verdict.then((settled) => settle(settled, rule), done);
      else settle(verdict, rule);
    };
    take(limits.address);
  });
});

/** The playground, or an address without a route: the web app says that there is nothing. Pages must say what is wrong, so they are free. */
function isOtherPage(route: string | undefined, request: FastifyRequest): boolean {
  return (route === undefined || route === '/graphql') && wantsHtml(request);
}
