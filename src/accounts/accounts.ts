import type { Database } from '../database/database.ts';
import { revealFailures } from '../database/noticed-failures.ts';
import { PROXY_USER_HEADER } from '../proxy-user.ts';
import { ServiceError } from '../service-error.ts';
import { AccountGate } from './account-gate.ts';
import { AccountRows } from './account-tables.ts';
import { accountWrites } from './account-writes.ts';
import { ADDRESS_HEADER } from './address-header.ts';
import type { RegistrationMode } from './administration/registration.ts';
import { type AdministrationRooms, openAdministration } from './administration/rooms.ts';
import { type AccountEvents, type AccountSettings, createAuth } from './auth.ts';
import { type AccountsLog, withoutProperties } from './auth-log.ts';
import { CREDENTIAL_HEADERS, createAuthenticate } from './authenticate.ts';
import { deleteExpiredGuests } from './expired-guests.ts';
import { deleteExpiredSessions } from './expired-sessions.ts';
import type { Authenticate } from './identity.ts';
import type { ClientAuthentication } from './oidc-discovery.ts';
import { OidcProvider } from './oidc-provider.ts';
import type { Outbox } from './post/outbox.ts';
import { ProxySessions } from './proxy-sign-in.ts';
import { type CredentialSiblings, RecentCredentials } from './recent-credentials.ts';
import type { RequestRulesParts } from './request-rules.ts';
import { foreignOriginText, isForeign, trustedOriginsOf } from './trusted-origins.ts';

/** An external service through which users sign in. */
export interface SignInProvider {
  /** Name in the routes under `/api/auth`. */
  id: string;
  /** Name to show to users. */
  name: string;
}

/** How people get in. */
export interface SignInOptions {
  registration: RegistrationMode;
  /** Whether the server sends mail. */
  mail: boolean;
  guests: boolean;
  passwords: boolean;
  /** Why the person was refused whom a forward-auth proxy named; null: nobody was. */
  refusal: string | null;
}

export interface Accounts {
  /** `headers` are those of the request. */
  signInOptions(headers: Headers): Promise<SignInOptions>;
  administration: AdministrationRooms;
  /** The configured providers. An OpenID provider is missing until it has answered. */
  signInProviders(): SignInProvider[];
  /** Answers a request under `/api/auth`. `address` is the network address of the caller. */
  handle(request: Request, address: string): Promise<Response>;
  authenticate: Authenticate;
  /** The headers that `authenticate` reads. A request without them is anonymous. */
  credentialHeaders: readonly string[];
  /** The name of the cookie that holds a session. */
  sessionCookie: string;
  /** Deletes guests that nobody can use again and ended sessions of everybody. A timer does the same every hour. */
  sweep(): Promise<{ guests: number; sessions: number }>;
  stop(): void;
}

export interface AccountsParts extends AccountEvents, Pick<RequestRulesParts, 'attempts' | 'onSignInFailed'> {
  database: Database;
  settings: AccountSettings;
  log: AccountsLog;
  /** Where mail waits to be sent. Undefined: the server sends none. */
  outbox?: Outbox | undefined;
  /** The other threads that serve the same accounts in this process. */
  siblings?: CredentialSiblings | undefined;
  /** Whether to do what one of several threads does for all: to delete what expired, and to say that nobody owns the server. */
  housekeeping?: boolean | undefined;
}

const NO_OWNER = 'nobody owns this server: name the owner with "npm run db -- make-owner EMAIL", or set OWNER_EMAIL';
const SESSION_START = /^\/api\/auth\/(sign-in|sign-up|callback)\//;
/** Routes that end nothing: their use leaves what is known of sessions. */
const READS = new Set(
  ['get-session', 'token', 'jwks', 'list-sessions', 'list-accounts', 'api-key/list'].map((name) => `/api/auth/${name}`),
);
/** The first sweep. A server that restarts often must not put it off for ever. */
const SWEEP_AFTER_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The auth library's code for a page of another origin. */
const INVALID_ORIGIN = 'INVALID_ORIGIN';

