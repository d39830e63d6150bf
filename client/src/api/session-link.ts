import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { from, mergeMap, of } from 'rxjs';
import { SessionDocument } from '../generated/graphql.ts';
import { signInAsGuest } from './auth-request.ts';

/**
 * The first mutation of a new visitor starts a guest session: after the refusal the link signs in as a guest and sends it again. With the
 * ended session of an account, the refusal is passed on.
 */
export const sessionLink = new ApolloLink((operation, forward) => {
  if (operation.operationType !== OperationTypeNode.MUTATION) return forward(operation);
  return forward(operation).pipe(
    mergeMap((result) => {
      const refused = result.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;
      const known = operation.client.readQuery({ query: SessionDocument });
      if (!refused || known?.viewer?.isGuest === false) return of(result);
      return from(beginGuestSession(() => operation.client.refetchQueries({ include: [SessionDocument] }))).pipe(
        mergeMap(() => forward(operation)),
      );
    }),
  );
});

let beginning: Promise<void> | undefined;

/** Concurrent mutations share one guest session. */
function beginGuestSession(refetchSession: () => PromiseLike<unknown>): Promise<void> {
  beginning ??= signInAsGuest()
    .then(() => {
      // Not awaited: the mutation need not wait until the page knows its new session.
      void refetchSession();
    })
    .finally(() => {
      beginning = undefined;
    });
  return beginning;
}
