import type { ApolloCache, Reference } from '@apollo/client';

export interface CachedList {
  edges: readonly { node: Reference }[];
  totalCount?: number;
}

/** One of the viewer's lists, by the status in its arguments. */
export type ListOf = 'ALL' | 'TO_WATCH' | 'WATCHED';

/** Removes entries from the cached lists at once. */
export function dropFromLists(cache: ApolloCache, viewerId: string, movieIds: readonly string[], lists: readonly ListOf[]): void {
  changeLists(cache, viewerId, (list, status, movieIdOf) => {
    if (!lists.includes(status)) return list;
    const edges = list.edges.filter(({ node }) => !movieIds.includes(movieIdOf(node)));
    const gone = list.edges.length - edges.length;
    return { ...list, edges, ...(list.totalCount === undefined ? {} : { totalCount: list.totalCount - gone }) };
  });
}

/** The cached lists before a change, for `putBack`. */
export function listsBefore(cache: ApolloCache, viewerId: string): Map<string, CachedList> {
  const lists = new Map<string, CachedList>();
  changeLists(cache, viewerId, (list, _status, _movieIdOf, name) => {
    lists.set(name, list);
    return list;
  });
  return lists;
}

/** Restores entries at their former positions in the cached lists at once. */
export function putBack(cache: ApolloCache, viewerId: string, movieIds: readonly string[], before: ReadonlyMap<string, CachedList>): void {
  changeLists(cache, viewerId, (list, _status, movieIdOf, name) => {
    const known = before.get(name)?.edges ?? [];
    const here = new Set(list.edges.map(({ node }) => movieIdOf(node)));
    const added = list.edges.filter(({ node }) => !known.some((edge) => edge.node.__ref === node.__ref));
    const back = known.filter(({ node }) => here.has(movieIdOf(node)) || movieIds.includes(movieIdOf(node)));
    const edges = [...added, ...back];
    return { ...list, edges, ...(list.totalCount === undefined ? {} : { totalCount: list.totalCount + edges.length - list.edges.length }) };
  });
}

/** Removes the entry from the cached movie. */
export function dropFromMovie(cache: ApolloCache, movieId: string): void {
  const id = cache.identify({ __typename: 'Movie', id: movieId });
  if (id !== undefined) cache.modify({ id, fields: { watchlistEntry: () => null } });
}

/** Removes cached lists, so that they are fetched again when they are next shown. */
export function forgetLists(cache: ApolloCache, viewerId: string, lists: readonly ListOf[]): void {
  changeLists(cache, viewerId, (list, status) => (lists.includes(status) ? undefined : list));
}

function changeLists(
  cache: ApolloCache,
  viewerId: string,
  change: (list: CachedList, status: ListOf, movieIdOf: (entry: Reference) => string, name: string) => CachedList | undefined,
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
        return change(list, statusOf(storeFieldName), movieIdOf, storeFieldName) ?? DELETE;
      },
    },
  });
}

function statusOf(storeFieldName: string): ListOf {
  if (storeFieldName.includes('"TO_WATCH"')) return 'TO_WATCH';
  return storeFieldName.includes('"WATCHED"') ? 'WATCHED' : 'ALL';
}
