import { randomBytes } from 'node:crypto';
import { apiKey } from '@better-auth/api-key';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin, anonymous, genericOAuth, jwt } from 'better-auth/plugins';
import { DatabaseError } from '../database/database-error.ts';
import { errorText } from '../error-text.ts';
import { serviceErrorIn } from '../service-error.ts';
import type { AccountGate } from './account-gate.ts';
import { AccountRows, type AccountsDatabase } from './account-tables.ts';
import { ADDRESS_HEADER } from './address-header.ts';
import type { RegistrationMode } from './administration/registration.ts';
import { type AccountsLog, authLogger, reportRouteError } from './auth-log.ts';
import { GUEST_SECONDS, isGuest } from './guests.ts';
import type { ClientAuthentication } from './oidc-discovery.ts';
import type { OidcRules } from './oidc-groups.ts';
import type { AccountPost } from './post/account-post.ts';
import { fittingProfile } from './profile-fields.ts';
import { PROXY_SESSION_SECONDS, PROXY_SIGN_IN_PATH, proxySignIn } from './proxy-sign-in.ts';
import { type RequestRulesParts, requestRules } from './request-rules.ts';
import { ADMIN_PLUGIN, ADMIN_ROUTES } from './roles.ts';

const SECONDS_A_DAY = 86_400;
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];
/** Name of the scopes within the permissions of a key. */
export const PERMISSION = 'library';
/** Nobody changes the address of an account. The links of mails lead to pages, not to this route. */
const OFF_ROUTES = ['/change-email', '/reset-password/:token', PROXY_SIGN_IN_PATH];

/** Sessions that are shorter than others, by the route that opens them. */
const SHORT_SESSIONS: Readonly<Record<string, number>> = {
  '/sign-in/anonymous': GUEST_SECONDS,
  [PROXY_SIGN_IN_PATH]: PROXY_SESSION_SECONDS,
};

const NO_PROVIDER_TOKENS = { accessToken: null, refreshToken: null, idToken: null };

/** The prefix tells our tables from those of other applications in the same database. The names are also in `own-tables.ts`. */
const TABLES = {
  user: { modelName: 'cinematch_user' },
  session: { modelName: 'cinematch_session' },
  account: { modelName: 'cinematch_account' },
  verification: { modelName: 'cinematch_verification' },
} satisfies BetterAuthOptions;
const JWKS = { jwks: { modelName: 'cinematch_jwks' } };
const API_KEYS = { apikey: { modelName: 'cinematch_apikey' } };

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

export interface OidcClient extends OAuthClient, OidcRules {
  discoveryUrl: string;
  /** Name to show to users. */
  name: string;
  /** Time between two attempts to reach a provider that does not answer. */
  retryMs?: number;
}

export interface AccountSettings {
  /** Public origin of the server. With the base path: issuer and audience of its tokens, and where providers return to. */
  publicUrl: string;
  /** The path below which the server is served, as `/films`; empty at the root. The cookie is sent to nothing else of the host. */
  basePath: string;
  /** Origins whose pages may use the cookie, in addition to `publicUrl`. */
  trustedOrigins: readonly string[];
  /** Trust pages of the host that a request was sent to: for servers without PUBLIC_URL. */
  trustOwnHost: boolean;
  secret: string;
  google?: OAuthClient | undefined;
  facebook?: OAuthClient | undefined;
  /** Who may create an account; undefined: open until there is one, then by invitation, or what the owner chose. */
  registration?: RegistrationMode | undefined;
  /** The address of the account that owns the server; undefined: the first account. */
  ownerEmail?: string | undefined;
  guests: boolean;
  /** Whether e-mail and password sign in and up. */
  passwords: boolean;
  /** Who of those that a forward-auth proxy names is taken, and who of them is admin; undefined: no proxy is believed. */
  proxy?: OidcRules | undefined;
  /** Any other OpenID Connect provider. Its name in the routes is "oidc". */
  oidc?: OidcClient | undefined;
}

export interface AccountEvents {
  /** Called when a user is deleted, once or twice: delete all data of the user. */
  onUserDeleted(userId: string): Promise<void>;
  /** Called when a guest creates or signs in to an account: move the guest's data to the account. `address` is that of the caller. */
  onGuestLinked(guestId: string, userId: string, address: string): Promise<void>;
}

export interface AuthParts {
  database: AccountsDatabase;
  settings: AccountSettings;
  log: AccountsLog;
  events: AuthEvents;
  rules: Omit<RequestRulesParts, 'log' | 'passwords' | 'post'>;
  post: AccountPost;
  gate: AccountGate;
  trustedOrigins(headers: Headers | undefined): string[];
  /** How the server authenticates to the OpenID provider; undefined until the provider can be used. */
  oidcAuthentication: ClientAuthentication | undefined;
}

