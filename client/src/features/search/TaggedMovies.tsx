import { useSuspenseQuery } from '@apollo/client/react';
import { useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import type { MovieSort } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { isolated } from '../../language/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { sortOf, withSort } from '../movie/public/movie-sort.ts';
import { SortSelect } from '../movie/public/SortSelect.tsx';
import { FoundMovies } from './FoundMovies.tsx';
import { ResultFilters, resultFilter } from './ResultFilters.tsx';
import { filterOf, personIdOf, type Tag } from './tag.ts';

const TaggedMoviesQuery = graphql(`
  query TaggedMovies($tag: MovieFilterInput!, $filter: MovieFilterInput!, $sort: MovieSort!, $isPerson: Boolean!, $after: String) {
    catalogMovies(filter: $filter, sort: $sort, first: 48, after: $after) {
      ...FoundMovies_connection
    }
    named: catalogMovies(filter: $tag, first: 1) @include(if: $isPerson) {
      edges {
        cursor
        node {
          id
          credits {
            personId
            name
          }
        }
      }
    }
    ...ResultFilters_query
  }
`);

/** A series is read in its order. */
const FIRST_SORT: Record<Tag['kind'], MovieSort> = { person: 'POPULAR', keyword: 'POPULAR', collection: 'OLDEST' };

function variablesOf(search: URLSearchParams, tag: Tag) {
  return {
    tag: filterOf(tag),
    filter: { ...filterOf(tag), ...resultFilter(search) },
    sort: sortOf(search) ?? FIRST_SORT[tag.kind],
    isPerson: personIdOf(tag) !== undefined,
  };
}

export function preloadTagged(search: URLSearchParams, tag: Tag): Promise<unknown> {
  return client.query({ query: TaggedMoviesQuery, variables: variablesOf(search, tag) });
}

/** The films of a person, with a keyword, or of a series. */
export function TaggedMovies({ tag }: { tag: Tag }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [changing, startChange] = useTransition();
  const variables = variablesOf(search, tag);
  const { data, fetchMore } = useSuspenseQuery(TaggedMoviesQuery, { variables });
  const personId = personIdOf(tag);
  const credits = data.named?.edges.at(0)?.node.credits ?? [];
  const name = personId === undefined ? tag.value : credits.find((credit) => credit.personId === personId)?.name;
  const change = (next: URLSearchParams): void => startChange(() => setSearch(next, { preventScrollReset: true }));
  return (
    <Page title={useTitle(tag, name)}>
      <ResultFilters query={data} search={search} onChange={change}>
        <SortSelect sort={variables.sort} onChange={(sort) => change(withSort(search, sort, FIRST_SORT[tag.kind]))} />
      </ResultFilters>
      <FoundMovies
        connection={data.catalogMovies}
        list={search.toString()}
        changing={changing}
        onMore={(after) => fetchMore({ variables: { after } })}
        none={
          <>
            <p>{t('home.empty.title')}</p>
            <Button onClick={() => setSearch({ [tag.kind]: tag.value })}>{t('filters.clear')}</Button>
          </>
        }
      />
    </Page>
  );
}

function useTitle({ kind }: Tag, name: string | undefined): string {
  const { t } = useTranslation();
  if (name === undefined) return t('results.withSomebody');
  if (kind === 'collection') return name;
  return t(kind === 'person' ? 'results.withPerson' : 'results.aboutKeyword', { name: isolated(name) });
}
