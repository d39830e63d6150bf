import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from './context.ts';
import { nameOf } from './operation-metrics.ts';

/**
 * Marks answers that depend on document, variables and catalog version alone: queries without an error, none of whose resolvers asked for
 * the caller or for the state of the server.
 */
export const sharedAnswers: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, operation, response: { body } }) {
        if (operation?.operation !== 'query' || contextValue.scope.isPersonal || contextValue.budget.stopped !== undefined) return;
        if (body.kind !== 'single') return;
        const { data, errors, extensions } = body.singleResult;
        if (data === undefined || data === null || errors !== undefined || extensions !== undefined) return;
        contextValue.scope.sharedAs = nameOf(operation);
      },
    };
  },
};
