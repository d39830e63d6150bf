import { ApolloLink, HttpLink } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { BASE_PATH } from './base-path.ts';
import { documentHash } from './document-hash.ts';
import { pageLanguage } from './page-language.ts';

const http = new HttpLink({
  uri: `${BASE_PATH}/graphql`,
  credentials: 'same-origin',
  fetch: (address, request) => {
    const headers = new Headers(request?.headers);
    headers.set('accept-language', pageLanguage());
    return fetch(address, { ...request, headers });
  },
});
/** A server that does not know the hash, because it is of another version, gets the text. */
const persisted = new PersistedQueryLink({ generateHash: (document) => documentHash(document) ?? '' });

/** Sends the hash of a document in place of its text, where the build made one. */
export const httpLink = ApolloLink.split(({ query }) => documentHash(query) !== undefined, persisted.concat(http), http);
