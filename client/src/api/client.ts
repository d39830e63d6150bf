import { ApolloClient, ApolloLink } from '@apollo/client';
import { createCache } from './cache.ts';
import { httpLink } from './http-link.ts';
import { guardUnsent, mutationQueueLink } from './mutation-queue-link.ts';
import { retryLink } from './retry-link.ts';
import { sessionLink } from './session-link.ts';
import { widerQueryLink } from './wider-query-link.ts';

guardUnsent();

export const client = new ApolloClient({
  link: ApolloLink.from([widerQueryLink, mutationQueueLink, sessionLink, retryLink, httpLink]),
  cache: createCache(),
});
