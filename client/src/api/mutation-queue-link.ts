import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { defer, finalize, from, mergeMap } from 'rxjs';
import { isUp } from './connection.ts';

let last: Promise<void> = Promise.resolve();
let unsent = 0;

/**
 * What is done is sent in the order it was done in, one after the other: a like and its undo, made while the server was away or the
 * network slow, would otherwise race each other. What is shown does not wait.
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

/** Resolves when everything that was done until now has been answered. */
export function allSent(): Promise<void> {
  return last;
}

/** Asks before the page is left while the server is away and what was done would be lost with it. */
export function guardUnsent(): void {
  window.addEventListener('beforeunload', (event) => {
    if (unsent > 0 && !isUp()) event.preventDefault();
  });
}
