import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pathOf, sendError } from './error-replies.ts';

/** How often a caller may ask; only who counts knows the rest of it. */
export interface RateRule {
  name: string;
}

export interface RateLimits<Rule extends RateRule> {
  take(caller: string, rule: Rule): Verdict | Promise<Verdict>;
  address: Rule;
  /** Attempts to prove who one is: each costs the server much, and somebody a password if it is guessed. */
  signIn: Rule;
  /** Told of each refusal. */
  refused(rule: string): void;
}

interface Verdict {
  allowed: boolean;
  retryAfterSeconds: number;
}

/** Routes of pages and their files, and of what machines ask to see how the server is. */
const FREE = new Set(['/', '/assets/*', '/health', '/ready', '/metrics']);
const ACCOUNTS = '/api/auth/*';
/** What is sent to an account's routes is taken for an attempt to sign in, however its path is written, unless it is one of these. */
const NO_ATTEMPT = /^\/api\/auth\/(sign-out|revoke-(session|sessions|other-sessions)|update-user|api-key\/[a-z]+)$/;

/** Counts requests by the address they come from and turns away, before reading them, those that are too many. */
export function registerRateLimits<Rule extends RateRule>(app: FastifyInstance, limits: RateLimits<Rule>): void {
  app.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url ?? '';
    if (FREE.has(route) || request.method === 'OPTIONS') return;
    const isAttempt = route === ACCOUNTS && request.method === 'POST' && !NO_ATTEMPT.test(pathOf(request.url));
    const rules = isAttempt ? [limits.address, limits.signIn] : [limits.address];
    for (const rule of rules) {
      const { allowed, retryAfterSeconds } = await limits.take(networkOf(request.ip), rule);
      if (allowed) continue;
      limits.refused(rule.name);
      const message = `Too many requests from your address. Try again in ${retryAfterSeconds} s.`;
      return sendError(reply.header('retry-after', retryAfterSeconds), 429, message, 'RATE_LIMITED');
    }
  });
}

/** Of an IPv6 address the first 64 bits: whoever has one address has as many as fit behind them. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head, tail] = address.split('%', 1)[0].split('::');
  const groups = (part: string | undefined): string[] => (part === undefined || part === '' ? [] : part.split(':'));
  const first = groups(head);
  const zeros = tail === undefined ? 0 : 8 - first.length - groups(tail).length;
  const whole = [...first, ...Array.from({ length: zeros }, () => '0'), ...groups(tail)];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
