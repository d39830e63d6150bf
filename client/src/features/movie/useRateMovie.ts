import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import type { FeedbackSignal } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { listRating, moveBetweenLists } from './opinion-lists.ts';
import { rankingsHaveChanged } from './public/ranking-age.ts';

const RateMovieMutation = graphql(`
  mutation RateMovie($movieId: ID!, $stars: Float) {
    rateMovie(movieId: $movieId, stars: $stars) {
      id
      viewerRating
      viewerFeedback
    }
  }
`);

interface Subject {
  id: string;
  title: string;
  viewerRating?: number | null;
  viewerFeedback?: FeedbackSignal | null;
}

/** Rates a movie, shown at once and with an undo. What the rating becomes is known when the server has answered. */
export function useRateMovie() {
  const { t } = useTranslation();
  const toast = useToast();
  const [mutate, { client }] = useMutation(RateMovieMutation);
  const rate = async ({ id, title, viewerFeedback = null }: Subject, stars: number | null): Promise<void> => {
    const optimistic = { __typename: 'Movie', id, viewerRating: stars, viewerFeedback };
    try {
      await mutate({
        variables: { movieId: id, stars },
        optimisticResponse: { rateMovie: optimistic },
        update(cache, { data }) {
          moveBetweenLists(cache, id, data?.rateMovie.viewerFeedback ?? 'NONE');
          listRating(cache, id, stars);
        },
      });
      // Scores of other movies may have changed. Lists are ranked anew only when the viewer asks. The page is not read again: an answer
      // that was on its way would bring back the stars before.
      client.cache.evict({ fieldName: 'profileTraits' });
      rankingsHaveChanged();
    } catch {
      toast({ message: t('feedback.refused', { title }), urgent: true });
    }
  };
  return (movie: Subject, stars: number | null): void => {
    const { title, viewerRating: before = null } = movie;
    const said = stars === null ? t('stars.none') : t('stars.some', { count: stars });
    toast({ message: t('stars.said', { title, stars: said }), undo: () => void rate(movie, before) });
    void rate(movie, stars);
  };
}
