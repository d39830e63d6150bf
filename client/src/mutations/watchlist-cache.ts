import type { ApolloCache, Reference } from '@apollo/client';

interface CachedList {
  edges: readonly { node: Reference }[];
  totalCount?: number;
}

/** Which of the viewer's lists, by the arguments they are kept under. */
export type ListOf = 'ALL' | 'TO_WATCH' | 'WATCHED';

/** Takes entries out of the lists that are shown, at once. */
export function dropFromLists(cache: ApolloCache, viewerId: string, movieIds: readonly string[], lists: readonly ListOf[]): void {
  changeLists(cache, viewerId, (list, status, movieIdOf) => {
    if (!lists.includes(status)) return list;
    const edges = list.edges.filter(({ node }) => !movieIds.includes(movieIdOf(node)));
    const gone = list.edges.length - edges.length;
    return { ...list, edges, ...(list.totalCount === undefined ? {} : { totalCount: list.totalCount - gone }) };
  });
}

/** A film that is on no list any more. */
export function dropFromMovie(cache: ApolloCache, movieId: string): void {
  const id = cache.identify({ __typename: 'Movie', id: movieId });
  if (id !== undefined) cache.modify({ id, fields: { watchlistEntry: () => null } });
}

/** Forgets lists, so that they are asked for when they are next shown. */
export function forgetLists(cache: ApolloCache, viewerId: string, lists: readonly ListOf[]): void {
  changeLists(cache, viewerId, (list, status) => (lists.includes(status) ? undefined : list));
}

function changeLists(
  cache: ApolloCache,
  viewerId: string,
  change: (list: CachedList, status: ListOf, movieIdOf: (entry: Reference) => string) => CachedList | undefined,
): void {
  const id = cache.identify({ __typename: 'Viewer', id: viewerId });
  if (id === undefined) return;
  cache.modify<{ watchlist: CachedList }>({
    id,
    fields: {
      watchlist(list, { storeFieldName, readField, DELETE }) {
        if (!('edges' in list)) return list;
        const movieIdOf = (entry: Reference): string => {
          const movie = readField<Reference>('movie', entry);
          return String(movie === undefined ? '' : readField('id', movie));
        };
        return change(list, statusOf(storeFieldName), movieIdOf) ?? DELETE;
      },
    },
  });
}

function statusOf(storeFieldName: string): ListOf {
  if (storeFieldName.includes('"TO_WATCH"')) return 'TO_WATCH';
  return storeFieldName.includes('"WATCHED"') ? 'WATCHED' : 'ALL';
}
