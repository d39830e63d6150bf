import { type ApolloClient, ApolloLink } from '@apollo/client';
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
      return from(beginGuestSession(() => refetchViewer(operation.client))).pipe(mergeMap(() => forward(operation)));
    }),
  );
});

/** All queries on the page that show the viewer. Others stay as they are: lists would lose their further pages. */
function refetchViewer(client: ApolloClient): PromiseLike<unknown> {
  return client.refetchQueries({
    updateCache: (cache) => cache.modify({ fields: { viewer: (_, { INVALIDATE }) => INVALIDATE } }),
  });
}

let beginning: Promise<void> | undefined;

/** Concurrent mutations share one guest session. */
function beginGuestSession(refetch: () => PromiseLike<unknown>): Promise<void> {
  beginning ??= signInAsGuest()
    .then(() => {
      // Not awaited: the mutation need not wait until the page knows its new session.
      void refetch();
    })
    .finally(() => {
      beginning = undefined;
    });
  return beginning;
}
