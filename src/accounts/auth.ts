import { apiKey } from '@better-auth/api-key';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { anonymous, genericOAuth, jwt } from 'better-auth/plugins';
import type { AccountsDatabase } from './account-tables.ts';
import { type AccountsLog, authLogger, reportRouteError } from './auth-log.ts';

const SECONDS_A_DAY = 86_400;
/** The only header the library reads addresses from; one that a caller sends is overwritten. */
export const ADDRESS_HEADER = 'x-client-address';
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];
/** The name under which scopes stand among a key's permissions. */
export const PERMISSION = 'library';
/** There is no mail here: what would send some is off, so that nobody waits for it. */
const NEED_MAIL = ['/request-password-reset', '/reset-password', '/send-verification-email', '/verify-email', '/change-email'];

const NO_PROVIDER_TOKENS = { accessToken: null, refreshToken: null, idToken: null };

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

export interface OidcClient extends OAuthClient {
  discoveryUrl: string;
  /** What people know it as. */
  name: string;
  /** How often a provider that is away is asked. */
  retryMs?: number;
}

export interface AccountSettings {
  /** Where browsers reach the server, without a path: the issuer and audience of its tokens, and where providers send people back to. */
  publicUrl: string;
  /** Pages of these origins may use the cookie. `publicUrl` is always one. */
  trustedOrigins: readonly string[];
  /** Also trust pages of whatever host the request was sent to: for servers that were not told their name. */
  trustOwnHost: boolean;
  secret: string;
  google?: OAuthClient | undefined;
  facebook?: OAuthClient | undefined;
  /** Any other OpenID Connect provider; it is called "oidc" in the routes. */
  oidc?: OidcClient | undefined;
  /** What each API key may ask in a minute; 0 for no limit. */
  apiKeyRequestsPerMinute: number;
}

export interface AccountEvents {
  /** The user is being deleted: drop what is kept of them. May come twice. */
  onUserDeleted(userId: string): Promise<void>;
  /** A guest has become, or signed in to, an account: what was the guest's is now the account's. */
  onGuestLinked(guestId: string, userId: string): Promise<void>;
}

export interface AuthParts {
  database: AccountsDatabase;
  settings: AccountSettings;
  log: AccountsLog;
  events: AccountEvents;
  trustedOrigins(headers: Headers | undefined): string[];
  /** False while the OpenID provider has not been heard of. */
  withOidc: boolean;
}

/** The auth library, set up. */
export function createAuth({ database, settings, log, events, trustedOrigins, withOidc }: AuthParts) {
  const { google, facebook, oidc } = settings;
  return betterAuth({
    ...tablesOf(database),
    appName: 'CineMatch',
    baseURL: settings.publicUrl,
    basePath: '/api/auth',
    secret: settings.secret,
    trustedOrigins: (request) => trustedOrigins(request?.headers),
    emailAndPassword: { enabled: true },
    socialProviders: { ...(google === undefined ? {} : { google }), ...(facebook === undefined ? {} : { facebook }) },
    plugins: pluginsOf(settings, events, withOidc ? oidc : undefined),
    user: { deleteUser: { enabled: true } },
    databaseHooks: {
      // Before, so that a failure leaves an account that can be deleted again; after, for what was written in between.
      user: {
        delete: {
          before: ({ id }) => events.onUserDeleted(id),
          after: ({ id }) => events.onUserDeleted(id),
        },
      },
      // What a provider let us see at sign-in is all we want of it.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...NO_PROVIDER_TOKENS } }) },
        update: { before: async (changes) => ({ data: { ...changes, ...NO_PROVIDER_TOKENS } }) },
      },
    },
    session: { expiresIn: 30 * SECONDS_A_DAY, updateAge: SECONDS_A_DAY },
    account: {
      // Whoever registers another's address first must not be let in when its owner comes by Google.
      accountLinking: { requireLocalEmailVerified: true },
    },
    // Addresses are limited for every route together, where Redis counts for all servers.
    rateLimit: { enabled: false },
    disabledPaths: NEED_MAIL,
    logger: authLogger(log),
    // Who comes back from a provider with a state that says nothing of where to is told in the app what went wrong.
    onAPIError: { errorURL: `${settings.publicUrl}/sign-in`, onError: (error) => reportRouteError(log, error) },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: 'cinematch',
      useSecureCookies: settings.publicUrl.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });
}

/** Brings the library's tables to what its version and plugins need; adds only, and nothing when nothing is missing. */
export async function migrateAccounts(database: AccountsDatabase): Promise<void> {
  const never = () => Promise.reject(new Error('nobody is deleted or linked while tables are made'));
  const plugins = pluginsOf({ publicUrl: 'http://localhost', apiKeyRequestsPerMinute: 0 }, { onUserDeleted: never, onGuestLinked: never });
  const { runMigrations } = await getMigrations({ ...tablesOf(database), plugins });
  await runMigrations();
}

function tablesOf({ kysely, kind }: AccountsDatabase) {
  return { database: { db: kysely, type: kind } } satisfies BetterAuthOptions;
}

function pluginsOf(
  { publicUrl, apiKeyRequestsPerMinute }: Pick<AccountSettings, 'publicUrl' | 'apiKeyRequestsPerMinute'>,
  events: AccountEvents,
  oidc?: OidcClient,
) {
  const key = {
    defaultPrefix: 'cm_',
    rateLimit: { enabled: apiKeyRequestsPerMinute > 0, timeWindow: 60_000, maxRequests: apiKeyRequestsPerMinute },
    keyExpiration: { defaultExpiresIn: 90 * SECONDS_A_DAY, minExpiresIn: 1, maxExpiresIn: 365 },
  };
  return [
    anonymous({
      generateName: () => 'Guest',
      async onLinkAccount({ anonymousUser, newUser }) {
        if (anonymousUser.user.id === newUser.user.id || newUser.user.isAnonymous === true) return;
        await events.onGuestLinked(anonymousUser.user.id, newUser.user.id);
      },
    }),
    jwt({
      jwt: {
        issuer: publicUrl,
        audience: publicUrl,
        expirationTime: '15m',
        definePayload: ({ user, session }) => ({
          name: user.name,
          ...(user.isAnonymous ? {} : { email: user.email }),
          sid: session.id,
        }),
      },
      // A session asked for is not a token asked for.
      disableSettingJwtHeader: true,
    }),
    // A key's kind decides its scopes: callers choose a kind, and cannot write scopes themselves.
    apiKey([
      { configId: 'default', ...key, permissions: { defaultPermissions: { [PERMISSION]: ['read'] } } },
      { configId: 'write', ...key, permissions: { defaultPermissions: { [PERMISSION]: ['read', 'write'] } } },
    ]),
    ...(oidc === undefined
      ? []
      : [
          genericOAuth({
            config: [oidcProvider(oidc)],
          }),
        ]),
  ];
}

function oidcProvider({ clientId, clientSecret, discoveryUrl }: OidcClient) {
  const scopes = ['openid', 'email', 'profile'];
  return { providerId: 'oidc', clientId, clientSecret, discoveryUrl, scopes, pkce: true, requireIdTokenVerification: true };
}
