import type { MovieSort } from '../../../generated/graphql.ts';

export const SORTS = ['POPULAR', 'BEST_RATED', 'NEWEST', 'OLDEST', 'SHORTEST'] as const satisfies readonly MovieSort[];
const PARAMETER = 'sort';

/** The sort in the address; undefined where it is left out. */
export function sortOf(search: URLSearchParams): MovieSort | undefined {
  const value = search.get(PARAMETER);
  return SORTS.find((sort) => value === sort.toLowerCase().replace('_', '-'));
}

/** The address with a sort. The usual one is left out. */
export function withSort(search: URLSearchParams, sort: MovieSort | undefined, usual?: MovieSort): URLSearchParams {
  const next = new URLSearchParams(search);
  if (sort === undefined || sort === usual) next.delete(PARAMETER);
  else next.set(PARAMETER, sort.toLowerCase().replace('_', '-'));
  return next;
}
