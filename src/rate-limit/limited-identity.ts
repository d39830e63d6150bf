import type { Identity } from '../accounts/accounts.ts';
import { CredentialError } from '../accounts/credential-error.ts';
import type { RateLimiter, RateRule } from './rate-limiter.ts';

export interface IdentityLimits {
  take: RateLimiter['take'];
  user: RateRule;
  key: RateRule;
}

/** Who is asking, with each request counted for the user and, when a program asks, for its key. */
export function limitedIdentity(whoIs: (headers: Headers) => Promise<Identity | null>, limits: IdentityLimits) {
  return async (headers: Headers): Promise<Identity | null> => {
    const who = await whoIs(headers);
    if (who === null) return null;
    const { user, key } = limits;
    const [caller, rule] = who.keyId === undefined ? [who.userId, user] : [who.keyId, key];
    const { allowed, retryAfterSeconds } = await limits.take(caller, rule);
    if (allowed) return who;
    const whose = who.keyId === undefined ? 'this user' : 'this API key';
    throw new CredentialError('RATE_LIMITED', `Too many requests of ${whose}. Try again in ${retryAfterSeconds} s.`, retryAfterSeconds);
  };
}
