import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { DatabaseSettings } from '../database/database.ts';
import type { GraphQLOptions } from '../graphql/apollo-server.ts';
import type { AuthHeaderSettings } from '../http/auth-header.ts';
import type { HttpSettings } from '../http/http-server.ts';
import type { TraceSettings } from '../metrics/traces/trace-settings.ts';
import type { AttemptSettings } from '../rate-limit/attempt-counts.ts';
import type { PointSettings } from '../rate-limit/point-budgets.ts';
import type { RateLimitSettings } from '../rate-limit/rate-limits.ts';
import type { SnapshotOptions } from '../recommendations/snapshot.ts';
import type { RedisConnection } from '../redis/connect.ts';
import type { WebPushSettings } from '../web-push/web-push-sender.ts';
import {
  type AccountsEnvironment,
  accountsEnvironment,
  accountsVariables,
  proxiesAreKnown,
  signInIsPossible,
  together,
} from './accounts.ts';
import { type BackupSettings, backupSettings, backupVariables } from './backups.ts';
import { databaseSettings, databaseVariables } from './database.ts';
import { graphqlOptions, graphqlVariables } from './graphql.ts';
import { httpSettings, httpVariables, ONE_BASE_PATH, SITEMAP_HAS_HOST } from './http.ts';
import { MAIL_IS_WHOLE, type MailSettings, mailSettings, mailVariables } from './mail.ts';
import { type MetricsSettings, metricsSettings, metricsVariables } from './metrics.ts';
import { type PosterSettings, pictureOrigins, posterSettings, posterVariables } from './posters.ts';
import { attemptSettings, pointSettings, rateLimitSettings, rateLimitVariables } from './rate-limits.ts';
import { namesOneRedis, redisConnection, redisVariables } from './redis.ts';
import { SECRETS, withSecretFiles } from './secret-files.ts';
import { traceSettings, traceVariables } from './traces.ts';
import { oneOf, text, wholeNumber, wholeNumberFrom } from './values.ts';
import {
  WEB_PUSH_HAS_BOTH_KEYS,
  WEB_PUSH_HAS_CONTACT,
  WEB_PUSH_KEYS_BELONG_TOGETHER,
  webPushSettings,
  webPushVariables,
} from './web-push.ts';

/** The message names every problem of the environment, one a line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

const variables = z
  .object({
    ...httpVariables,
    ARTIFACTS_DIR: text('artifacts'),
    DATA_DIR: text('data'),
    LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    CACHE_MEMORY_MB: wholeNumber(0, 65_536, 64),
    LEARN_FROM_VIEWERS: oneOf(['on', 'off'], 'on'),
    RERANK: oneOf(['off', 'learned'], 'off'),
    TRUSTED_DOCUMENTS: oneOf(['any', 'only'], 'any'),
    WORKERS: wholeNumberFrom(1, 64).optional(),
    READY_ANSWERS_MB: wholeNumber(0, 65_536, 32),
    ...metricsVariables,
    ...traceVariables,
    ...posterVariables,
    ...graphqlVariables,
    ...accountsVariables,
    ...databaseVariables,
    ...backupVariables,
    ...mailVariables,
    ...webPushVariables,
    ...redisVariables,
    ...rateLimitVariables,
  })
  .refine(namesOneRedis, {
    path: ['REDIS_URL'],
    message: 'set only one of REDIS_URL, REDIS_SENTINELS and REDIS_CLUSTER',
    // Checked also when another variable is wrong, so that one run reports every problem.
    when: () => true,
  })
  .refine(...ONE_BASE_PATH)
  .refine(...SITEMAP_HAS_HOST)
  .refine(...together('GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'))
  .refine(...together('FACEBOOK_CLIENT_ID', 'FACEBOOK_CLIENT_SECRET'))
  .refine(...together('OIDC_DISCOVERY_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'))
  .refine(...signInIsPossible())
  .refine(...proxiesAreKnown())
  .refine(...MAIL_IS_WHOLE)
  .refine(...WEB_PUSH_HAS_BOTH_KEYS)
  .refine(...WEB_PUSH_KEYS_BELONG_TOGETHER)
  .refine(...WEB_PUSH_HAS_CONTACT);

export interface Environment {
  http: HttpSettings;
  graphql: GraphQLOptions;
  accounts: AccountsEnvironment;
  database: DatabaseSettings;
  /** How long a start waits for a database that cannot be reached. */
  databaseWaitMs: number;
  /** Undefined when the server makes no backups. */
  backups: BackupSettings | undefined;
  /** Undefined when the server sends no mail. */
  mail: MailSettings | undefined;
  /** Undefined when the server sends no messages to browsers. */
  webPush: WebPushSettings | undefined;
  /** Undefined when the limits are off. */
  rateLimits: RateLimitSettings | undefined;
  /** Undefined when the limits are off. */
  attempts: AttemptSettings | undefined;
  /** Undefined when the limits are off. */
  points: PointSettings | undefined;
  /** Undefined when no Redis is configured. */
  redis: RedisConnection | undefined;
  /** The threads that answer requests; undefined: one for each core. */
  workers: number | undefined;
  /** The bound of the ranking cache in memory. */
  cacheBytes: number;
  readyAnswersBytes: number;
  trustedDocuments: 'any' | 'only';
  /** Whether crawlers get a list of all pages. */
  sitemap: boolean;
  /** Undefined when the metrics are off. */
  metrics: MetricsSettings | undefined;
  /** Undefined when there is no collector of traces. */
  traces: TraceSettings | undefined;
  posters: PosterSettings;
  /** What a served release depends on, beside its artifacts. */
  snapshot: Required<SnapshotOptions>;
  /** Whether viewers' likes may leave the database as training data. */
  learnsFromViewers: boolean;
  artifactsDirectory: string;
  dataDirectory: string;
  logLevel: string;
}

