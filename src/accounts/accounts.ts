import { setImmediate } from 'node:timers/promises';
import { AccountRows, type AccountsDatabase, type AccountUser } from './account-tables.ts';
import { type AccountEvents, type AccountSettings, ADDRESS_HEADER, createAuth, PERMISSION, SCOPES, type Scope } from './auth.ts';
import { type AccountsLog, withoutProperties } from './auth-log.ts';
import { CredentialError } from './credential-error.ts';
import { OidcProvider } from './oidc-provider.ts';
import { trustedOriginsOf } from './trusted-origins.ts';

/** Who is asking. */
export interface Identity {
  userId: string;
  name: string;
  /** Null for guests. */
  email: string | null;
  isGuest: boolean;
  scopes: ReadonlySet<Scope>;
  via: 'session' | 'jwt' | 'api-key';
  /** Of the API key, when it is one. */
  keyId?: string;
}

/** Somebody else who says who people are. */
export interface SignInProvider {
  /** As the routes under `/api/auth` call it. */
  id: string;
  /** As people do. */
  name: string;
}

export interface Accounts {
  /** Whom people can sign in by now, beside a password: those that are set, as far as they answer. */
  signInProviders(): SignInProvider[];
  /** Answers what is asked under `/api/auth`; `address` is the caller's. */
  handle(request: Request, address: string): Promise<Response>;
  /**
   * Null when no credentials came, or a cookie that counts for nothing (any more, or here). A bearer token or API key is meant: one
   * that is not good throws a CredentialError.
   */
  authenticate(headers: Headers): Promise<Identity | null>;
  /** Deletes guests who can never come back, with all they kept, and says how many. Done every hour, too. */
  dropLostGuests(): Promise<number>;
  stop(): void;
}

export interface AccountsParts extends AccountEvents {
  database: AccountsDatabase;
  settings: AccountSettings;
  log: AccountsLog;
}

const EVERY_SCOPE: ReadonlySet<Scope> = new Set(SCOPES);
const BEGINS_SESSION = /^\/api\/auth\/(sign-in|sign-up|callback)\//;
const HOUR_MS = 3_600_000;
/** How many lost guests are looked up in one go. */
const GUESTS_AT_ONCE = 200;
const BEARER = /^bearer +(\S+) *$/i;

