import { useSuspenseQuery } from '@apollo/client/react';
import { graphql } from '../../generated/index.ts';

const SignInOptionsQuery = graphql(`
  query SignInOptions {
    signInOptions {
      registration
      guests
      passwords
    }
  }
`);

/** How people get into this server. The owner changes it while pages are open, so each page asks anew. */
export function useSignInOptions() {
  return useSuspenseQuery(SignInOptionsQuery, { fetchPolicy: 'cache-and-network' }).data.signInOptions;
}
