import { revealFailures } from '../database/noticed-failures.ts';
import type { AccountRows } from './account-tables.ts';
import { type createAuth, PERMISSION, SCOPES, type Scope } from './auth.ts';
import { CredentialError } from './credential-error.ts';
import type { Authenticate, Identity } from './identity.ts';
import type { RecentSessions, SessionUser } from './recent-sessions.ts';
import { roleOf } from './roles.ts';
import { isForeign } from './trusted-origins.ts';

interface AuthenticateParts {
  /** The auth library. It is replaced when the OpenID provider answers. */
  auth(): ReturnType<typeof createAuth>;
  rows: AccountRows;
  trustedOrigins(headers: Headers): string[];
  cookieName: string;
  sessions: RecentSessions;
}

/** The headers that can hold credentials. */
export const CREDENTIAL_HEADERS = ['cookie', 'authorization', 'x-api-key'];

const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);
const BEARER = /^bearer +(\S+) *$/i;

export function createAuthenticate(parts: AuthenticateParts): Authenticate {
  return (headers) =>
    revealFailures(
      () => identityOf(parts, headers),
      (identity) => identity === null,
    );
}

async function identityOf(parts: AuthenticateParts, headers: Headers): Promise<Identity | null> {
  const key = headers.get('x-api-key');
  if (key !== null) return identityOfKey(parts, key);
  const token = BEARER.exec(headers.get('authorization') ?? '')?.[1];
  if (token !== undefined) return identityOfToken(parts, token);
  const cookie = cookieNamed(parts.cookieName, headers.get('cookie'));
  return cookie === undefined ? null : identityOfSession(parts, headers, cookie);
}

async function identityOfSession(
  { auth, trustedOrigins, sessions }: AuthenticateParts,
  headers: Headers,
  cookie: string,
): Promise<Identity | null> {
  if (isForeign(headers, trustedOrigins)) return null;
  if (headers.get('origin') === null && headers.get('sec-fetch-site') === 'cross-site') return null;
  // A prolonged session needs a new cookie, which only the session route sends. So only that route prolongs.
  const session = await sessions.find(cookie, async () => {
    const found = await auth().api.getSession({ headers, query: { disableRefresh: true } });
    return found === null ? null : { user: found.user, expiresAt: new Date(found.session.expiresAt) };
  });
  return session === null || session.user.banned ? null : { ...userFields(session.user), scopes: ALL_SCOPES, via: 'session' };
}

async function identityOfToken({ auth, rows }: AuthenticateParts, token: string): Promise<Identity> {
  const { payload } = await auth().api.verifyJWT({ body: { token } });
  const sessionId = payload?.sid;
  const user = typeof sessionId === 'string' ? await rows.userOfSession(sessionId) : undefined;
  if (user === undefined || user.banned || user.id !== payload?.sub)
    throw new CredentialError('UNAUTHENTICATED', 'The bearer token is invalid or expired.');
  return { ...userFields(user), scopes: ALL_SCOPES, via: 'jwt' };
}

async function identityOfKey({ auth, rows }: AuthenticateParts, text: string): Promise<Identity> {
  const { key } = await auth().api.verifyApiKey({ body: { key: text } });
  const user = key === null ? undefined : await rows.user(key.referenceId);
  if (key === null || user === undefined || user.banned) throw new CredentialError('UNAUTHENTICATED', 'The API key is invalid or expired.');
  const granted: string[] = key.permissions?.[PERMISSION] ?? [];
  return { ...userFields(user), scopes: new Set(SCOPES.filter((scope) => granted.includes(scope))), via: 'api-key', keyId: key.id };
}

/** Values of all cookies of this name, as they came; undefined when there is none. */
function cookieNamed(name: string, cookies: string | null): string | undefined {
  if (cookies === null || !cookies.includes(`${name}=`)) return undefined;
  const values = cookies.split(';').filter((cookie) => cookie.includes(`${name}=`));
  return values.join(';');
}

function userFields(user: SessionUser) {
  const isGuest = Boolean(user.isAnonymous);
  return { userId: user.id, name: user.name, email: isGuest ? null : user.email, isGuest, role: roleOf(user) };
}
