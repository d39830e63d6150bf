import { z } from 'zod';
import { text, wholeNumber } from './values.ts';

const SHORTEST_SECRET = 32;

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

export interface AccountsEnvironment {
  /** Undefined: one is made and kept. */
  secret: string | undefined;
  /** Undefined: whatever host a request was sent to. */
  publicUrl: string | undefined;
  google: OAuthClient | undefined;
  facebook: OAuthClient | undefined;
  oidc: (OAuthClient & { discoveryUrl: string; name: string }) | undefined;
  apiKeyRequestsPerMinute: number;
}

export const accountsVariables = {
  AUTH_SECRET: z
    .string()
    .trim()
    .min(SHORTEST_SECRET, `expected ${SHORTEST_SECRET} characters or more, e.g. from "openssl rand -base64 32"`)
    .optional(),
  PUBLIC_URL: z.string().trim().refine(isOrigin, 'expected scheme and host without a path, e.g. https://films.example').optional(),
  GOOGLE_CLIENT_ID: someText(),
  GOOGLE_CLIENT_SECRET: someText(),
  FACEBOOK_CLIENT_ID: someText(),
  FACEBOOK_CLIENT_SECRET: someText(),
  OIDC_DISCOVERY_URL: z
    .string()
    .trim()
    .refine((url) => /^https?:/.test(url) && URL.canParse(url), 'expected e.g. https://id.example/.well-known/openid-configuration')
    .optional(),
  OIDC_NAME: text('OpenID Connect'),
  OIDC_CLIENT_ID: someText(),
  OIDC_CLIENT_SECRET: someText(),
  API_KEY_REQUESTS_PER_MINUTE: wholeNumber(0, 1_000_000, 600),
};

type AccountsVariables = z.output<z.ZodObject<typeof accountsVariables>>;

/** A rule for `refine`: these are set together or not at all. */
export function together(...names: (keyof typeof accountsVariables)[]) {
  const holds = (env: Partial<Record<string, unknown>>): boolean => new Set(names.map((name) => env[name] === undefined)).size === 1;
  const otherwise = { path: names.slice(0, 1), message: `set all of ${names.join(', ')} or none`, when: () => true };
  return [holds, otherwise] as const;
}

export function accountsEnvironment(env: AccountsVariables): AccountsEnvironment {
  const oidc = clientOf(env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET);
  return {
    secret: env.AUTH_SECRET,
    publicUrl: env.PUBLIC_URL,
    google: clientOf(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET),
    facebook: clientOf(env.FACEBOOK_CLIENT_ID, env.FACEBOOK_CLIENT_SECRET),
    oidc:
      oidc === undefined || env.OIDC_DISCOVERY_URL === undefined
        ? undefined
        : { ...oidc, discoveryUrl: env.OIDC_DISCOVERY_URL, name: env.OIDC_NAME },
    apiKeyRequestsPerMinute: env.API_KEY_REQUESTS_PER_MINUTE,
  };
}

function clientOf(clientId: string | undefined, clientSecret: string | undefined): OAuthClient | undefined {
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}

function someText() {
  return z.string().trim().optional();
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
