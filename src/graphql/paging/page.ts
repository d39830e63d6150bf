import type { PageInfo } from './page-info.type.ts';

export interface Page<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** The connection of `nodes`, the items of a list of `totalCount` that begin at `offset`. */
export function pageOf<T>(nodes: T[], offset: number, totalCount: number, cursorAt: (place: number) => string): Page<T> {
  const edges = nodes.map((node, i) => ({ cursor: cursorAt(offset + i), node }));
  return {
    edges,
    nodes,
    totalCount,
    pageInfo: {
      hasNextPage: offset + nodes.length < totalCount,
      hasPreviousPage: offset > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
