import { useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from '../../generated/index.ts';

const SignInOptionsQuery = graphql(`
  query SignInOptions {
    signInOptions {
      registration
      mail
      guests
      passwords
      refusal
    }
  }
`);

/** How people get into this server, asked anew by each page. It stays as it was while the page is open: the first account changes it. */
export function useSignInOptions() {
  const { data } = useSuspenseQuery(SignInOptionsQuery, { fetchPolicy: 'network-only' });
  const [options] = useState(data.signInOptions);
  return options;
}