interface AuthEvents extends AccountEvents {
  /** Called when the rows of a user are deleted. */
  onRowsDeleted(): Promise<void>;
  onPasswordReset(userId: string): Promise<void>;
}

/** The configured auth library. */
export function createAuth({ database, settings, log, events, rules, post, gate, trustedOrigins, oidcAuthentication }: AuthParts) {
  const { google, facebook, oidc } = settings;
  return betterAuth({
    ...tablesOf(database),
    appName: 'CineMatch',
    baseURL: settings.publicUrl,
    basePath: `${settings.basePath}/api/auth`,
    secret: settings.secret,
    trustedOrigins: (request) => trustedOrigins(request?.headers),
    emailAndPassword: {
      enabled: true,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => events.onPasswordReset(user.id),
    },
    ...(post.isOn
      ? {
          emailVerification: {
            sendOnSignUp: true,
            // The queue makes the token when it sends the mail.
            async sendVerificationEmail({ user }, request) {
              if (!isGuest(user)) await post.verification(user.email, request?.headers.get('accept-language'));
            },
          },
        }
      : {}),
    socialProviders: { ...(google === undefined ? {} : { google }), ...(facebook === undefined ? {} : { facebook }) },
    plugins: pluginsOf(
      settings,
      events,
      oidc === undefined || oidcAuthentication === undefined ? [] : [oidcProvider(oidc, oidcAuthentication)],
    ),
    // The library deletes the sessions of a user last.
    user: {
      ...TABLES.user,
      deleteUser: { enabled: true, afterDelete: () => events.onRowsDeleted() },
      validateUserInfo: (incoming, context) => gate.validate(incoming, context),
    },
    hooks: requestRules({ log, passwords: settings.passwords, post, ...rules }),
    databaseHooks: {
      // Before: a failure leaves an account that can be deleted again. After: a request may have written data in between.
      user: {
        create: {
          before: async (user, context) => ({ data: { ...fittingProfile(user), role: gate.roleFor(context) } }),
          after: (user, context) => gate.created(user, context),
        },
        update: { before: async (changes) => ({ data: fittingProfile(changes) }) },
        delete: {
          before: async ({ id }) => {
            await gate.deleted(id);
            await events.onUserDeleted(id);
          },
          after: async ({ id }) => {
            await events.onUserDeleted(id);
            await events.onRowsDeleted();
          },
        },
      },
      // Guests come and go, so their sessions are short.
      session: {
        create: {
          before: async (session, context) => {
            const seconds = SHORT_SESSIONS[context?.path ?? ''];
            return { data: seconds === undefined ? session : cutTo(seconds, session) };
          },
        },
        update: {
          before: async (changes, context) => {
            const user = context?.context.session?.user;
            return { data: user !== undefined && isGuest(user) ? cutTo(GUEST_SECONDS, changes) : changes };
          },
        },
      },
      // The server never calls a provider after the sign-in, so it stores no token of it.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...NO_PROVIDER_TOKENS } }) },
        update: { before: async (changes) => ({ data: { ...changes, ...NO_PROVIDER_TOKENS } }) },
      },
    },
    session: { ...TABLES.session, expiresIn: 30 * SECONDS_A_DAY, updateAge: SECONDS_A_DAY },
    account: {
      ...TABLES.account,
      // Somebody may register another person's address first. The owner who then signs in through Google must not share that account.
      accountLinking: { requireLocalEmailVerified: true },
    },
    // Whoever reads the database must not be able to use a link.
    verification: { ...TABLES.verification, storeIdentifier: 'hashed' },
    // The server limits addresses over all routes, with counts that all servers share.
    rateLimit: { enabled: false },
    disabledPaths: [...OFF_ROUTES, ...ADMIN_ROUTES],
    logger: authLogger(log),
    // A provider may return with an unknown state. The sign-in page of the app then shows the error.
    onAPIError: { errorURL: `${settings.publicUrl}${settings.basePath}/sign-in`, onError: (error) => reportRouteError(log, error) },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: 'cinematch',
      useSecureCookies: settings.publicUrl.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: settings.basePath || '/' },
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });
}

