import { revealFailures } from '../database/noticed-failures.ts';
import { PROXY_USER_HEADER } from '../proxy-user.ts';
import type { AccountRows, AccountUser } from './account-tables.ts';
import { type createAuth, PERMISSION, SCOPES, type Scope } from './auth.ts';
import { CredentialError } from './credential-error.ts';
import type { Authenticate, Identity } from './identity.ts';
import type { ProxySessions } from './proxy-sign-in.ts';
import type { RecentCredentials, ValidCredentials } from './recent-credentials.ts';
import { roleOf } from './roles.ts';
import { isForeign } from './trusted-origins.ts';

interface AuthenticateParts {
  /** The auth library. It is replaced when the OpenID provider answers. */
  auth(): ReturnType<typeof createAuth>;
  rows: AccountRows;
  trustedOrigins(headers: Headers): string[];
  cookieName: string;
  recent: RecentCredentials;
  /** Undefined: no proxy is believed. */
  proxied: ProxySessions | undefined;
}

/** The headers that can hold credentials. */
export const CREDENTIAL_HEADERS = ['cookie', 'authorization', 'x-api-key'];

const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);
const MS_PER_SECOND = 1_000;
const BEARER = /^bearer +(\S+) *$/i;

export function createAuthenticate(parts: AuthenticateParts): Authenticate {
  return (headers) =>
    revealFailures(
      () => identityOf(parts, headers),
      (identity) => identity === null,
    );
}

async function identityOf(parts: AuthenticateParts, headers: Headers): Promise<Identity | null> {
  const { recent } = parts;
  const key = headers.get('x-api-key');
  if (key !== null) return recent.find('api-key', key, () => ofKey(parts, key));
  const token = BEARER.exec(headers.get('authorization') ?? '')?.[1];
  if (token !== undefined) return recent.find('jwt', token, () => ofToken(parts, token));
  const person = parts.proxied === undefined ? null : headers.get(PROXY_USER_HEADER);
  const cookie = cookieNamed(parts.cookieName, headers.get('cookie'));
  if ((cookie === undefined && person === null) || isForeign(headers, parts.trustedOrigins)) return null;
  if (headers.get('origin') === null && headers.get('sec-fetch-site') === 'cross-site') return null;
  const proxied = person === null ? null : await recent.find('proxy', person, () => ofProxy(parts, person));
  if (proxied !== null || cookie === undefined) return proxied;
  return recent.find('session', cookie, () => ofSession(parts, headers));
}

/** Null when the person is refused. A session of the cookie then counts, as of somebody who signs in behind the proxy with a password. */
async function ofProxy(parts: AuthenticateParts, person: string): Promise<ValidCredentials | null> {
  const session = await parts.proxied?.find(person);
  if (session === undefined || !('cookie' in session)) return null;
  const found = await ofSession(parts, new Headers({ cookie: session.cookie }));
  if (found === null) return null;
  const { sessionId: _, ...identity } = found.identity;
  return { ...found, identity };
}

async function ofSession({ auth }: AuthenticateParts, headers: Headers): Promise<ValidCredentials | null> {
  // A prolonged session needs a new cookie, which only the session route sends. So only that route prolongs.
  const found = await auth().api.getSession({ headers, query: { disableRefresh: true } });
  if (found === null) return null;
  const user: UserFields = found.user;
  if (user.banned) return null;
  return {
    identity: { ...userFields(user), scopes: ALL_SCOPES, via: 'session', sessionId: found.session.id },
    expiresAt: timeOf(found.session.expiresAt),
  };
}

async function ofToken({ auth, rows }: AuthenticateParts, token: string): Promise<ValidCredentials> {
  const { payload } = await auth().api.verifyJWT({ body: { token } });
  const sessionId = typeof payload?.sid === 'string' ? payload.sid : undefined;
  const found = sessionId === undefined ? undefined : await rows.userOfSession(sessionId);
  if (sessionId === undefined || found === undefined || found.banned || found.id !== payload?.sub)
    throw new CredentialError('UNAUTHENTICATED', 'The bearer token is invalid or expired.');
  const expiresAt = Math.min(timeOf(found.expiresAt), (payload.exp ?? 0) * MS_PER_SECOND);
  return { identity: { ...userFields(found), scopes: ALL_SCOPES, via: 'jwt', sessionId }, expiresAt };
}

/** The library writes the time of the use of a key here, so a key that is used all the time costs one write in some seconds. */
async function ofKey({ auth, rows }: AuthenticateParts, text: string): Promise<ValidCredentials> {
  const { key } = await auth().api.verifyApiKey({ body: { key: text } });
  const user = key === null ? undefined : await rows.user(key.referenceId);
  if (key === null || user === undefined || user.banned) throw new CredentialError('UNAUTHENTICATED', 'The API key is invalid or expired.');
  const granted: string[] = key.permissions?.[PERMISSION] ?? [];
  const scopes = new Set(SCOPES.filter((scope) => granted.includes(scope)));
  const identity: Identity = { ...userFields(user), scopes, via: 'api-key', keyId: key.id };
  return { identity, expiresAt: key.expiresAt === null ? Number.POSITIVE_INFINITY : timeOf(key.expiresAt) };
}

/** Values of all cookies of this name, as they came; undefined when there is none. */
function cookieNamed(name: string, cookies: string | null): string | undefined {
  if (cookies === null || !cookies.includes(`${name}=`)) return undefined;
  const values = cookies.split(';').filter((cookie) => cookie.includes(`${name}=`));
  return values.join(';');
}

function timeOf(date: Date | string): number {
  return new Date(date).getTime();
}

/** The auth library leaves out what is not set. */
type UserFields = Pick<AccountUser, 'id' | 'name' | 'email'> & {
  [Field in 'emailVerified' | 'isAnonymous' | 'role' | 'banned']?: AccountUser[Field] | undefined;
};

function userFields(user: UserFields) {
  const isGuest = Boolean(user.isAnonymous);
  const emailVerified = !isGuest && Boolean(user.emailVerified);
  return { userId: user.id, name: user.name, email: isGuest ? null : user.email, emailVerified, isGuest, role: roleOf(user) };
}
