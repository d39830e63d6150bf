import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { createCache } from './cache.ts';
import { guardUnsent, mutationQueueLink } from './mutation-queue-link.ts';
import { retryLink } from './retry-link.ts';
import { sessionLink } from './session-link.ts';

guardUnsent();

export const client = new ApolloClient({
  link: ApolloLink.from([mutationQueueLink, sessionLink, retryLink, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
  cache: createCache(),
});