/** The auth library for the command line: it stores and deletes accounts, and answers no request. */
export function offlineAuth(database: AccountsDatabase, publicUrl: string, onUserDeleted: (userId: string) => Promise<void>) {
  const rows = new AccountRows(database);
  return betterAuth({
    ...tablesOf(database),
    ...TABLES,
    baseURL: publicUrl,
    // It signs and encrypts nothing. The library warns about a secret that somebody could guess.
    secret: randomBytes(32).toString('base64url'),
    verification: { ...TABLES.verification, storeIdentifier: 'hashed' },
    databaseHooks: {
      user: {
        delete: {
          before: ({ id }) => onUserDeleted(id),
          async after({ id }) {
            await onUserDeleted(id);
            await rows.deleteLeftovers(id);
            await database.eraseDeleted();
          },
        },
      },
    },
    plugins: pluginsOf({ publicUrl, basePath: '' }, { onUserDeleted, onGuestLinked: async () => undefined }, []),
    telemetry: { enabled: false },
    // The command has just migrated the database, and closes it before a check would end.
    advanced: { database: { validateSchema: false } },
  });
}

/** Adds the tables and columns that the auth library and its plugins need. Removes nothing. */
export async function migrateAccounts(database: Pick<AccountsDatabase, 'kysely' | 'kind'>): Promise<void> {
  const never = () => Promise.reject(new Error('a migration deletes and links no users'));
  const plugins = pluginsOf({ publicUrl: 'http://localhost', basePath: '' }, { onUserDeleted: never, onGuestLinked: never }, []);
  try {
    const { runMigrations } = await getMigrations({ ...tablesOf(database), ...TABLES, plugins });
    await runMigrations();
  } catch (error) {
    if (serviceErrorIn(error) !== undefined) throw error;
    throw new DatabaseError(`the tables of the accounts cannot be migrated: ${errorText(error)}`, { cause: error });
  }
}

function tablesOf({ kysely, kind }: Pick<AccountsDatabase, 'kysely' | 'kind'>) {
  return { database: { db: kysely, type: kind } } satisfies BetterAuthOptions;
}

function pluginsOf(
  { publicUrl, basePath }: Pick<AccountSettings, 'publicUrl' | 'basePath'>,
  events: AccountEvents,
  providers: ReturnType<typeof oidcProvider>[],
) {
  const key = {
    defaultPrefix: 'cm_',
    // The library's window begins anew with each request, so a key that is used steadily would reach any limit. The server counts keys.
    rateLimit: { enabled: false },
    keyExpiration: { defaultExpiresIn: 90 * SECONDS_A_DAY, minExpiresIn: 1, maxExpiresIn: 365 },
  };
  return [
    admin(ADMIN_PLUGIN),
    anonymous({
      generateName: () => 'Guest',
      async onLinkAccount({ anonymousUser, newUser, ctx }) {
        if (anonymousUser.user.id === newUser.user.id || newUser.user.isAnonymous === true) return;
        await events.onGuestLinked(anonymousUser.user.id, newUser.user.id, ctx.headers?.get(ADDRESS_HEADER) ?? '');
      },
    }),
    jwt({
      schema: JWKS,
      jwt: {
        issuer: publicUrl + basePath,
        audience: publicUrl + basePath,
        expirationTime: '15m',
        definePayload: ({ user, session }) => ({
          name: user.name,
          ...(user.isAnonymous ? {} : { email: user.email }),
          sid: session.id,
        }),
      },
      // The session route must not return a token.
      disableSettingJwtHeader: true,
    }),
    // The kind of a key decides its scopes. Callers choose a kind and cannot set scopes.
    apiKey(
      [
        { configId: 'default', ...key, permissions: { defaultPermissions: { [PERMISSION]: ['read'] } } },
        { configId: 'write', ...key, permissions: { defaultPermissions: { [PERMISSION]: ['read', 'write'] } } },
      ],
      { schema: API_KEYS },
    ),
    proxySignIn(),
    ...(providers.length === 0 ? [] : [genericOAuth({ config: providers })]),
  ];
}

function oidcProvider({ clientId, clientSecret, discoveryUrl }: OidcClient, authentication: ClientAuthentication) {
  return {
    providerId: 'oidc',
    clientId,
    clientSecret,
    discoveryUrl,
    authentication,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    mapProfileToUser: (profile: Record<string, unknown>) => ({ name: nameOf(profile) }),
  };
}

/** A new end of a session, cut to a shorter time. */
function cutTo<T extends { expiresAt?: Date | undefined }>(seconds: number, session: T): T {
  if (session.expiresAt === undefined) return session;
  return { ...session, expiresAt: new Date(Math.min(session.expiresAt.getTime(), Date.now() + seconds * 1_000)) };
}

/** A provider need not send a name. */
function nameOf({ name, preferred_username: userName, email }: Record<string, unknown>): string {
  const [found = ''] = [name, userName, typeof email === 'string' ? email.split('@', 1)[0] : undefined].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  return found.trim();
}
