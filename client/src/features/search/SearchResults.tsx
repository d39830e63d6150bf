import { useSuspenseQuery } from '@apollo/client/react';
import { useEffect, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { FoundMovies } from './FoundMovies.tsx';
import { ResultFilters, resultFilter } from './ResultFilters.tsx';
import { rememberSearch } from './recent-searches.ts';

const ResultsQuery = graphql(`
  query Results($query: String!, $filter: MovieFilterInput, $after: String) {
    searchMovies(query: $query, filter: $filter, first: 48, after: $after) {
      ...FoundMovies_connection
    }
    ...ResultFilters_query
  }
`);

const MAX_QUERY_LENGTH = 200;

/** The text to search for. Empty: none. */
export function searchOf(search: URLSearchParams): string {
  return (search.get('q') ?? '').trim().slice(0, MAX_QUERY_LENGTH);
}

export function preloadSearch(search: URLSearchParams): Promise<unknown> {
  return client.query({ query: ResultsQuery, variables: { query: searchOf(search), filter: resultFilter(search) } });
}

/** Everything that a search found, with filters in the address. */
export function SearchResults({ query }: { query: string }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [changing, startChange] = useTransition();
  const filter = resultFilter(search);
  const { data, fetchMore } = useSuspenseQuery(ResultsQuery, { variables: { query, filter } });
  useEffect(() => rememberSearch(query), [query]);
  const isFiltered = filter.genres !== undefined || filter.services !== undefined;
  return (
    <Page title={t('results.title', { query })}>
      <ResultFilters query={data} search={search} onChange={(next) => startChange(() => setSearch(next, { preventScrollReset: true }))} />
      <FoundMovies
        connection={data.searchMovies}
        list={search.toString()}
        changing={changing}
        onMore={(after) => fetchMore({ variables: { after } })}
        none={
          <>
            <p>{isFiltered ? t('home.empty.title') : t('search.none', { query })}</p>
            {isFiltered ? <Button onClick={() => setSearch({ q: query })}>{t('filters.clear')}</Button> : <p>{t('results.tip')}</p>}
          </>
        }
      />
    </Page>
  );
}