export async function createAccounts(parts: AccountsParts): Promise<Accounts> {
  const { database, settings, log, onUserDeleted, onGuestLinked, attempts, onSignInFailed, outbox, siblings, housekeeping = true } = parts;
  const rows = new AccountRows(database);
  const recent = new RecentCredentials(siblings);
  const administration = openAdministration({
    database,
    settings,
    writes: accountWrites(() => auth),
    mail: outbox === undefined ? undefined : { outbox, secret: settings.secret, log },
    onChanged: () => recent.forget(),
  });
  const { ownership, invitations, registration, audit, post } = administration;
  const gate = new AccountGate({ settings, registration, ownership, invitations, audit });
  const rules = {
    attempts,
    onSignInFailed,
    isLastOwner: (userId: string) => ownership.isLast(userId),
    onNotCreated: (context: object) => gate.notCreated(context),
  };
  const events = {
    onGuestLinked,
    onRowsDeleted: () => database.eraseDeleted(),
    onPasswordReset: (userId: string) => rows.deleteResetLinks(userId),
    async onUserDeleted(userId: string) {
      await onUserDeleted(userId);
      await rows.deleteLeftovers(userId);
    },
  };
  const trustedOrigins = trustedOriginsOf(settings);
  const authWith = (oidcAuthentication?: ClientAuthentication) =>
    createAuth({ database, settings, log, events, rules, post, gate, trustedOrigins, oidcAuthentication });
  const providers: SignInProvider[] = [
    ...(settings.google === undefined ? [] : [{ id: 'google', name: 'Google' }]),
    ...(settings.facebook === undefined ? [] : [{ id: 'facebook', name: 'Facebook' }]),
  ];
  let auth = authWith();
  if ((await ownership.hasAccounts()) && !(await ownership.adopt()) && housekeeping) log.warn({}, NO_OWNER);
  const { sessionToken, dontRememberToken } = (await auth.$context).authCookies;
  const cookieName = sessionToken.name;
  const oidcClient = settings.oidc;
  const oidc =
    oidcClient === undefined
      ? undefined
      : await OidcProvider.watch(oidcClient, log, (authentication) => {
          auth = authWith(authentication);
          providers.push({ id: 'oidc', name: oidcClient.name });
        });

  /** A sign-in with the cookie of an ended session would make the auth library delete the new cookie. So the old one is removed first. */
  const removeStaleCookie = async (headers: Headers): Promise<void> => {
    const cookies = headers.get('cookie')?.split('; ') ?? [];
    const others = cookies.filter((cookie) => !cookie.startsWith(`${cookieName}=`));
    if (others.length === cookies.length) return;
    if ((await auth.api.getSession({ headers, query: { disableRefresh: true } })) === null) headers.set('cookie', others.join('; '));
  };

  const proxied =
    settings.proxy === undefined
      ? undefined
      : new ProxySessions({
          signIn: (user) => auth.api.signInProxy({ body: user }),
          isValid: async (cookie) =>
            (await auth.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } })) !== null,
          cookieName,
          notRememberedName: dontRememberToken.name,
          secret: settings.secret,
          log,
        });
  const refusalOf = async (headers: Headers): Promise<string | null> => {
    const person = headers.get(PROXY_USER_HEADER);
    const session = person === null ? undefined : await proxied?.find(person);
    return session !== undefined && 'refusal' in session ? session.refusal : null;
  };
  /** The routes of the auth library see the session of the person that the proxy named. */
  const withProxySession = async (headers: Headers): Promise<void> => {
    const person = headers.get(PROXY_USER_HEADER);
    const session = person === null ? undefined : await proxied?.find(person);
    if (session === undefined || 'refusal' in session) return;
    const others =
      headers
        .get('cookie')
        ?.split('; ')
        .filter((cookie) => !cookie.startsWith(`${cookieName}=`)) ?? [];
    // Of two cookies with one name the first counts.
    headers.set('cookie', [session.cookie, ...others].join('; '));
  };

  let reported: string | undefined;
  const refuseOrigin = (headers: Headers): Response => {
    const origin = headers.get('origin') ?? 'null';
    const message = foreignOriginText(origin, headers.get('host'), settings.trustOwnHost);
    // Once for each origin in a row: pages of strangers must not fill the log.
    if (reported !== origin) log.warn({ origin, host: headers.get('host') }, `accounts: a page may not sign in. ${message}`);
    reported = origin;
    return Response.json({ code: INVALID_ORIGIN, message }, { status: 403 });
  };

  const sweep = async () => {
    const sessions = await deleteExpiredSessions(rows);
    const guests = await deleteExpiredGuests(rows, events);
    await invitations.deleteEnded();
    await audit.deleteOld();
    if (sessions + guests > 0) await database.eraseDeleted();
    return { guests, sessions };
  };
  const sweepAndLog = (): void => {
    sweep().then(
      (deleted) => deleted.guests + deleted.sessions > 0 && log.info(deleted, 'expired guests and sessions were deleted'),
      (error: unknown) =>
        log.error({ err: error instanceof Error ? withoutProperties(error) : error }, 'expired guests and sessions could not be deleted'),
    );
  };
  const first = housekeeping ? setTimeout(sweepAndLog, SWEEP_AFTER_MS).unref() : undefined;
  const hourly = housekeeping ? setInterval(sweepAndLog, HOUR_MS).unref() : undefined;

  return {
    signInProviders: () => providers,
    signInOptions: async (headers) => ({
      refusal: await refusalOf(headers),
      registration: await registration.mode(),
      mail: post.isOn,
      guests: settings.guests,
      passwords: settings.passwords,
    }),
    administration,
    authenticate: createAuthenticate({ auth: () => auth, rows, trustedOrigins, cookieName, recent, proxied }),
    credentialHeaders: proxied === undefined ? CREDENTIAL_HEADERS : [...CREDENTIAL_HEADERS, PROXY_USER_HEADER],
    sessionCookie: cookieName,
    sweep,
    async handle(request, address) {
      request.headers.set(ADDRESS_HEADER, address);
      const path = new URL(request.url).pathname.slice(settings.basePath.length);
      try {
        const isSessionStart = SESSION_START.test(path);
        // Also without a cookie: a page that could not send the cookie back would leave a guest that nobody can use.
        if (isSessionStart && request.method === 'POST' && isForeign(request.headers, trustedOrigins)) return refuseOrigin(request.headers);
        if (isSessionStart) await removeStaleCookie(request.headers);
        await withProxySession(request.headers);
        const response = await revealFailures(() => auth.handler(request), isError);
        return response.status === 403 && (await codeOf(response)) === INVALID_ORIGIN ? refuseOrigin(request.headers) : response;
      } catch (error) {
        // A ServiceError has a message for callers, and properties that are known.
        throw error instanceof Error && !(error instanceof ServiceError) ? withoutProperties(error) : error;
      } finally {
        if (!READS.has(path)) recent.forget();
      }
    },
    stop() {
      clearTimeout(first);
      clearInterval(hourly);
      oidc?.stop();
    },
  };
}

function isError({ status }: Response): boolean {
  return status >= 400;
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
}
