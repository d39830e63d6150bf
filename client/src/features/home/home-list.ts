import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { client } from '../../api/client.ts';
import { fetchWider } from '../../api/wider-query-link.ts';
import type { HomeListQuery as HomeList } from '../../generated/graphql.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { CardReactions_movie } from '../movie/public/MovieCard.tsx';
import { filtersOf, type MovieFilters, preferencesOf } from './movie-filters.ts';
import { RecommendationList_connection } from './RecommendationList.tsx';

/** What is fetched: the list with the viewer's reactions. */
const HomeListQuery = graphql(`
  query HomeList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {
    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {
      ...RecommendationList_connection
      ...AppliedFilters_connection
      edges {
        node {
          movie {
            id
            ...CardReactions_movie
          }
        }
      }
    }
  }
`);

/**
 * What the page watches. A query of its own: what else the page shows is fetched again without the list, which would lose its further
 * pages. It leaves out the reactions, because Apollo reads and compares a list of 1,000 cards whenever a field changes that it has.
 */
export const ShownListQuery = graphql(`
  query ShownList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {
    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {
      ...RecommendationList_connection
      ...AppliedFilters_connection
    }
  }
`);

fetchWider(ShownListQuery, { sent: HomeListQuery, keep: (cache, { recommendations }) => keepReactions(cache, recommendations.edges) });

function keepReactions({ cache }: typeof client, edges: HomeList['recommendations']['edges']): void {
  cache.batch({
    update(within) {
      for (const { node } of edges) {
        within.writeFragment({
          from: { __typename: 'Movie', id: node.movie.id },
          fragment: CardReactions_movie,
          fragmentName: 'CardReactions_movie',
          data: getFragmentData(CardReactions_movie, node.movie),
        });
      }
    },
  });
}

export const PAGE = 24;
/** Movies of a request that looks for those of a new ranking that are not shown yet. */
const LARGE_PAGE = 48;

export function listVariables(filters: MovieFilters) {
  return { prefs: preferencesOf(filters), mode: filters.mode, sort: filters.sort, first: PAGE };
}

export function preloadList(address: URL): Promise<unknown> {
  return client.query({ query: ShownListQuery, variables: listVariables(filtersOf(address.searchParams)) });
}

/** Replaces the list by the current ranking. */
export function fetchNewRanking(filters: MovieFilters): Promise<unknown> {
  return client.query({ query: ShownListQuery, variables: listVariables(filters), fetchPolicy: 'network-only' });
}

/**
 * Fetches the page after a cursor into the cache, which joins it to the list. `fetchMore` of the hook would show the skeleton until the
 * answer is there. When the ranking or the catalog has changed since, the list goes on with the movies of the new ranking.
 */
export async function fetchNextPage(filters: MovieFilters, after: string): Promise<void> {
  try {
    // Only written: the cache would keep what it reads for each cursor, and that is the whole list each time.
    const variables = { ...listVariables(filters), after };
    const { data } = await client.query({ query: ShownListQuery, variables, fetchPolicy: 'no-cache' });
    if (data !== undefined) client.writeQuery({ query: ShownListQuery, variables, data });
  } catch (error) {
    if (!isOfAnotherRanking(error)) throw error;
    await appendNewRanking(filters);
  }
}

async function appendNewRanking(filters: MovieFilters): Promise<void> {
  const query = ShownListQuery;
  const variables = listVariables(filters);
  const known = client.readQuery({ query, variables })?.recommendations;
  const shown = known === undefined ? [] : getFragmentData(RecommendationList_connection, known).edges;
  const ids = new Set(shown.map(({ node }) => node.movie.id));
  let after: string | null | undefined;
  for (;;) {
    const { data } = await client.query({ query, variables: { ...variables, first: LARGE_PAGE, after }, fetchPolicy: 'no-cache' });
    if (data === undefined) return;
    const page = getFragmentData(RecommendationList_connection, data.recommendations);
    const unseen = page.edges.filter(({ node }) => !ids.has(node.movie.id));
    after = page.pageInfo.endCursor;
    if (unseen.length === 0 && page.pageInfo.hasNextPage) continue;
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
