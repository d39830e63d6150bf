import { Clapperboard, RefreshCw } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecommendationList_ConnectionFragment } from '../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { DensityToggle } from '../../ui/DensityToggle.tsx';
import { InfiniteScrollTrigger } from '../../ui/InfiniteScrollTrigger.tsx';
import type { Asked } from '../movie/public/asked-first.ts';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import { MovieGridSkeleton } from '../movie/public/MovieGrid.tsx';
import type { Ranking } from '../movie/public/WhyDialog.tsx';
import { WindowedGrid } from '../movie/public/WindowedGrid.tsx';
import styles from './RecommendationList.module.css';

export const RecommendationList_connection = graphql(`
  fragment RecommendationList_connection on RecommendationConnection {
    totalCount
    edges {
      cursor
      node {
        movie {
          id
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
  /** Identifies the list: the filters in the address. */
  list: string;
  asked: Asked;
  ranking: Ranking;
  connection: FragmentType<typeof RecommendationList_connection>;
  loading: boolean;
  failed: boolean;
  /** The viewer's feedback has changed the ranking since the list was fetched. */
  outdated: boolean;
  onMore(after: string): void;
  onRankAgain(): void;
  onClear(): void;
  /** Further tools of the list. */
  tools: ReactNode;
}

/** The fetched part of the ranking. It stays as it was read: a reaction marks its card, and a new ranking is shown when the viewer asks. */
export function RecommendationList({
  list,
  asked,
  ranking,
  connection,
  loading,
  failed,
  outdated,
  onMore,
  onRankAgain,
  onClear,
  tools,
}: Props) {
  const { t } = useTranslation();
  const { edges, pageInfo, totalCount } = getFragmentData(RecommendationList_connection, connection);
  const shown = withoutRepeats(edges);
  const order = useOrder(edges.map(({ node }) => node.movie.id).join());
  const top = useRef<HTMLHeadingElement>(null);
  useBeginningOfNewRanking(top, order);
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
        <h2 ref={top} tabIndex={-1}>
          {t('home.list')}
        </h2>
        <p className={styles.count} role="status">
          {t('home.count', { count: totalCount })}
        </p>
        <div className={styles.tools}>
          {tools}
          <DensityToggle />
        </div>
      </header>
      <p className={styles.outdated} aria-live="polite">
        {outdated ? (
          <Button variant="primary" onClick={onRankAgain}>
            <RefreshCw aria-hidden size={18} />
            {t('home.outdated')}
          </Button>
        ) : null}
      </p>
      <WindowedGrid key={order} list={list} items={shown} keyOf={idOf}>
        {({ node }, place) => <MovieCard recommendation={node} eager={place < EAGER} asked={asked} ranking={ranking} />}
      </WindowedGrid>
      {!hasNextPage || endCursor === null || endCursor === undefined ? (
        <p className={styles.end}>{t('home.end')}</p>
      ) : failed ? (
        <p className={styles.end} role="alert">
          {t('home.moreFailed')} <Button onClick={() => onMore(endCursor)}>{t('retry')}</Button>
        </p>
      ) : (
        // As high as the screen, so that the footer is not seen before the end. A new element for each page, so that none moves.
        <div key={endCursor} className={styles.ahead}>
          <InfiniteScrollTrigger key={String(loading)} onNear={() => onMore(endCursor)} />
          {loading ? <MovieGridSkeleton count={12} /> : null}
        </div>
      )}
    </>
  );
}

type Edge = RecommendationList_ConnectionFragment['edges'][number];

function idOf({ node }: Edge): string {
  return node.movie.id;
}

/** Pages that were fetched after a reaction are of another ranking than those before, and may repeat their movies. */
function withoutRepeats(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.toReversed().map((edge) => [idOf(edge), edge])).values()].toReversed();
}

/** The viewer asked for the new ranking, so the reader is taken to its beginning. */
function useBeginningOfNewRanking(top: RefObject<HTMLElement | null>, ranking: number): void {
  const shown = useRef(ranking);
  useEffect(() => {
    if (shown.current === ranking) return;
    shown.current = ranking;
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'start', behavior: 'instant' });
  }, [top, ranking]);
}

/**
 * A number for the current ranking. It grows when the order changes and stays when a page is appended. As a React key it redraws the
 * list, instead of moving its movies.
 */
function useOrder(ids: string): number {
  const [known, setKnown] = useState({ ids, ranking: 0 });
  if (ids !== known.ids) setKnown({ ids, ranking: ids.startsWith(known.ids) ? known.ranking : known.ranking + 1 });
  return known.ranking;
}
