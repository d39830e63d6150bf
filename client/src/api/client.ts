import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { createCache } from './cache.ts';
import { guardUnsent, inOrderLink } from './mutation-queue-link.ts';
import { reachLink } from './retry-link.ts';
import { sessionLink } from './session-link.ts';

guardUnsent();

export const client = new ApolloClient({
  link: ApolloLink.from([inOrderLink, sessionLink, reachLink, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
  cache: createCache(),
});
