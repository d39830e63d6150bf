import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CredentialError } from '../accounts/credential-error.ts';

/** What a caller can do something about; anything else is masked as INTERNAL_SERVER_ERROR. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'OPERATION_NOT_SUPPORTED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'QUERY_TOO_DEEP'
  | 'QUERY_TOO_COMPLEX'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'TOO_MANY_DIRECTIVES'
  | 'TIMEOUT';

const MAX_ECHO = 60;

/**
 * The caller's mistake. `argument` is the path to what is wrong, e.g. `prefs.preferredGenres[1]`; it begins the message and stands
 * in the extensions beside whatever else helps a program to correct the call.
 */
export function badUserInput(argument: string, problem: string, more: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(`${argument}: ${problem}`, { extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode, argument, ...more } });
}

/** An operation refused before it runs. */
export function refusedOperation(code: ErrorCode, message: string, more: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more, http: { status: 400 } } });
}

/** Credentials that do not count, as the caller is told of them; any other error as it is. */
export function credentialRefusal(error: unknown): unknown {
  if (!(error instanceof CredentialError)) return error;
  const { code, message, retryAfterSeconds } = error;
  const headers = new HeaderMap();
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  return new GraphQLError(message, {
    extensions: { code: code satisfies ErrorCode, http: { status: code === 'RATE_LIMITED' ? 429 : 401, headers } },
  });
}

/** The caller's own text within a message: quoted, and cut when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO)}…` : text);
}

/** Whether the error was made for the caller: then it has a code of its own. */
export function isForCaller(error: { extensions?: Record<string, unknown> | undefined }): boolean {
  const code = error.extensions?.code;
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
}

/** What the caller sees of an error: nothing of those that were not made for callers. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  if (isForCaller(formatted)) return formatted;
  const { path, locations } = formatted;
  return {
    message: 'Something went wrong on our side. The request id finds it in the log.',
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

/** The error that started it all: resolvers, graphql-js and `cause` each wrap what they catch. */
export function deepestCause(error: unknown): unknown {
  let cause = error;
  for (let depth = 0; depth < 10; depth++) {
    if (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
    else if (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
    else break;
  }
  return cause;
}
