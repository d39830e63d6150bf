import { ApolloLink } from '@apollo/client';
import { ServerError } from '@apollo/client/errors';
import { catchError, from, mergeMap, of, throwError } from 'rxjs';
import { serverBack } from './connection.ts';

/** The answers of a proxy whose server is down. */
const AWAY = [502, 503, 504];

/**
 * Holds operations that could not be sent, and sends them when the server answers again. No action is lost, and its optimistic result
 * stays. Every mutation of this API is safe to repeat.
 */
export const retryLink = new ApolloLink((operation, forward) => {
  const again = (): ReturnType<typeof forward> => from(serverBack()).pipe(mergeMap(send));
  const send = (): ReturnType<typeof forward> =>
    forward(operation).pipe(
      mergeMap((result) => (isUnavailable(result) ? again() : of(result))),
      catchError((error: unknown) => (isUnreachable(error) ? again() : throwError(() => error))),
    );
  return send();
});

/** The server answers, but not its database. */
function isUnavailable({ data, errors }: ApolloLink.Result): boolean {
  return (data ?? null) === null && errors?.some(({ extensions }) => extensions?.code === 'UNAVAILABLE') === true;
}

export function isUnreachable(error: unknown): boolean {
  // fetch throws a TypeError when there is no answer. A cancelled request is an AbortError.
  return error instanceof TypeError || (ServerError.is(error) && AWAY.includes(error.statusCode));
}
