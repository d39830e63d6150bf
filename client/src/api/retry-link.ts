import { ApolloLink } from '@apollo/client';
import { ServerError } from '@apollo/client/errors';
import { catchError, from, mergeMap, throwError } from 'rxjs';
import { serverBack } from './connection.ts';

/** What a proxy answers while the server behind it is away. */
const AWAY = [502, 503, 504];

/**
 * Holds what could not be sent until the server answers again, then sends it: nothing that was done is lost, and its optimistic
 * result stays. Every mutation of this API may be sent twice without harm.
 */
export const retryLink = new ApolloLink((operation, forward) => {
  const send = (): ReturnType<typeof forward> =>
    forward(operation).pipe(
      catchError((error: unknown) => (isUnreachable(error) ? from(serverBack()).pipe(mergeMap(send)) : throwError(() => error))),
    );
  return send();
});

export function isUnreachable(error: unknown): boolean {
  // fetch throws a TypeError when there was no answer at all; a request that was called off is an AbortError.
  return error instanceof TypeError || (ServerError.is(error) && AWAY.includes(error.statusCode));
}
