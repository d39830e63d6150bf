import { AccountRows, type AccountsDatabase } from './account-tables.ts';
import { type AccountEvents, type AccountSettings, ADDRESS_HEADER, createAuth } from './auth.ts';
import { type AccountsLog, withoutProperties } from './auth-log.ts';
import { createAuthenticate } from './authenticate.ts';
import { deleteExpiredGuests } from './expired-guests.ts';
import type { Authenticate } from './identity.ts';
import { OidcProvider } from './oidc-provider.ts';
import { trustedOriginsOf } from './trusted-origins.ts';

/** An external service through which users sign in. */
export interface SignInProvider {
  /** Name in the routes under `/api/auth`. */
  id: string;
  /** Name to show to users. */
  name: string;
}

export interface Accounts {
  /** The configured providers. An OpenID provider is missing until it has answered. */
  signInProviders(): SignInProvider[];
  /** Answers a request under `/api/auth`. `address` is the network address of the caller. */
  handle(request: Request, address: string): Promise<Response>;
  authenticate: Authenticate;
  /** Deletes guests that nobody can use again, and returns their number. A timer does the same every hour. */
  deleteExpiredGuests(): Promise<number>;
  stop(): void;
}

export interface AccountsParts extends AccountEvents {
  database: AccountsDatabase;
  settings: AccountSettings;
  log: AccountsLog;
}

const SESSION_START = /^\/api\/auth\/(sign-in|sign-up|callback)\//;
const HOUR_MS = 3_600_000;

export async function createAccounts({ database, settings, log, onUserDeleted, onGuestLinked }: AccountsParts): Promise<Accounts> {
  const rows = new AccountRows(database);
  const events: AccountEvents = {
    onGuestLinked,
    async onUserDeleted(userId) {
      await onUserDeleted(userId);
      await rows.deleteLeftovers(userId);
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

  /** A sign-in with the cookie of an ended session would make the auth library delete the new cookie. So the old one is removed first. */
  const removeStaleCookie = async (headers: Headers): Promise<void> => {
    const cookies = headers.get('cookie')?.split('; ') ?? [];
    const others = cookies.filter((cookie) => !cookie.startsWith(`${cookieName}=`));
    if (others.length === cookies.length) return;
    if ((await auth.api.getSession({ headers, query: { disableRefresh: true } })) === null) headers.set('cookie', others.join('; '));
  };

  const hourly = setInterval(() => {
    deleteExpiredGuests(rows, events).then(
      (guests) => guests > 0 && log.info({ guests }, 'expired guests were deleted'),
      (error: unknown) =>
        log.error({ err: error instanceof Error ? withoutProperties(error) : error }, 'expired guests could not be deleted'),
    );
  }, HOUR_MS).unref();

  return {
    signInProviders: () => providers,
    authenticate: createAuthenticate({ auth: () => auth, rows, trustedOrigins, cookieName }),
    deleteExpiredGuests: () => deleteExpiredGuests(rows, events),
    async handle(request, address) {
      request.headers.set(ADDRESS_HEADER, address);
      try {
        if (SESSION_START.test(new URL(request.url).pathname)) await removeStaleCookie(request.headers);
        return await auth.handler(request);
      } catch (error) {
        throw error instanceof Error ? withoutProperties(error) : error;
      }
    },
    stop() {
      clearInterval(hourly);
      oidc?.stop();
    },
  };
}
