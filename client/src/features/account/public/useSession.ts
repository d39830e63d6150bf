import { useApolloClient, useQuery } from '@apollo/client/react';
import { signInAsGuest } from '../../../api/auth-request.ts';
import { BASE_PATH } from '../../../api/base-path.ts';
import { graphql } from '../../../generated/index.ts';

export const SessionQuery = graphql(`
  query Session {
    viewer {
      id
      name
      email
      isGuest
      role
    }
  }
`);

/** The signed-in viewer: null without a session, undefined while loading. */
export function useSession() {
  const client = useApolloClient();
  const { data } = useQuery(SessionQuery);
  const viewer = data === undefined ? undefined : data.viewer;
  return {
    viewer,
    /** After a sign-in or sign-out: all cached data belongs to the session before. */
    renew: async (): Promise<void> => {
      await client.resetStore();
    },
    /** After a sign-out: loads the landing page anew, with an empty cache. */
    leave: (): void => window.location.assign(`${BASE_PATH}/`),
    /** Starts a guest session when there is none. */
    begin: async (): Promise<void> => {
      if (viewer !== null && viewer !== undefined) return;
      await signInAsGuest();
      await client.refetchQueries({ include: [SessionQuery] });
    },
  };
}
