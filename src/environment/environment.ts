import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { DatabaseSettings } from '../database/database.ts';
import { type AccountsEnvironment, accountsEnvironment, accountsVariables, together } from './accounts.ts';
import { databaseSettings, databaseVariables } from './database.ts';
import { namesOneRedis, type RedisSettings, redisSettings, redisVariables } from './redis.ts';
import { type RateLimitSettings, rateLimitSettings, type TrustedProxies, trafficVariables } from './traffic.ts';
import { listed, oneOf, optional, problem, text, wholeNumber } from './values.ts';

/** Thrown with every problem of the environment, one a line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

const variables = z
  .object({
    PORT: wholeNumber(0, 65_535, 4000),
    HOST: text('0.0.0.0'),
    ARTIFACTS_DIR: text('artifacts'),
    DATA_DIR: text('data'),
    LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    CORS_ORIGINS: optional(z.string().transform(originsOf), []),
    INTROSPECTION: oneOf(['on', 'off'], 'on'),
    REQUEST_TIMEOUT_MS: wholeNumber(1, 600_000, 10_000),
    SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000, 10_000),
    BODY_LIMIT_BYTES: wholeNumber(1_024, 10_485_760, 102_400),
    MAX_TOKENS: wholeNumber(100, 100_000, 2_000),
    MAX_DEPTH: wholeNumber(3, 100, 12),
    MAX_COMPLEXITY: wholeNumber(10, 1_000_000, 10_000),
    MAX_ALIASES: wholeNumber(0, 1_000, 30),
    MAX_ROOT_FIELDS: wholeNumber(1, 1_000, 20),
    MAX_DIRECTIVES: wholeNumber(0, 1_000, 50),
    ...accountsVariables,
    ...databaseVariables,
    ...redisVariables,
    ...trafficVariables,
  })
  .refine(namesOneRedis, {
    path: ['REDIS_URL'],
    message: 'set only one of REDIS_URL, REDIS_SENTINELS and REDIS_CLUSTER',
    // Also when another variable is wrong: every problem is said at once.
    when: () => true,
  })
  .refine(...together('GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'))
  .refine(...together('FACEBOOK_CLIENT_ID', 'FACEBOOK_CLIENT_SECRET'))
  .refine(...together('OIDC_DISCOVERY_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'));

export interface Environment {
  http: {
    port: number;
    host: string;
    corsOrigins: string[];
    bodyLimitBytes: number;
    importLimitBytes: number;
    requestTimeoutMs: number;
    shutdownTimeoutMs: number;
    trustedProxies: TrustedProxies;
    metrics: boolean;
  };
  graphql: {
    introspection: boolean;
    maxTokens: number;
    limits: { maxDepth: number; maxComplexity: number; maxAliases: number; maxRootFields: number; maxDirectives: number };
  };
  accounts: AccountsEnvironment;
  database: DatabaseSettings;
  rateLimit: RateLimitSettings;
  redis: RedisSettings | undefined;
  /** Of rankings kept in process. */
  cacheBytes: number;
  artifactsDirectory: string;
  dataDirectory: string;
  logLevel: string;
}

/**
 * The environment, parsed. What `.env` in the working directory sets counts unless the variable is set already. A variable that is
 * set to nothing counts as not set. Throws an EnvironmentError with every problem at once.
 */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseEnvironment(process.env);
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new EnvironmentError(
      parsed.error.issues
        .map((issue) => `${issue.path.join('.')}=${shown(String(issue.path[0]), given)}: ${issue.message} (.env.example tells more)`)
        .join('\n'),
    );
  }
  const env = parsed.data;
  return {
    http: {
      port: env.PORT,
      host: env.HOST,
      corsOrigins: env.CORS_ORIGINS,
      bodyLimitBytes: env.BODY_LIMIT_BYTES,
      importLimitBytes: env.IMPORT_LIMIT_BYTES,
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
      shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
      trustedProxies: env.TRUST_PROXY,
      metrics: env.METRICS === 'on',
    },
    graphql: {
      introspection: env.INTROSPECTION === 'on',
      maxTokens: env.MAX_TOKENS,
      limits: {
        maxDepth: env.MAX_DEPTH,
        maxComplexity: env.MAX_COMPLEXITY,
        maxAliases: env.MAX_ALIASES,
        maxRootFields: env.MAX_ROOT_FIELDS,
        maxDirectives: env.MAX_DIRECTIVES,
      },
    },
    accounts: accountsEnvironment(env),
    database: databaseSettings(env),
    rateLimit: rateLimitSettings(env),
    redis: redisSettings(env),
    cacheBytes: env.CACHE_MEMORY_MB * 1_048_576,
    artifactsDirectory: env.ARTIFACTS_DIR,
    dataDirectory: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
  };
}

/** A value within a message: no secret, and of redis://user:password@host nothing that stands before the @. */
function shown(name: string, given: Record<string, string | undefined>): string {
  const value = given[name] ?? '';
  return /SECRET|PASSWORD/.test(name) && value !== '' ? '***' : value.replace(/\/\/.*@/g, '//***@');
}

/** "https://a.example, https://b.example" -> the origins; each must be one, without a path. */
function originsOf(list: string, context: z.RefinementCtx): string[] {
  const origins = listed(list);
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      problem(context, `"${origin}" is not an origin; expected e.g. https://films.example, several separated by commas`);
    }
  }
  return origins;
}

/** The environment of a program that we start: our own, with more. */
export function environmentWith(more: Record<string, string>): Record<string, string | undefined> {
  return { ...process.env, ...more };
}
