import type { ApolloCache, Reference } from '@apollo/client';
import type { FeedbackSignal } from '../../generated/graphql.ts';
import { SessionQuery } from '../account/public/useSession.ts';

/** Updates the viewer's cached lists of movies with feedback, latest first. */
export function moveBetweenLists(cache: ApolloCache, movieId: string, signal: FeedbackSignal): void {
  const { viewer, movie } = identified(cache, movieId);
  if (viewer === undefined || movie === undefined) return;
  const listOf =
    (own: FeedbackSignal) =>
    (list: readonly Reference[]): readonly Reference[] => {
      const others = list.filter(({ __ref }) => __ref !== movie);
      if (signal !== own) return others;
      return others.length < list.length ? list : [{ __ref: movie }, ...others];
    };
  cache.modify<Record<'likedMovies' | 'dislikedMovies' | 'notInterestedMovies', readonly Reference[]>>({
    id: viewer,
    fields: { likedMovies: listOf('LIKE'), dislikedMovies: listOf('DISLIKE'), notInterestedMovies: listOf('NOT_INTERESTED') },
  });
}

interface CachedRatings {
  edges: readonly { cursor: string; node: { __typename: 'Rating'; movie: Reference } }[];
  totalCount: number;
}

/** Updates the viewer's cached list of rated movies. A movie that is rated for the first time comes first. */
export function listRating(cache: ApolloCache, movieId: string, stars: number | null): void {
  const { viewer, movie } = identified(cache, movieId);
  if (viewer === undefined || movie === undefined) return;
  cache.modify<{ ratings: CachedRatings }>({
    id: viewer,
    fields: {
      ratings(list) {
        if (!('edges' in list)) return list;
        const others = list.edges.filter(({ node }) => node.movie.__ref !== movie);
        const listed = list.edges.length - others.length;
        if (stars !== null && listed === 1) return list;
        const edges =
          stars === null ? others : [{ cursor: '', node: { __typename: 'Rating' as const, movie: { __ref: movie } } }, ...others];
        return { ...list, edges, totalCount: list.totalCount + edges.length - list.edges.length };
      },
    },
  });
}

function identified(cache: ApolloCache, movieId: string) {
  const viewer = cache.readQuery({ query: SessionQuery })?.viewer;
  return {
    viewer: viewer === null || viewer === undefined ? undefined : cache.identify(viewer),
    movie: cache.identify({ __typename: 'Movie', id: movieId }),
  };
}
