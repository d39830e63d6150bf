import { useApolloClient, useMutation } from '@apollo/client/react';
import { graphql } from '../../../generated/index.ts';

const ClearFeedbackMutation = graphql(`
  mutation ClearFeedback {
    clearFeedback {
      id
    }
  }
`);

/** Removes all likes, dislikes and dismissals. */
export function useClearFeedback(): () => Promise<void> {
  const client = useApolloClient();
  const [mutate] = useMutation(ClearFeedbackMutation);
  return async () => {
    await mutate();
    await client.resetStore();
  };
}
