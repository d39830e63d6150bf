import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import type { FeedbackSignal } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { moveBetweenLists } from './opinion-lists.ts';
import { rankingsHaveChanged } from './public/ranking-age.ts';

const SetFeedbackMutation = graphql(`
  mutation SetFeedback($movieId: ID!, $signal: FeedbackSignal!) {
    setFeedback(movieId: $movieId, signal: $signal) {
      id
      viewerFeedback
    }
  }
`);

interface Subject {
  id: string;
  title: string;
  viewerFeedback?: FeedbackSignal | null;
}

/** Sets the viewer's feedback on a movie, shown at once and with an undo. */
export function useFeedback() {
  const { t } = useTranslation();
  const toast = useToast();
  const [mutate, { client }] = useMutation(SetFeedbackMutation);
  const set = async (movie: Subject, signal: FeedbackSignal): Promise<void> => {
    const optimistic = { __typename: 'Movie', id: movie.id, viewerFeedback: signal === 'NONE' ? null : signal };
    try {
      await mutate({
        variables: { movieId: movie.id, signal },
        optimisticResponse: { setFeedback: optimistic },
        update: (cache) => moveBetweenLists(cache, movie.id, signal),
      });
      // Scores of other movies have changed. Lists are ranked anew only when the viewer asks, so that none moves under the pointer.
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'recommendation' });
      client.cache.evict({ fieldName: 'profileTraits' });
      rankingsHaveChanged();
    } catch {
      toast({ message: t('feedback.refused', { title: movie.title }), urgent: true });
    }
  };
  return (movie: Subject, signal: FeedbackSignal): void => {
    const before = movie.viewerFeedback ?? 'NONE';
    toast({ message: t(`feedback.${signal}`, { title: movie.title }), undo: () => void set(movie, before) });
    void set(movie, signal);
  };
}
