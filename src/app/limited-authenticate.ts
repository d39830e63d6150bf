import { CredentialError } from '../accounts/credential-error.ts';
import type { Authenticate } from '../accounts/identity.ts';
import type { RateLimits } from '../rate-limit/rate-limits.ts';

/** Authenticates, and counts each request for its user or, with an API key, for the key. */
export function limitedAuthenticate(authenticate: Authenticate, limits: RateLimits): Authenticate {
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
