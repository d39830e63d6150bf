import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { skipToken, useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { filtersOf, type MovieFilters, preferencesOf } from './movie-filters.ts';
import { RecommendationList_connection } from './RecommendationList.tsx';

/** A query of its own: what else the page shows is fetched again without the list, which would lose its further pages. */
export const HomeListQuery = graphql(`
  query HomeList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {
    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {
      ...RecommendationList_connection
      ...AppliedFilters_connection
      edges {
        node {
          movie {
            id
            ...MovieActions_movie
          }
        }
      }
    }
  }
`);

/** The same list without the viewer's reactions. Apollo reads and compares a list of 1,000 cards whenever a field changes that it has. */
const ShownListQuery = graphql(`
  query ShownList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {
    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {
      ...RecommendationList_connection
      ...AppliedFilters_connection
    }
  }
`);

export const PAGE = 24;
/** Movies of a request that looks for those of a new ranking that are not shown yet. */
const LARGE_PAGE = 48;

function listVariables(filters: MovieFilters) {
  return { prefs: preferencesOf(filters), mode: filters.mode, sort: filters.sort, first: PAGE };
}

export function preloadList(address: URL): Promise<unknown> {
  return client.query({ query: HomeListQuery, variables: listVariables(filtersOf(address.searchParams)) });
}

/** The list as it is in the cache. It is fetched, with the reactions, when it is not there. */
export function useList(filters: MovieFilters) {
  const variables = listVariables(filters);
  const name = JSON.stringify(variables);
  const [known, setKnown] = useState('');
  // Read once for each list: the cache keeps what it reads, and that is the whole list for each further page.
  const isKnown = known === name || client.readQuery({ query: ShownListQuery, variables }) !== null;
  if (isKnown && known !== name) setKnown(name);
  useSuspenseQuery(HomeListQuery, isKnown ? skipToken : { variables });
  return useSuspenseQuery(ShownListQuery, { variables }).data.recommendations;
}

/** Replaces the list by the current ranking. */
export function fetchNewRanking(filters: MovieFilters): Promise<unknown> {
  return client.query({ query: HomeListQuery, variables: listVariables(filters), fetchPolicy: 'network-only' });
}

/**
 * Fetches the page after a cursor into the cache, which joins it to the list. `fetchMore` of the hook would show the skeleton until the
 * answer is there. When the ranking or the catalog has changed since, the list goes on with the movies of the new ranking.
 */
export async function fetchNextPage(filters: MovieFilters, after: string): Promise<void> {
  try {
    // Only written: the cache would keep what it reads for each cursor, and that is the whole list each time.
    const variables = { ...listVariables(filters), after };
    const { data } = await client.query({ query: HomeListQuery, variables, fetchPolicy: 'no-cache' });
    if (data !== undefined) client.writeQuery({ query: HomeListQuery, variables, data });
  } catch (error) {
    if (!isOfAnotherRanking(error)) throw error;
    await appendNewRanking(filters);
  }
}

async function appendNewRanking(filters: MovieFilters): Promise<void> {
  const query = HomeListQuery;
  const variables = listVariables(filters);
  const shown = client.readQuery({ query, variables })?.recommendations.edges ?? [];
  const ids = new Set(shown.map(({ node }) => node.movie.id));
  let after: string | null | undefined;
  for (;;) {
    const { data } = await client.query({ query, variables: { ...variables, first: LARGE_PAGE, after }, fetchPolicy: 'no-cache' });
    if (data === undefined) return;
    const { pageInfo } = getFragmentData(RecommendationList_connection, data.recommendations);
    const unseen = data.recommendations.edges.filter(({ node }) => !ids.has(node.movie.id));
    after = pageInfo.endCursor;
    if (unseen.length === 0 && pageInfo.hasNextPage) continue;
    const joined = { ...data.recommendations, edges: [...shown, ...unseen] };
    client.writeQuery({ query, variables, data: { ...data, recommendations: joined } });
    return;
  }
}

/** The cursor was given for a ranking before a reaction, or for another version of the catalog. */
function isOfAnotherRanking(error: unknown): boolean {
  if (!CombinedGraphQLErrors.is(error)) return false;
  return error.errors.some(({ extensions }) => extensions?.reason === 'OTHER_LIST' || extensions?.reason === 'OTHER_VERSION');
}
