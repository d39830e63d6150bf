import { Clapperboard } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackSignal } from '../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { InfiniteScrollTrigger } from '../../ui/InfiniteScrollTrigger.tsx';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import { MovieCardSkeleton, MovieGrid } from '../movie/public/MovieGrid.tsx';
import styles from './RecommendationList.module.css';

const RecommendationList_connection = graphql(`
  fragment RecommendationList_connection on RecommendationConnection {
    totalCount
    edges {
      cursor
      node {
        movie {
          id
          viewerFeedback
        }
        ...MovieCard_recommendation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

/** The first cards are visible at once, so their posters load eagerly. */
const EAGER = 6;

interface Props {
  connection: FragmentType<typeof RecommendationList_connection>;
  loading: boolean;
  failed: boolean;
  onMore(after: string): void;
  onFeedback(signal: FeedbackSignal): void;
  onClear(): void;
}

/** The fetched part of the ranking. A dismissed movie leaves at once and the next one takes its place. */
export function RecommendationList({ connection, loading, failed, onMore, onFeedback, onClear }: Props) {
  const { t } = useTranslation();
  const { edges, pageInfo, totalCount } = getFragmentData(RecommendationList_connection, connection);
  const shown = edges.filter(({ node: { movie } }) => movie.viewerFeedback !== 'DISLIKE' && movie.viewerFeedback !== 'NOT_INTERESTED');
  const movies = useRef<HTMLDivElement>(null);
  const touched = useFocusOfSuccessor(movies, shown.map(({ node }) => node.movie.id).join());
  const ranking = useRanking(edges.map(({ node }) => node.movie.id).join());
  const { hasNextPage, endCursor } = pageInfo;
  if (shown.length === 0 && !hasNextPage)
    return (
      <div className={styles.empty}>
        <Clapperboard aria-hidden size={36} strokeWidth={1.5} />
        <h2>{t('home.empty.title')}</h2>
        <p>{t('home.empty.lead')}</p>
        <Button variant="primary" onClick={onClear}>
          {t('filters.clear')}
        </Button>
      </div>
    );
  return (
    <>
      <header className={styles.head}>
        <h2>{t('home.list')}</h2>
        <p className={styles.count} role="status">
          {t('home.count', { count: totalCount })}
        </p>
      </header>
      <div ref={movies}>
        <MovieGrid key={ranking}>
          {shown.map(({ node }, place) => (
            <li key={node.movie.id} onClickCapture={() => touched(place)}>
              <MovieCard recommendation={node} onFeedback={onFeedback} eager={place < EAGER} />
            </li>
          ))}
          {loading ? [1, 2, 3, 4, 5, 6].map((place) => <MovieCardSkeleton key={place} />) : null}
        </MovieGrid>
      </div>
      {!hasNextPage || endCursor === null || endCursor === undefined ? (
        <p className={styles.end}>{t('home.end')}</p>
      ) : failed ? (
        <p className={styles.end} role="alert">
          {t('home.moreFailed')} <Button onClick={() => onMore(endCursor)}>{t('retry')}</Button>
        </p>
      ) : (
        <InfiniteScrollTrigger key={`${endCursor} ${loading}`} onNear={() => onMore(endCursor)} />
      )}
    </>
  );
}

/**
 * A number for the current ranking. It grows when the order changes and stays when a page is appended. As a React key it redraws the
 * list, instead of moving its movies some time after a like.
 */
function useRanking(ids: string): number {
  const [known, setKnown] = useState({ ids, ranking: 0 });
  if (ids !== known.ids) setKnown({ ids, ranking: ids.startsWith(known.ids) ? known.ranking : known.ranking + 1 });
  return known.ranking;
}

/** When a movie is dismissed by keyboard, focus moves to the movie that takes its place instead of to the top of the page. */
function useFocusOfSuccessor(movies: RefObject<HTMLDivElement | null>, shown: string): (place: number) => void {
  const last = useRef<number>(undefined);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (last.current === undefined || document.activeElement !== document.body) return;
    movies.current?.querySelectorAll('article').item(last.current)?.querySelector<HTMLElement>('h3 a')?.focus({ preventScroll: true });
    last.current = undefined;
  }, [movies, shown]);
  return (place) => {
    last.current = place;
  };
}
