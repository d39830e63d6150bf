import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreferencesInput, RecommendationMode } from '../../../generated/graphql.ts';
import { type FragmentType, graphql } from '../../../generated/index.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { ErrorBoundary } from '../../errors/public/ErrorBoundary.tsx';
import { Explanation } from './Explanation.tsx';
import { WhyThis, type WhyThis_recommendation } from './WhyThis.tsx';

const WhyDialogQuery = graphql(`
  query WhyDialog($movieId: ID!, $prefs: PreferencesInput!, $mode: RecommendationMode!) {
    recommendation(movieId: $movieId, prefs: $prefs, mode: $mode) {
      explanationParts {
        ...Explanation_part
      }
      movie {
        id
      }
      ...WhyThis_recommendation
    }
  }
`);

/** The list of a card: its score is a score of this list. */
export interface Ranking {
  prefs: PreferencesInput;
  mode: RecommendationMode;
}

export const OWN_RANKING: Ranking = { prefs: {}, mode: 'FOR_YOU' };

interface Props {
  movie: { id: string; title: string };
  /** A ranking, whose reasons are fetched now: those of all cards of a long list would fill the memory. Or the reasons themselves. */
  reasons: { ranking: Ranking } | { known: FragmentType<typeof WhyThis_recommendation>; parts: ExplanationParts };
  onClose(): void;
}

type ExplanationParts = Parameters<typeof Explanation>[0]['parts'];

/** Why a movie is in its list: a sentence, and the parts of its score. */
export function WhyDialog({ movie, reasons, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('why.title', { title: movie.title })} onClose={onClose}>
      {'known' in reasons ? (
        <>
          <p>
            <Explanation parts={reasons.parts} movieId={movie.id} />
          </p>
          <WhyThis recommendation={reasons.known} />
        </>
      ) : (
        <ErrorBoundary fallback={<p role="alert">{t('why.failed')}</p>}>
          <Suspense fallback={<Skeleton height="12rem" />}>
            <FetchedReasons movieId={movie.id} ranking={reasons.ranking} />
          </Suspense>
        </ErrorBoundary>
      )}
    </Dialog>
  );
}

function FetchedReasons({ movieId, ranking: { prefs, mode } }: { movieId: string; ranking: Ranking }) {
  const { data } = useSuspenseQuery(WhyDialogQuery, { variables: { movieId, prefs, mode } });
  const fit = data.recommendation;
  if (fit === null || fit === undefined) return null;
  return (
    <>
      <p>
        <Explanation parts={fit.explanationParts} movieId={movieId} />
      </p>
      <WhyThis recommendation={fit} />
    </>
  );
}
