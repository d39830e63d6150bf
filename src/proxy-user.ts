/**
 * The header in which the server itself hands on whom a trusted proxy named. The HTTP server removes what a caller writes there, before it
 * looks at anything else.
 */
export const PROXY_USER_HEADER = 'x-proxy-user';

/** The person that a forward-auth proxy signed in. */
export interface ProxyUser {
  /** The name that stays the same: the value of AUTH_HEADER. */
  id: string;
  email: string;
  name: string;
  groups: string[];
}

export function encodeProxyUser(user: ProxyUser): string {
  return encodeURIComponent(JSON.stringify(user));
}

export function decodeProxyUser(text: string): ProxyUser {
  return JSON.parse(decodeURIComponent(text));
}
