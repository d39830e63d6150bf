import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { defer, finalize, from, mergeMap } from 'rxjs';
import { isUp } from './connection.ts';

let last: Promise<void> = Promise.resolve();
let unsent = 0;

/**
 * Sends mutations one after the other, in the order of the user's actions. After an outage, or on a slow network, a like and its undo
 * could otherwise overtake each other. Optimistic results do not wait.
 */
export const mutationQueueLink = new ApolloLink((operation, forward) => {
  if (operation.operationType !== OperationTypeNode.MUTATION) return forward(operation);
  return defer(() => {
    const turn = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    unsent++;
    return from(turn).pipe(
      mergeMap(() => forward(operation)),
      finalize(() => {
        unsent--;
        resolve();
      }),
    );
  });
});

/** Resolves when the server has answered all mutations so far. */
export function allSent(): Promise<void> {
  return last;
}

/** Lets the browser ask before the page closes while mutations wait for an unreachable server. */
export function guardUnsent(): void {
  window.addEventListener('beforeunload', (event) => {
    if (unsent > 0 && !isUp()) event.preventDefault();
  });
}
