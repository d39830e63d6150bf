import { z } from 'zod';
import { REGISTRATION_MODES } from '../accounts/administration/registration.ts';
import type { AccountSettings, OAuthClient } from '../accounts/auth.ts';
import { PROXY_USER_HEADER } from '../proxy-user.ts';
import { isBasePath, listed, oneOf, optional, text } from './values.ts';

const MIN_SECRET_LENGTH = 32;
const TAKEN_HEADERS = ['authorization', 'cookie', 'host', 'origin', 'x-api-key', 'x-forwarded-for', 'x-client-address', PROXY_USER_HEADER];

/** What the environment says of the accounts; the server adds the rest. */
export interface AccountsEnvironment
  extends Pick<AccountSettings, 'google' | 'facebook' | 'oidc' | 'registration' | 'ownerEmail' | 'guests' | 'passwords' | 'proxy'> {
  /** Undefined: the server makes a secret and stores it in DATA_DIR. */
  secret: string | undefined;
  /** The origin of PUBLIC_URL. Undefined: the host that a request names. */
  publicUrl: string | undefined;
}

export const accountsVariables = {
  AUTH_SECRET: z
    .string()
    .trim()
    .min(MIN_SECRET_LENGTH, `expected ${MIN_SECRET_LENGTH} characters or more, e.g. from "openssl rand -base64 32"`)
    .optional(),
  PUBLIC_URL: z
    .string()
    .trim()
    .transform(addressOf)
    .refine(isAddress, 'expected scheme and host, and a path if there is one, e.g. https://films.example or https://example.org/films')
    .optional(),
  OWNER_EMAIL: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address')
    .optional(),
  REGISTRATION: z.enum(REGISTRATION_MODES, `expected one of ${REGISTRATION_MODES.join(', ')}`).optional(),
  GUESTS: oneOf(['on', 'off'], 'on'),
  PASSWORD_SIGN_IN: oneOf(['on', 'off'], 'on'),
  GOOGLE_CLIENT_ID: optionalText(),
  GOOGLE_CLIENT_SECRET: optionalText(),
  FACEBOOK_CLIENT_ID: optionalText(),
  FACEBOOK_CLIENT_SECRET: optionalText(),
  OIDC_DISCOVERY_URL: z
    .string()
    .trim()
    .refine((url) => /^https?:/.test(url) && URL.canParse(url), 'expected e.g. https://id.example/.well-known/openid-configuration')
    .optional(),
  OIDC_NAME: text('OpenID Connect'),
  OIDC_CLIENT_ID: optionalText(),
  OIDC_CLIENT_SECRET: optionalText(),
  OIDC_ALLOWED_GROUPS: optional(z.string().transform(listed), []),
  OIDC_ALLOWED_DOMAINS: optional(
    z.string().transform((list) => listed(list.toLowerCase())),
    [],
  ),
  OIDC_ADMIN_GROUP: optionalText(),
  AUTH_HEADER: headerName().optional(),
  AUTH_HEADER_EMAIL: optional(headerName(), 'remote-email'),
  AUTH_HEADER_NAME: optional(headerName(), 'remote-name'),
  AUTH_HEADER_GROUPS: optional(headerName(), 'remote-groups'),
  AUTH_HEADER_ALLOWED_GROUPS: optional(z.string().transform(listed), []),
  AUTH_HEADER_ADMIN_GROUP: optionalText(),
};

type AccountsVariables = z.output<z.ZodObject<typeof accountsVariables>>;

/** Arguments for `refine`: all of these variables are set, or none is. */
export function together(...names: (keyof typeof accountsVariables)[]) {
  const holds = (env: Partial<Record<string, unknown>>): boolean => new Set(names.map((name) => env[name] === undefined)).size === 1;
  const otherwise = { path: names.slice(0, 1), message: `set all of ${names.join(', ')} or none`, when: () => true };
  return [holds, otherwise] as const;
}

/** Arguments for `refine`: without passwords somebody must be able to sign in through a provider. */
export function signInIsPossible() {
  const holds = (env: Partial<Record<string, unknown>>): boolean =>
    env.PASSWORD_SIGN_IN !== 'off' ||
    [env.GOOGLE_CLIENT_ID, env.FACEBOOK_CLIENT_ID, env.OIDC_CLIENT_ID, env.AUTH_HEADER].some((id) => id !== undefined);
  const message = 'nobody could sign in: set up Google, Facebook or an OpenID provider first';
  return [holds, { path: ['PASSWORD_SIGN_IN'].slice(), message, when: () => true }] as const;
}

export function accountsEnvironment(env: AccountsVariables): AccountsEnvironment {
  const oidc = clientOf(env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET);
  return {
    secret: env.AUTH_SECRET,
    publicUrl: env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL).origin,
    registration: env.REGISTRATION,
    ownerEmail: env.OWNER_EMAIL,
    guests: env.GUESTS === 'on',
    passwords: env.PASSWORD_SIGN_IN === 'on',
    google: clientOf(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET),
    facebook: clientOf(env.FACEBOOK_CLIENT_ID, env.FACEBOOK_CLIENT_SECRET),
    proxy:
      env.AUTH_HEADER === undefined
        ? undefined
        : { allowedGroups: env.AUTH_HEADER_ALLOWED_GROUPS, adminGroup: env.AUTH_HEADER_ADMIN_GROUP },
    oidc:
      oidc === undefined || env.OIDC_DISCOVERY_URL === undefined
        ? undefined
        : {
            ...oidc,
            discoveryUrl: env.OIDC_DISCOVERY_URL,
            name: env.OIDC_NAME,
            allowedGroups: env.OIDC_ALLOWED_GROUPS,
            allowedDomains: env.OIDC_ALLOWED_DOMAINS,
            adminGroup: env.OIDC_ADMIN_GROUP,
          },
  };
}

function clientOf(clientId: string | undefined, clientSecret: string | undefined): OAuthClient | undefined {
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}

/** Arguments for `refine`: whoever may name a person has to be known by address. */
export function proxiesAreKnown() {
  const holds = (env: Partial<Record<string, unknown>>): boolean => env.AUTH_HEADER === undefined || Array.isArray(env.TRUST_PROXY);
  const message = 'set TRUST_PROXY to the addresses of the proxies: a number of proxies, or none, would let everybody name any person';
  return [holds, { path: ['AUTH_HEADER'].slice(), message, when: () => true }] as const;
}

/** No underscores: some proxies turn them into hyphens, so a caller could write the name that the proxy removes in another way. */
function headerName() {
  return z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected the name of a header of letters, digits and hyphens, e.g. Remote-User')
    .refine((name) => !TAKEN_HEADERS.includes(name), 'this header means something else');
}

function optionalText() {
  return z.string().trim().optional();
}

/** "https://Films.Example:443/" -> "https://films.example". Anything else stays, to be refused. */
function addressOf(text: string): string {
  if (!/^https?:\/\/[^/?#]+(\/[^?#]*)?$/i.test(text) || !URL.canParse(text)) return text;
  const { origin, username, pathname } = new URL(text);
  return username === '' ? origin + pathname.replace(/\/+$/, '') : text;
}

function isAddress(text: string): boolean {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false;
  const { origin, pathname } = new URL(text);
  return isBasePath(pathname.replace(/^\/$/, '')) && text === origin + pathname.replace(/^\/$/, '');
}
