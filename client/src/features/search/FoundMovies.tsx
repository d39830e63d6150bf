import { type ReactNode, startTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import foundList from '../../ui/found-list.module.css';
import { MovieGrid } from '../movie/public/MovieGrid.tsx';
import { FoundMovie } from './FoundMovie.tsx';
import styles from './Results.module.css';

const FoundMovies_connection = graphql(`
  fragment FoundMovies_connection on MovieConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      cursor
      node {
        id
        ...FoundMovie_movie
      }
    }
  }
`);

interface Props {
  connection: FragmentType<typeof FoundMovies_connection>;
  /** Identifies the list among the results. */
  list: string;
  /** The next list is fetched. */
  changing: boolean;
  onMore(after: string): Promise<unknown>;
  /** Stands for an empty list. */
  none: ReactNode;
}

/** The number of results, and their cards. */
export function FoundMovies({ connection, list, changing, onMore, none }: Props) {
  const { t } = useTranslation();
  const {
    edges,
    totalCount,
    pageInfo: { hasNextPage, endCursor },
  } = getFragmentData(FoundMovies_connection, connection);
  return (
    <>
      <p role="status" className={styles.count}>
        {t('search.count', { count: totalCount })}
      </p>
      <div className={foundList.found} aria-busy={changing}>
        {edges.length === 0 ? (
          <div className={styles.none}>{none}</div>
        ) : (
          // A new grid for a new list. Without the key, React would move the movies of the old one.
          <MovieGrid key={list}>
            {edges.map(({ node }) => (
              <li key={node.id}>
                <FoundMovie movie={node} />
              </li>
            ))}
          </MovieGrid>
        )}
        {hasNextPage && endCursor != null ? (
          <Button className={foundList.more} onClick={() => startTransition(() => void onMore(endCursor))}>
            {t('watchlist.more')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
