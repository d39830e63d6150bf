import { decodeCursor, encodeCursor } from './cursor.ts';
import type { PageInfo } from './page-info.type.ts';

export interface Page<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** Pages of one list of one artifact version. Its cursors hold an offset, which is stable because a version never changes. */
export class OffsetPaging {
  readonly #version: string;
  readonly #size: number;
  readonly #key: string;

  /** `key` names the list: a cursor of another list is refused. */
  constructor({ version, size }: { version: string; size: number }, key: string) {
    this.#version = version;
    this.#size = size;
    this.#key = key;
  }

  /** Where the page after this cursor begins; 0 without a cursor. Throws an InputError when the cursor belongs elsewhere. */
  offsetAfter(cursor: string | null | undefined): number {
    return cursor === null || cursor === undefined ? 0 : decodeCursor(cursor, this.#version, this.#key, this.#size);
  }

  /** The connection of `nodes`, which begin at `offset` in a list of `totalCount`. */
  page<T>(nodes: T[], offset: number, totalCount: number): Page<T> {
    const edges = nodes.map((node, i) => ({ cursor: encodeCursor(this.#version, this.#key, offset + i), node }));
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
}
