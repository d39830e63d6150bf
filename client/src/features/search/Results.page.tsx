import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense, startTransition, useEffect, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import type { MovieFilterInput } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';
import { MovieGrid } from '../movie/public/MovieGrid.tsx';
import { FoundMovie } from './FoundMovie.tsx';
import styles from './Results.module.css';
import { forgetSearches, recentSearches, rememberSearch } from './recent-searches.ts';

const ResultsQuery = graphql(`
  query Results($query: String!, $filter: MovieFilterInput, $after: String) {
    searchMovies(query: $query, filter: $filter, first: 48, after: $after) {
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
    genres {
      id
      name
    }
    services {
      id
      name
    }
  }
`);

const MAX_QUERY_LENGTH = 200;

function variablesOf(search: URLSearchParams) {
  const genres = search.getAll('genre');
  const services = search.getAll('service');
  const filter: MovieFilterInput = { ...(genres.length > 0 ? { genres } : {}), ...(services.length > 0 ? { services } : {}) };
  return { query: (search.get('q') ?? '').trim().slice(0, MAX_QUERY_LENGTH), filter };
}

export function preload({ searchParams }: URL): Promise<unknown> {
  return client.query({ query: ResultsQuery, variables: variablesOf(searchParams) });
}

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Results />
    </Suspense>
  );
}

/** Everything that a search found, with filters in the address. Without a search: the last ones. */
function Results() {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const [search, setSearch] = useSearchParams();
  const [changing, startChange] = useTransition();
  const { query, filter } = variablesOf(search);
  const { data, fetchMore } = useSuspenseQuery(ResultsQuery, { variables: { query, filter } });
  const { edges, totalCount, pageInfo } = data.searchMovies;
  useEffect(() => rememberSearch(query), [query]);
  if (query === '') return <NoSearch />;
  const { genres = [], services = [] } = filter;
  const filterBy = (name: 'genre' | 'service', values: readonly string[]): void =>
    startChange(() => {
      const next = new URLSearchParams(search);
      next.delete(name);
      for (const value of values) next.append(name, value);
      setSearch(next, { preventScrollReset: true });
    });
  const isFiltered = (genres?.length ?? 0) + (services?.length ?? 0) > 0;
  return (
    <Page key={query} title={t('results.title', { query })}>
      <div className={styles.filters}>
        <fieldset ref={rovingFocus} className={styles.chips} aria-label={t('movie.genres')}>
          {data.genres.map((genre) => (
            <Chip
              key={genre.id}
              pressed={genres?.includes(genre.id) === true}
              onToggle={() => filterBy('genre', toggled(genres ?? [], genre.id))}
            >
              {genreName(genre)}
            </Chip>
          ))}
        </fieldset>
        <fieldset ref={rovingFocus} className={styles.chips} aria-label={t('filters.services')}>
          {data.services.map(({ id, name }) => (
            <Chip key={id} pressed={services?.includes(id) === true} onToggle={() => filterBy('service', toggled(services ?? [], id))}>
              {name}
            </Chip>
          ))}
        </fieldset>
      </div>
      <p role="status" className={styles.count}>
        {t('search.count', { count: totalCount })}
      </p>
      <div className={styles.found} aria-busy={changing}>
        {edges.length === 0 ? (
          <div className={styles.none}>
            <p>{isFiltered ? t('home.empty.title') : t('search.none', { query })}</p>
            {isFiltered ? <Button onClick={() => setSearch({ q: query })}>{t('filters.clear')}</Button> : <p>{t('results.tip')}</p>}
          </div>
        ) : (
          // A new grid for new filters. Without the key, React would move the movies of the old one.
          <MovieGrid key={search.toString()}>
            {edges.map(({ node }) => (
              <li key={node.id}>
                <FoundMovie movie={node} />
              </li>
            ))}
          </MovieGrid>
        )}
        {pageInfo.hasNextPage ? (
          <Button
            className={styles.more}
            onClick={() => startTransition(() => void fetchMore({ variables: { after: pageInfo.endCursor } }))}
          >
            {t('watchlist.more')}
          </Button>
        ) : null}
      </div>
    </Page>
  );
}

function NoSearch() {
  const { t } = useTranslation();
  const [recent, setRecent] = useState(recentSearches);
  return (
    <Page title={t('search.label')} lead={t('results.lead')}>
      {recent.length === 0 ? null : (
        <section aria-labelledby="recent" className={styles.recent}>
          <h2 id="recent">{t('results.recent')}</h2>
          <ul>
            {recent.map((text) => (
              <li key={text}>
                <Link to={`?q=${encodeURIComponent(text)}`}>
                  <bdi>{text}</bdi>
                </Link>
              </li>
            ))}
          </ul>
          <Button
            onClick={() => {
              forgetSearches();
              setRecent([]);
            }}
          >
            {t('results.forget')}
          </Button>
        </section>
      )}
    </Page>
  );
}
