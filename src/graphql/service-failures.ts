import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { type ServiceError, serviceErrorIn } from '../service-error.ts';

/**
 * An answer without data because the database is away or the disk is full has the status 503 or 507, so that proxies and clients try again.
 * An answer that has some data keeps 200: a caller reads what there is.
 */
export const serviceFailures: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, errors }) {
        const failure = failureIn(errors ?? []);
        if (failure === undefined || response.body.kind !== 'single') return;
        const { data } = response.body.singleResult;
        if (Object.values(data ?? {}).some((value) => value !== null)) return;
        response.http.status = failure.statusCode;
        response.http.headers.set('retry-after', String(failure.retryAfterSeconds));
      },
    };
  },
};

function failureIn(errors: readonly GraphQLError[]): ServiceError | undefined {
  return errors.map((error) => serviceErrorIn(error.originalError)).find((failure) => failure !== undefined);
}
