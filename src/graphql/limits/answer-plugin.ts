import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../context.ts';
import { formatError } from '../errors.ts';

export const MAX_ERRORS = 20;

/** Replaces the answer of a request that was stopped, and cuts long lists of errors. */
export const boundedAnswers: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        const { stopped } = contextValue.budget;
        if (stopped !== undefined) {
          const { http, ...extensions } = stopped.extensions;
          response.http.status = (http as { status?: number } | undefined)?.status ?? 503;
          response.body.singleResult = { errors: [formatError({ message: stopped.message, extensions }, stopped)] };
        } else if (result.errors !== undefined && result.errors.length > MAX_ERRORS) {
          response.body.singleResult = { ...result, errors: result.errors.slice(0, MAX_ERRORS) };
        }
      },
    };
  },
};