export async function createAccounts({ database, settings, log, onUserDeleted, onGuestLinked }: AccountsParts): Promise<Accounts> {
  const rows = new AccountRows(database);
  const events: AccountEvents = {
    onGuestLinked,
    async onUserDeleted(userId) {
      await onUserDeleted(userId);
      await rows.eraseTraces(userId);
    },
  };
  const trustedOrigins = trustedOriginsOf(settings);
  const authWith = (withOidc: boolean) => createAuth({ database, settings, log, events, trustedOrigins, withOidc });
  const providers: SignInProvider[] = [
    ...(settings.google === undefined ? [] : [{ id: 'google', name: 'Google' }]),
    ...(settings.facebook === undefined ? [] : [{ id: 'facebook', name: 'Facebook' }]),
  ];
  let auth = authWith(false);
  const cookieName = (await auth.$context).authCookies.sessionToken.name;
  const oidcClient = settings.oidc;
  const oidc =
    oidcClient === undefined
      ? undefined
      : await OidcProvider.watch(oidcClient, log, () => {
          auth = authWith(true);
          providers.push({ id: 'oidc', name: oidcClient.name });
        });

  const ofSession = async (headers: Headers): Promise<Identity | null> => {
    const origin = headers.get('origin');
    if (origin !== null && !trustedOrigins(headers).includes(origin)) return null;
    if (origin === null && headers.get('sec-fetch-site') === 'cross-site') return null;
    // Only the session route can send the cookie of a prolonged session, so only that one prolongs.
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    return found === null ? null : { ...aboutUser(found.user), scopes: EVERY_SCOPE, via: 'session' };
  };

  const ofToken = async (token: string): Promise<Identity> => {
    const { payload } = await auth.api.verifyJWT({ body: { token } });
    const sessionId = payload?.sid;
    const user = typeof sessionId === 'string' ? await rows.userOfSession(sessionId) : undefined;
    if (user === undefined || user.id !== payload?.sub)
      throw new CredentialError('UNAUTHENTICATED', 'The bearer token is not good, or no longer.');
    return { ...aboutUser(user), scopes: EVERY_SCOPE, via: 'jwt' };
  };

  const ofKey = async (text: string): Promise<Identity> => {
    const { key, error } = await auth.api.verifyApiKey({ body: { key: text } });
    const user = key === null ? undefined : await rows.user(key.referenceId);
    if (key === null || user === undefined) throw refusedKey(error);
    const granted: string[] = key.permissions?.[PERMISSION] ?? [];
    return { ...aboutUser(user), scopes: new Set(SCOPES.filter((scope) => granted.includes(scope))), via: 'api-key', keyId: key.id };
  };

  /** With the cookie of a session that ended, the library would take back the cookie of the one that it begins. */
  const dropStaleCookie = async (headers: Headers): Promise<void> => {
    const cookies = headers.get('cookie')?.split('; ') ?? [];
    const others = cookies.filter((cookie) => !cookie.startsWith(`${cookieName}=`));
    if (others.length === cookies.length) return;
    if ((await auth.api.getSession({ headers, query: { disableRefresh: true } })) === null) headers.set('cookie', others.join('; '));
  };

  const dropLostGuests = async (): Promise<number> => {
    let dropped = 0;
    for (;;) {
      const lost = await rows.lostGuests(GUESTS_AT_ONCE);
      for (const id of lost) {
        await events.onUserDeleted(id);
        await rows.delete(id);
        // SQLite answers without waiting: requests have their turn in between.
        await setImmediate();
      }
      dropped += lost.length;
      if (lost.length < GUESTS_AT_ONCE) return dropped;
    }
  };
  const hourly = setInterval(() => {
    dropLostGuests().then(
      (guests) => guests > 0 && log.info({ guests }, 'guests who cannot come back were deleted'),
      (error: unknown) => log.error({ err: error instanceof Error ? withoutProperties(error) : error }, 'lost guests could not be deleted'),
    );
  }, HOUR_MS).unref();

  return {
    signInProviders: () => providers,
    dropLostGuests,
    async handle(request, address) {
      request.headers.set(ADDRESS_HEADER, address);
      try {
        if (BEGINS_SESSION.test(new URL(request.url).pathname)) await dropStaleCookie(request.headers);
        return await auth.handler(request);
      } catch (error) {
        throw error instanceof Error ? withoutProperties(error) : error;
      }
    },
    async authenticate(headers) {
      const key = headers.get('x-api-key');
      if (key !== null) return ofKey(key);
      const token = BEARER.exec(headers.get('authorization') ?? '')?.[1];
      if (token !== undefined) return ofToken(token);
      return headers.get('cookie')?.includes(`${cookieName}=`) ? ofSession(headers) : null;
    },
    stop() {
      clearInterval(hourly);
      oidc?.stop();
    },
  };
}

function aboutUser(user: Omit<AccountUser, 'isAnonymous'> & { isAnonymous?: boolean | number | null | undefined }) {
  const isGuest = Boolean(user.isAnonymous);
  return { userId: user.id, name: user.name, email: isGuest ? null : user.email, isGuest };
}

function refusedKey(error: { code?: unknown; details?: unknown } | null): CredentialError {
  if (error?.code !== 'RATE_LIMITED') return new CredentialError('UNAUTHENTICATED', 'The API key is not good, or no longer.');
  const { details } = error;
  const ms = typeof details === 'object' && details !== null && 'tryAgainIn' in details ? Number(details.tryAgainIn) : 0;
  return new CredentialError('RATE_LIMITED', 'This API key has asked too often.', Math.max(1, Math.ceil(ms / 1_000)));
}
