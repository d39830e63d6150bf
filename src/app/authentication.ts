import type { FastifyRequest } from 'fastify';
import { CredentialError } from '../accounts/credential-error.ts';
import type { Identity } from '../accounts/identity.ts';
import { HttpError } from '../http/http-error.ts';
import { toWebHeaders } from '../http/web-request.ts';

export type RequestIdentity = (request: FastifyRequest) => Promise<Identity | null>;

/** Authenticates each request once, however many routes and resolvers need the identity. */
export function requestIdentity(authenticate: (headers: Headers) => Promise<Identity | null>): RequestIdentity {
  const identities = new WeakMap<FastifyRequest, Promise<Identity | null>>();
  return (request) => {
    const known = identities.get(request);
    if (known !== undefined) return known;
    const identity = authenticate(toWebHeaders(request));
    identities.set(request, identity);
    return identity;
  };
}

/** The same for routes: credentials that are not valid become an HttpError. */
export function routeIdentity(identityOf: RequestIdentity): RequestIdentity {
  return async (request) => {
    try {
      return await identityOf(request);
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      const { code, message, retryAfterSeconds } = error;
      const headers: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      throw new HttpError(code === 'RATE_LIMITED' ? 429 : 401, code, message, headers);
    }
  };
}
