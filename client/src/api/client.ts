import { ApolloClient, ApolloLink } from '@apollo/client';
import { createCache } from './cache.ts';
import { httpLink } from './http-link.ts';
import { guardUnsent, mutationQueueLink } from './mutation-queue-link.ts';
import { retryLink } from './retry-link.ts';
import { sessionLink } from './session-link.ts';

guardUnsent();

export const client = new ApolloClient({
  link: ApolloLink.from([mutationQueueLink, sessionLink, retryLink, httpLink]),
  cache: createCache(),
  // A query that has suspended and was not shown is watched until then. With a list that grows meanwhile, each reaction reads it whole.
  defaultOptions: { react: { suspense: { autoDisposeTimeoutMs: 5_000 } } },
});
