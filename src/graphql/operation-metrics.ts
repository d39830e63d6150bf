import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import type { Metrics } from '../metrics/metrics.ts';
import type { RequestContext } from './context.ts';
import { codeOf } from './errors.ts';

/**
 * Reports each operation with its error code and time. It is named by its field at the top level, because the name that a caller gives it
 * could be anything: 'several' when there is more than one, 'introspection', and 'invalid' when it was refused before it was read.
 */
export function operationMetrics(metrics: Pick<Metrics, 'operation'>): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      const started = performance.now();
      return {
        async willSendResponse({ operation, errors }) {
          const first = errors?.[0];
          metrics.operation(nameOf(operation), first === undefined ? 'OK' : codeOf(first), (performance.now() - started) / 1_000);
        },
      };
    },
  };
}

/** The field at the top level. */
export function nameOf(operation: OperationDefinitionNode | null | undefined): string {
  if (operation === undefined || operation === null) return 'invalid';
  const names = new Set(
    operation.selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : '...')),
  );
  const [only] = names;
  if (names.size !== 1 || only === '...') return 'several';
  return only.startsWith('__') ? 'introspection' : only;
}
