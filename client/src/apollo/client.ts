import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { createCache } from './cache.ts';
import { guardUnsent, inOrderLink } from './in-order-link.ts';
import { reachLink } from './reach-link.ts';
import { sessionLink } from './session-link.ts';

guardUnsent();

export const client = new ApolloClient({
  link: ApolloLink.from([inOrderLink, sessionLink, reachLink, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
  cache: createCache(),
});
