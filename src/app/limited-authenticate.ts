import { CredentialError } from '../accounts/credential-error.ts';
import type { Authenticate } from '../accounts/identity.ts';
import type { RateLimiter, RateRule } from '../rate-limit/rate-limiter.ts';

export interface IdentityLimits {
  take: RateLimiter['take'];
  user: RateRule;
  key: RateRule;
}

/** Counts each authentication for the API key of the request, or else for the user. Throws a CredentialError above the limit. */
export function limitedAuthenticate(authenticate: Authenticate, limits: IdentityLimits): Authenticate {
  return async (headers) => {
    const identity = await authenticate(headers);
    if (identity === null) return null;
    const { user, key } = limits;
    const [caller, rule] = identity.keyId === undefined ? [identity.userId, user] : [identity.keyId, key];
    const { allowed, retryAfterSeconds } = await limits.take(caller, rule);
    if (allowed) return identity;
    const whose = identity.keyId === undefined ? 'this user' : 'this API key';
    throw new CredentialError('RATE_LIMITED', `Too many requests of ${whose}. Try again in ${retryAfterSeconds} s.`, retryAfterSeconds);
  };
}
