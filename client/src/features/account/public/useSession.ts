import { useApolloClient, useQuery } from '@apollo/client/react';
import { signInAsGuest } from '../../../api/auth-request.ts';
import { graphql } from '../../../generated/index.ts';

const SessionQuery = graphql(`
  query Session {
    viewer {
      id
      name
      email
      isGuest
    }
  }
`);

/** Who is signed in; `viewer` is null for who is not, undefined while that is not known. */
export function useSession() {
  const client = useApolloClient();
  const { data } = useQuery(SessionQuery);
  const viewer = data === undefined ? undefined : data.viewer;
  return {
    viewer,
    /** After signing in or out: everything that was fetched was another's. */
    renew: async (): Promise<void> => {
      await client.resetStore();
    },
    /** After signing out: begins anew where nothing is known of anybody. */
    leave: (): void => window.location.assign('/'),
    /** Makes sure there is a session to keep things in. */
    begin: async (): Promise<void> => {
      if (viewer !== null && viewer !== undefined) return;
      await signInAsGuest();
      await client.refetchQueries({ include: [SessionQuery] });
    },
  };
}
