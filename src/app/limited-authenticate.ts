import type { Identity } from '../accounts/accounts.ts';
import { CredentialError } from '../accounts/credential-error.ts';
import type { RateLimiter, RateRule } from '../rate-limit/rate-limiter.ts';

export interface IdentityLimits {
  take: RateLimiter['take'];
  user: RateRule;
  key: RateRule;
  /** Told of each refusal. */
  refused(rule: string): void;
}

/** Who is asking, with each request counted for the user and, when a program asks, for its key. */
export function limitedAuthenticate(authenticate: (headers: Headers) => Promise<Identity | null>, limits: IdentityLimits) {
  return async (headers: Headers): Promise<Identity | null> => {
    const identity = await authenticate(headers);
    if (identity === null) return null;
    const { user, key } = limits;
    const [caller, rule] = identity.keyId === undefined ? [identity.userId, user] : [identity.keyId, key];
    const { allowed, retryAfterSeconds } = await limits.take(caller, rule);
    if (allowed) return identity;
    limits.refused(rule.name);
    const whose = identity.keyId === undefined ? 'this user' : 'this API key';
    throw new CredentialError('RATE_LIMITED', `Too many requests of ${whose}. Try again in ${retryAfterSeconds} s.`, retryAfterSeconds);
  };
}
