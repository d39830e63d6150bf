import { client } from '../../api/client.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';

export const SeenMovies_viewer = graphql(`
  fragment SeenMovies_viewer on Viewer {
    watchlist(status: WATCHED, first: 100, after: $seenAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          movie {
            id
            title
            ...OpinionItem_movie
          }
        }
      }
    }
  }
`);

export const RatedMovies_viewer = graphql(`
  fragment RatedMovies_viewer on Viewer {
    ratings(first: 100, after: $ratedAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          movie {
            id
            title
            ...OpinionItem_movie
          }
        }
      }
    }
  }
`);

const MoreSeenQuery = graphql(`
  query MoreSeen($seenAfter: String!) {
    viewer {
      id
      ...SeenMovies_viewer
    }
  }
`);

const MoreRatedQuery = graphql(`
  query MoreRated($ratedAfter: String!) {
    viewer {
      id
      ...RatedMovies_viewer
    }
  }
`);

export interface ListEnd {
  hasNextPage: boolean;
  endCursor?: string | null;
}

/** Fetches the seen movies after a cursor into the cache, which joins them to the list. */
export async function fetchSeenAfter(seenAfter: string): Promise<ListEnd | undefined> {
  const { data } = await client.query({ query: MoreSeenQuery, variables: { seenAfter }, fetchPolicy: 'network-only' });
  return data?.viewer == null ? undefined : getFragmentData(SeenMovies_viewer, data.viewer).watchlist.pageInfo;
}

/** Fetches the rated movies after a cursor into the cache, which joins them to the list. */
export async function fetchRatedAfter(ratedAfter: string): Promise<ListEnd | undefined> {
  const { data } = await client.query({ query: MoreRatedQuery, variables: { ratedAfter }, fetchPolicy: 'network-only' });
  return data?.viewer == null ? undefined : getFragmentData(RatedMovies_viewer, data.viewer).ratings.pageInfo;
}