/**
 * Reads the settings from the environment and from `.env` in the working directory; the environment wins. An empty variable counts as not
 * set. Throws an EnvironmentError that names every problem.
 */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseEnvironment(process.env);
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const { values: given, problems } = withSecretFiles(set);
  const parsed = variables.safeParse(given);
  for (const issue of parsed.error?.issues ?? [])
    problems.push(`${issue.path.join('.')}=${displayed(String(issue.path[0]), given)}: ${issue.message} (.env.example tells more)`);
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems.join('\n'));
  const env = parsed.data;
  return {
    http: { ...httpSettings(env), authHeader: authHeaderSettings(env), pictureOrigins: pictureOrigins(posterSettings(env)) },
    graphql: graphqlOptions(env),
    accounts: accountsEnvironment(env),
    database: databaseSettings(env),
    databaseWaitMs: env.DATABASE_WAIT_MS,
    backups: backupSettings(env),
    mail: mailSettings(env),
    webPush: webPushSettings(env),
    rateLimits: rateLimitSettings(env),
    attempts: attemptSettings(env),
    points: pointSettings(env),
    redis: redisConnection(env),
    metrics: metricsSettings(env),
    traces: traceSettings(env),
    posters: posterSettings(env),
    workers: env.WORKERS,
    cacheBytes: env.CACHE_MEMORY_MB * 1_048_576,
    trustedDocuments: env.TRUSTED_DOCUMENTS,
    sitemap: env.SITEMAP === 'on',
    readyAnswersBytes: env.READY_ANSWERS_MB * 1_048_576,
    snapshot: { defaultRegion: env.DEFAULT_REGION, rerank: env.RERANK === 'learned' },
    learnsFromViewers: env.LEARN_FROM_VIEWERS === 'on',
    artifactsDirectory: env.ARTIFACTS_DIR,
    dataDirectory: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
  };
}

/** Undefined when no proxy is believed. */
function authHeaderSettings(env: z.output<typeof variables>): AuthHeaderSettings | undefined {
  if (env.AUTH_HEADER === undefined || !Array.isArray(env.TRUST_PROXY)) return undefined;
  const names = { id: env.AUTH_HEADER, email: env.AUTH_HEADER_EMAIL, name: env.AUTH_HEADER_NAME, groups: env.AUTH_HEADER_GROUPS };
  return { ...names, proxies: env.TRUST_PROXY };
}

/** The value for a message, without secrets and without the user and password of a URL. */
function displayed(name: string, given: Record<string, string | undefined>): string {
  const value = given[name] ?? '';
  if (/SECRET|PASSWORD|TOKEN|HEADERS|PRIVATE_KEY/.test(name) && value !== '') return '***';
  // An address that is no address still has its password before the last @.
  const isSecret = SECRETS.some((secret) => secret === name);
  return isSecret && !value.includes('//') ? value.replace(/^.*@/, '***@') : value.replace(/\/\/.*@/g, '//***@');
}

/** The environment of a child process: that of this process and some variables more. */
export function environmentWith(more: Record<string, string>): Record<string, string | undefined> {
  return { ...process.env, ...more };
}
