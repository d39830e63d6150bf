import type { Scope } from './auth.ts';
import type { Role } from './roles.ts';

/** The authenticated user of a request, and what the credentials allow. */
export interface Identity {
  userId: string;
  name: string;
  /** Null for guests. */
  email: string | null;
  /** Whether somebody proved that the address is theirs. */
  emailVerified: boolean;
  isGuest: boolean;
  /** Guests are members. */
  role: Role;
  scopes: ReadonlySet<Scope>;
  via: 'session' | 'jwt' | 'api-key';
  /** Id of the session that ends with the sign-out of a device. Not set for API keys, and for people whom a proxy signs in anew each day. */
  sessionId?: string;
  /** Id of the API key, when the request has one. */
  keyId?: string;
}

/**
 * Finds the user by the headers of a request: an API key, a bearer token or a session cookie, in this order. Returns null without
 * credentials, and for a cookie that is invalid, expired or sent from a page of another origin. Throws a CredentialError for an invalid
 * API key or bearer token.
 */
export type Authenticate = (headers: Headers) => Promise<Identity | null>;
