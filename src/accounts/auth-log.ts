import { isAPIError } from 'better-auth/api';

export interface AccountsLog {
  debug(about: object, message: string): void;
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

const MAX_REASON = 200;

/** Refused passwords, as the library words them. A failed sign-in has a line of its own, which does not say whether there is an account. */
const PASSWORD_REFUSALS: readonly string[] = [
  ...['User not found', 'Password not found', 'Invalid password'],
  ...['Password is too short', 'Password is too long'],
];

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * A logger for the auth library that writes to the server's log. Only messages and stacks are written: bodies, query rows and error
 * properties can hold passwords and tokens. The library logs a caller's mistake as an error; it is written at level debug.
 */
export function authLogger(log: AccountsLog) {
  return {
    level: 'warn' as const,
    log(level: Level, message: string, ...details: unknown[]): void {
      const error = details.find((detail) => detail instanceof Error);
      const refusal = details.map(providerRefusal).find((text) => text !== undefined);
      const about = `accounts: ${message || 'a sign-in failed'}`;
      if (refusal !== undefined) log.error({ reason: refusal }, 'accounts: the sign-in provider refused the server');
      else if (error === undefined && PASSWORD_REFUSALS.includes(message)) log.debug({}, about);
      else if (error === undefined) log[level === 'error' ? 'warn' : level]({}, about);
      else if (isAPIError(error) && error.statusCode < 500) log.debug({ reason: error.message }, about);
      else log[level]({ err: withoutProperties(error) }, about);
    },
  };
}

/** The error of a provider's token endpoint, as OAuth defines it. Its other properties may hold tokens. */
function providerRefusal(detail: unknown): string | undefined {
  if (typeof detail !== 'object' || detail === null || !('error' in detail) || typeof detail.error !== 'string') return undefined;
  const description = 'error_description' in detail && typeof detail.error_description === 'string' ? `: ${detail.error_description}` : '';
  return `${detail.error}${description}`.slice(0, MAX_REASON);
}

/**
 * Logs an error of a route. Answers to a caller's mistake are not logged. An unexpected error is thrown again, because the auth library
 * would print it with all its properties.
 */
export function reportRouteError(log: AccountsLog, error: unknown): void {
  if (!isAPIError(error)) throw error;
  if (error.statusCode >= 500) log.error({ err: withoutProperties(error) }, 'accounts: a request failed');
}

/** A copy with name, message and stack only. Errors of PostgreSQL hold the row, errors of better-call the body. */
export function withoutProperties(error: Error): Error {
  const bare = new Error(error.message);
  bare.name = error.name;
  if (error.stack !== undefined) bare.stack = error.stack;
  return bare;
}
