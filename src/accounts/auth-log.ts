import { isAPIError } from 'better-auth/api';

export interface AccountsLog {
  debug(about: object, message: string): void;
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * The auth library's logger, writing to ours. Of what it hands over only messages and stacks are kept: bodies, query rows and error
 * properties can hold passwords and tokens. What a caller did wrong is not our error: that it calls one is written as debug.
 */
export function authLogger(log: AccountsLog) {
  return {
    level: 'warn' as const,
    log(level: Level, message: string, ...details: unknown[]): void {
      const error = details.find((detail) => detail instanceof Error);
      const about = `accounts: ${message}`;
      if (error === undefined) log[level === 'error' ? 'warn' : level]({}, about);
      else if (isAPIError(error) && error.statusCode < 500) log.debug({ reason: error.message }, about);
      else log[level]({ err: withoutProperties(error) }, about);
    },
  };
}

/**
 * What a route threw. Answers that were thrown are none of the log's business unless they are our fault; anything else is thrown on,
 * past the library, which would print it whole.
 */
export function reportRouteError(log: AccountsLog, error: unknown): void {
  if (!isAPIError(error)) throw error;
  if (error.statusCode >= 500) log.error({ err: withoutProperties(error) }, 'accounts: a request failed');
}

/** Name, message and stack. PostgreSQL's errors carry the row, better-call's the body, as properties. */
export function withoutProperties(error: Error): Error {
  const bare = new Error(error.message);
  bare.name = error.name;
  if (error.stack !== undefined) bare.stack = error.stack;
  return bare;
}
