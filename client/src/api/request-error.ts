import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { isUnreachable } from './retry-link.ts';

export type ErrorKind = 'notFound' | 'unauthenticated' | 'busy' | 'unreachable' | 'broken';

/** Thrown by a page whose subject does not exist. */
export class NotFoundError extends Error {}

/** Sorts an error by its code, never by its message. */
export function errorKindOf(error: unknown): ErrorKind {
  if (error instanceof NotFoundError) return 'notFound';
  const code = codeOf(error);
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return 'unauthenticated';
  if (code === 'RATE_LIMITED' || code === 'OVERLOADED' || code === 'TIMEOUT') return 'busy';
  return isOfLoading(error) ? 'unreachable' : 'broken';
}

/** The `extensions.code` of the first error that has one. */
export function codeOf(error: unknown): string | undefined {
  if (CombinedGraphQLErrors.is(error)) {
    const codes = error.errors.map(({ extensions }) => extensions?.code);
    return codes.find((code) => typeof code === 'string');
  }
  if (ServerError.is(error) && error.statusCode === 429) return 'RATE_LIMITED';
  if (ServerError.is(error) && error.statusCode === 401) return 'UNAUTHENTICATED';
  if (ServerError.is(error) && error.statusCode === 413) return 'PAYLOAD_TOO_LARGE';
  return undefined;
}

/** A failed fetch and a bug are both a TypeError. Only the browser's message tells them apart. */
function isOfLoading(error: unknown): boolean {
  if (ServerError.is(error)) return isUnreachable(error);
  return error instanceof Error && /fetch|import|load failed|network|preload/i.test(error.message);
}
