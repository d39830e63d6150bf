import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import type { RequestContext } from './context.ts';
import { codeOf } from './errors.ts';

/** Told of each operation when it is answered. */
export type OperationObserver = (operation: string, code: string, seconds: number) => void;

/**
 * An operation goes by its field at the top level, since the name that a caller gives it could be anything: 'several' when there is more
 * than one, 'introspection', and 'invalid' when it was refused before it could be read.
 */
export function observeOperations(observe: OperationObserver): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      const begun = performance.now();
      return {
        async willSendResponse({ operation, errors }) {
          const first = errors?.[0];
          observe(nameOf(operation), first === undefined ? 'OK' : codeOf(first), (performance.now() - begun) / 1_000);
        },
      };
    },
  };
}

function nameOf(operation: OperationDefinitionNode | null | undefined): string {
  if (operation === undefined || operation === null) return 'invalid';
  const names = new Set(
    operation.selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : '...')),
  );
  const [only] = names;
  if (names.size !== 1 || only === '...') return 'several';
  return only.startsWith('__') ? 'introspection' : only;
}
