import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AdministrationError } from '../accounts/administration/administration-error.ts';
import { CredentialError } from '../accounts/credential-error.ts';
import { InputError } from '../input-error.ts';
import { serviceErrorIn } from '../service-error.ts';
import { withoutUnsentNames } from './unsent-names.ts';

/** Codes of errors that a caller can act on. Every other error is masked as INTERNAL_SERVER_ERROR. */
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
  | 'ANSWER_TOO_LARGE'
  | 'QUERY_TOO_LONG'
  | 'DOCUMENT_NOT_TRUSTED'
  | 'OVERLOADED'
  | 'TIMEOUT'
  | AdministrationError['code'];

/** An operation refused before it runs. */
export function refusedOperation(code: ErrorCode, message: string, more: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more, http: { status: 400 } } });
}

/** Runs an action of an admin. What the rules of the server refuse becomes an error that the caller sees. */
export async function administrate<T>(action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    if (!(error instanceof AdministrationError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: error.code satisfies ErrorCode } });
  }
}

/** A CredentialError becomes the error that the caller sees; any other error is returned unchanged. */
export function credentialRefusal(error: unknown): unknown {
  if (!(error instanceof CredentialError)) return error;
  const { code, message, retryAfterSeconds } = error;
  const headers = new HeaderMap();
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  return new GraphQLError(message, {
    extensions: { code: code satisfies ErrorCode, http: { status: code === 'RATE_LIMITED' ? 429 : 401, headers } },
  });
}

/**
 * Whether the error is meant for the caller: it has a code of its own, or it is an InputError of a use case, or graphql-js found it.
 * `extensions.code` alone does not tell, because graphql-js wraps what a use case throws.
 */
export function isForCaller(error: GraphQLError): boolean {
  const { code } = error.extensions;
  return isInputError(error) || (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR');
}

function isInputError(error: GraphQLError): boolean {
  return error.originalError instanceof InputError || isFoundByGraphQL(error);
}

/**
 * Whether graphql-js found the error while it executed: null for an argument that takes none, for example. Only such an error has no code
 * and names the place in the document before it is wrapped. What a resolver throws names no place.
 */
function isFoundByGraphQL(error: GraphQLError): boolean {
  const found = error.originalError ?? error;
  return (
    found instanceof GraphQLError && found.originalError === undefined && found.extensions.code === undefined && found.nodes !== undefined
  );
}

/** The code that the caller sees. */
export function codeOf(error: GraphQLError): string {
  const { code } = error.extensions;
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return code;
  if (isInputError(error)) return 'BAD_USER_INPUT' satisfies ErrorCode;
  const failure = serviceErrorIn(error.originalError);
  return failure?.code ?? 'INTERNAL_SERVER_ERROR';
}

const MAX_MESSAGE = 500;
/** Text in quotes, as the caller may have sent it. */
const LONG_ECHO = /"([^"]{100})[^"]+"/g;

/** The error as the caller sees it: never longer than 500 characters, with at most 100 characters of the caller's own text at once. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const visible = visibleError(formatted, error);
  const message = visible.message.replace(LONG_ECHO, '"$1…"');
  return { ...visible, message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 1)}…` : message };
}

/** For a server that hides its schema: what graphql-js says of a document names nothing that is not in the document. */
export function formatHidingSchema(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const visible = formatError(formatted, error);
  if (!(error instanceof GraphQLError)) return visible;
  if (formatted.extensions?.code !== 'GRAPHQL_VALIDATION_FAILED' && !isFoundByGraphQL(error)) return visible;
  return { ...visible, message: withoutUnsentNames(visible.message, error.source?.body ?? '') };
}

/** An error that is not meant for callers is replaced. */
function visibleError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { path, locations } = formatted;
  const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
  const inputError = error instanceof GraphQLError && error.originalError instanceof InputError ? error.originalError : undefined;
  if (inputError !== undefined) {
    const { message, path: argument, details } = inputError;
    return { message, ...place, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode, argument, ...details } };
  }
  const { code } = formatted.extensions ?? {};
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return formatted;
  if (error instanceof GraphQLError && isFoundByGraphQL(error))
    return { message: formatted.message, ...place, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } };
  const failure = error instanceof GraphQLError ? serviceErrorIn(error.originalError) : undefined;
  if (failure !== undefined) return { message: failure.message, ...place, extensions: { code: failure.code } };
  return {
    message: 'Something went wrong on our side. The request id finds it in the log.',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

/** The first error of the chain: resolvers, graphql-js and `cause` wrap what they catch. */
export function deepestCause(error: unknown): unknown {
  let cause = error;
  for (let depth = 0; depth < 10; depth++) {
    if (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
    else if (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
    else break;
  }
  return cause;
}
