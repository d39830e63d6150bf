import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { from, mergeMap, of } from 'rxjs';
import { SessionDocument } from '../generated/graphql.ts';
import { signInAsGuest } from './auth-request.ts';

/**
 * What a visitor does first begins a guest session: a mutation that was refused for want of one is sent again with it. Who had an
 * account's session, which has ended, is told so instead.
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

/** However many actions come at once, they are one guest's. */
function beginGuestSession(refetchSession: () => PromiseLike<unknown>): Promise<void> {
  beginning ??= signInAsGuest()
    .then(() => {
      // Not awaited: the page learns who is signed in beside the action that is on its way.
      void refetchSession();
    })
    .finally(() => {
      beginning = undefined;
    });
  return beginning;
}
